package io.sparkgate;

import static java.util.Objects.requireNonNull;

import io.sparkgate.SparkConnectPlatform.Builder;
import io.sparkgate.access.SessionOwner;
import io.sparkgate.connection.ConnectionParameters;
import io.sparkgate.dashboard.LogQueries;
import io.sparkgate.dashboard.SparkConnectAlarms;
import io.sparkgate.dashboard.SparkConnectDashboard;
import io.sparkgate.lifecycle.ApplicationLifecycle;
import io.sparkgate.monitor.SessionMonitor;
import io.sparkgate.network.SparkConnectNetwork;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.warm.WarmHours;
import io.sparkgate.watch.IdleSessionReaper;
import io.sparkgate.watch.SessionGuard;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IRole;
import software.constructs.Construct;

/**
 * A governed Spark Connect service: an application that takes sessions, the role they run as, the
 * network they run in, what clients must know to connect, a reaper that ends sessions that nobody
 * uses, and what lets CloudFormation update and delete the application while it is in use.
 *
 * <pre>{@code
 * SparkConnectPlatform platform =
 *     SparkConnectPlatform.Builder.create(this, "SparkConnect")
 *         .idlePolicy(IdlePolicy.terminateAfter(Duration.minutes(30)))
 *         .monitoring()
 *         .build();
 * lake.grantRead(platform.getExecutionRole());
 * platform.grantDevelop(dataEngineers);
 * }</pre>
 *
 * <p>An id alone is enough, and costs nothing unused but for the reaper's metrics, alarms and log.
 * Every part is a construct of its own and serves alone too.
 */
public final class SparkConnectPlatform extends Construct {

  private final SparkConnectNetwork network;
  private final EmrServerlessApplication application;
  private final IRole executionRole;
  private final SessionOwner sessionOwner;
  private final Optional<ConnectionParameters> connectionParameters;
  private final IdleSessionReaper reaper;
  private final Optional<SessionMonitor> monitor;
  private final SessionGuard guard;
  private final ApplicationLifecycle lifecycle;
  private final Optional<SparkConnectDashboard> dashboard;
  private final Optional<SparkConnectAlarms> alarms;
  private final Optional<LogQueries> logQueries;
  private final Optional<WarmHours> warmHours;

  private SparkConnectPlatform(Builder props) {
    super(props.scope, props.id);

    PlatformParts parts = props.parts;
    network = parts.network(this);
    application = parts.application(this, network);
    executionRole = parts.executionRole(this);
    application.grantRun(executionRole);
    sessionOwner = parts.sessionOwner;
    connectionParameters = parts.connectionParameters(this, application, executionRole);
    reaper = parts.reaper(this, application);
    monitor = parts.monitor(this, network, application, reaper, connectionParameters);
    guard = parts.guard(this, application);
    lifecycle = parts.lifecycle(this, application);
    Stream.of(
            Stream.of(network, executionRole, reaper, guard),
            connectionParameters.stream(),
            monitor.stream())
        .flatMap(each -> each)
        .filter(lifecycle::isInThisStack)
        .forEach(lifecycle::keepUntilStopped);
    PlatformLooks looks = parts.looks;
    Optional<PlatformLooks.Seen> seen =
        monitor.map(
            watching ->
                new PlatformLooks.Seen(
                    application, reaper, guard, watching, PlatformParts.subnets(network)));
    dashboard = seen.flatMap(all -> looks.dashboard(this, all));
    alarms = seen.flatMap(all -> looks.alarms(this, all, parts.alarmActions));
    logQueries = seen.flatMap(all -> looks.logQueries(this, all));
    warmHours = looks.warmHours(this, application, parts.alarmActions);
  }

  /**
   * Lets people start sessions, reach their own, and read the connection parameters.
   *
   * @param developers who may; a role or a group of IAM
   * @return the grant
   */
  public Grant grantDevelop(IGrantable developers) {
    return andRead(developers, application.grantDevelop(developers, executionRole, sessionOwner));
  }

  /**
   * Lets people start job runs, see and cancel their own, and read the connection parameters.
   *
   * @param submitters who may; a role or a group of IAM
   * @return the grant
   */
  public Grant grantSubmit(IGrantable submitters) {
    return andRead(submitters, application.grantSubmit(submitters, executionRole, sessionOwner));
  }

  private Grant andRead(IGrantable people, Grant granted) {
    return connectionParameters
        .map(parameters -> granted.combine(parameters.grantRead(people)))
        .orElse(granted);
  }

