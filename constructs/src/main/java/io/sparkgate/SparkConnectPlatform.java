package io.sparkgate;

import static java.util.Objects.requireNonNull;

import io.sparkgate.access.SessionExecutionRole;
import io.sparkgate.access.SessionOwner;
import io.sparkgate.lifecycle.ApplicationLifecycle;
import io.sparkgate.network.SparkConnectNetwork;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.watch.IdleSessionReaper;
import io.sparkgate.watch.SessionGuard;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IRole;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * A governed Spark Connect service: an application that takes sessions, the role they run as, the
 * network they run in, a reaper that ends those that nobody uses, and what lets CloudFormation
 * update and delete the application while it is in use.
 *
 * <pre>{@code
 * SparkConnectPlatform platform =
 *     SparkConnectPlatform.Builder.create(this, "SparkConnect")
 *         .idlePolicy(IdlePolicy.terminateAfter(Duration.minutes(30)))
 *         .build();
 * lake.grantRead(platform.getExecutionRole());
 * platform.grantDevelop(dataEngineers);
 * }</pre>
 *
 * <p>An id alone is enough, and costs nothing until somebody starts a session but for what the
 * reaper's metrics, alarms and log cost. Every part is a construct of its own and serves alone too.
 */
public final class SparkConnectPlatform extends Construct {

  private final SparkConnectNetwork network;
  private final EmrServerlessApplication application;
  private final IRole executionRole;
  private final SessionOwner sessionOwner;
  private final IdleSessionReaper reaper;
  private final SessionGuard guard;
  private final ApplicationLifecycle lifecycle;

  private SparkConnectPlatform(Builder props) {
    super(props.scope, props.id);

    network =
        props.network != null
            ? props.network
            : SparkConnectNetwork.Builder.create(this, "Network").build();
    EmrServerlessApplication.Builder settings =
        EmrServerlessApplication.Builder.create(this, "Application")
            .vpc(network.getVpc())
            .vpcSubnets(network.getSubnets())
            .securityGroups(List.of(network.getSecurityGroup()));
    props.application.accept(settings);
    application = settings.build();

    executionRole =
        props.executionRole != null
            ? props.executionRole
            : SessionExecutionRole.Builder.create(this, "ExecutionRole").build().getRole();
    application.grantRun(executionRole);
    sessionOwner = props.sessionOwner;

    IdleSessionReaper.Builder reaping =
        IdleSessionReaper.Builder.create(this, "Reaper").watch(application);
    props.alarmActions.forEach(reaping::alarmAction);
    props.reaper.accept(reaping);
    reaper = reaping.build();

    SessionGuard.Builder guarding = SessionGuard.Builder.create(this, "Guard").watch(application);
    props.alarmActions.forEach(guarding::alarmAction);
    guard = guarding.build();

    ApplicationLifecycle.Builder living =
        ApplicationLifecycle.Builder.create(this, "Lifecycle").application(application);
    props.lifecycle.accept(living);
    lifecycle = living.build();
    lifecycle.keepUntilStopped(
        Stream.of(network, executionRole, reaper, guard)
            .filter(lifecycle::isInThisStack)
            .toArray(IConstruct[]::new));
  }

  /**
   * Lets people start sessions that run as the execution role, and reach those that carry their
   * owner tag.
   *
   * @param developers who may; a role or a group of IAM
   * @return the grant
   */
  public Grant grantDevelop(IGrantable developers) {
    return application.grantDevelop(developers, executionRole, sessionOwner);
  }

  /**
   * Lets people list and terminate everybody's sessions, and protect one from the reaper; they
   * cannot connect.
   *
   * @param operators who may
   * @return the grant
   */
  public Grant grantOperate(IGrantable operators) {
    return application.grantOperate(operators);
  }

  /**
   * Lets people see the application and its sessions; they can never connect.
   *
   * @param viewers who may
   * @return the grant
   */
  public Grant grantView(IGrantable viewers) {
    return application.grantView(viewers);
  }

  /**
   * Returns the application that takes the sessions.
   *
   * @return the application
   */
  public EmrServerlessApplication getApplication() {
    return application;
  }

  /**
   * Returns the role that sessions run as, to be given data.
   *
   * @return the execution role
   */
  public IRole getExecutionRole() {
    return executionRole;
  }

  /**
   * Returns the network.
   *
   * @return where sessions run
   */
  public SparkConnectNetwork getNetwork() {
    return network;
  }

  /**
   * Returns the reaper.
   *
   * @return the reaper
   */
  public IdleSessionReaper getReaper() {
    return reaper;
  }

  /**
   * Returns what notices that the application takes no sessions any more.
   *
   * @return the guard
   */
  public SessionGuard getGuard() {
    return guard;
  }

  /**
   * Returns what stops the application before it is updated or deleted.
   *
   * @return the lifecycle
   */
  public ApplicationLifecycle getLifecycle() {
    return lifecycle;
  }

  /** A fluent builder for {@link SparkConnectPlatform}. */
  public static final class Builder extends PlatformSetters
      implements software.amazon.jsii.Builder<SparkConnectPlatform> {

    private final Construct scope;
    private final String id;

    private Builder(Construct scope, String id) {
      this.scope = requireNonNull(scope, "scope");
      this.id = requireNonNull(id, "id");
    }

    /**
     * Starts a platform.
     *
     * @param scope the parent construct
     * @param id the construct id
     * @return a new builder
     */
    public static Builder create(Construct scope, String id) {
      return new Builder(scope, id);
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