  /**
   * Lets people end and protect everybody's sessions and job runs; they cannot connect.
   *
   * @param operators who may
   * @return the grant
   */
  public Grant grantOperate(IGrantable operators) {
    return application.grantOperate(operators);
  }

  /**
   * Lets people see the application, its sessions and job runs; they can never connect.
   *
   * @param viewers who may
   * @return the grant
   */
  public Grant grantView(IGrantable viewers) {
    return application.grantView(viewers);
  }

  /**
   * Lets people read who used how much, for {@code sparkgate bill}.
   *
   * @param readers who may
   * @return the grant
   * @throws IllegalArgumentException if nobody keeps records
   */
  public Grant grantReadUsage(IGrantable readers) {
    return required("grantReadUsage").grantReadUsage(readers);
  }

  /**
   * Lets people search the logs of reaper and monitor, for {@code sparkgate why}.
   *
   * @param people who may
   * @return the grant
   * @throws IllegalArgumentException if there is no monitor
   */
  public Grant grantExplain(IGrantable people) {
    return required("grantExplain").grantExplain(people);
  }

  private SessionMonitor required(String verb) {
    return monitor.orElseThrow(
        () ->
            new IllegalArgumentException(
                "%s: %s finds no monitor; call monitoring() of the platform's builder"
                    .formatted(getNode().getPath(), verb)));
  }

  /** {@return the application that takes the sessions} */
  public EmrServerlessApplication getApplication() {
    return application;
  }

  /** {@return the role that sessions run as, to be given data} */
  public IRole getExecutionRole() {
    return executionRole;
  }

  /** {@return the network} */
  public SparkConnectNetwork getNetwork() {
    return network;
  }

  /** {@return what clients read to connect; empty if they are left out} */
  public Optional<ConnectionParameters> getConnectionParameters() {
    return connectionParameters;
  }

  /** {@return the reaper} */
  public IdleSessionReaper getReaper() {
    return reaper;
  }

  /** {@return what tells who uses what; empty without {@link Builder#monitoring()}} */
  public Optional<SessionMonitor> getMonitor() {
    return monitor;
  }

  /** {@return what on-call looks at first; empty without {@link Builder#monitoring()}} */
  public Optional<SparkConnectDashboard> getDashboard() {
    return dashboard;
  }

  /** {@return the alarms on sessions; empty without {@link Builder#monitoring()}} */
  public Optional<SparkConnectAlarms> getAlarms() {
    return alarms;
  }

  /** {@return the saved queries; empty without {@link Builder#monitoring()}} */
  public Optional<LogQueries> getLogQueries() {
    return logQueries;
  }

  /** {@return what keeps the pool warm in hours; empty without {@link Builder#warmHours}} */
  public Optional<WarmHours> getWarmHours() {
    return warmHours;
  }

  /** {@return what notices that the application takes no sessions any more} */
  public SessionGuard getGuard() {
    return guard;
  }

  /** {@return what stops the application before it is updated or deleted} */
  public ApplicationLifecycle getLifecycle() {
    return lifecycle;
  }

  /** A fluent builder for {@link SparkConnectPlatform}. */
  public static final class Builder extends PartSetters<Builder>
      implements software.amazon.jsii.Builder<SparkConnectPlatform> {

    private final Construct scope;
    private final String id;

    private Builder(Construct scope, String id) {
      this.scope = requireNonNull(scope, "scope");
      this.id = requireNonNull(id, "id");
    }

    /**
     * {@return a new builder}
     *
     * @param scope the parent construct
     * @param id the construct id
     */
    public static Builder create(Construct scope, String id) {
      return new Builder(scope, id);
    }

    /**
     * Changes any setting of the application. Default: {@link EmrServerlessApplication}'s.
     *
     * @param settings is given the application's builder
     * @return this builder
     */
    public Builder application(Consumer<EmrServerlessApplication.Builder> settings) {
      parts.application = parts.application.andThen(settings);
      return this;
    }

    /**
     * Changes what clients read to connect. A second platform of a stack needs another prefix.
     * Default: that of {@link ConnectionParameters}, without a developer role.
     *
     * @param settings is given the parameters' builder
     * @return this builder
     */
    public Builder connectionParameters(Consumer<ConnectionParameters.Builder> settings) {
      parts.connectionParameters = parts.connectionParameters.andThen(settings);
      return this;
    }

    /**
     * Leaves the connection parameters out. Default: they are made.
     *
     * @return this builder
     */
    public Builder withoutConnectionParameters() {
      parts.hasConnectionParameters = false;
      return this;
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    public SparkConnectPlatform build() {
      return new SparkConnectPlatform(this);
    }
  }
}
