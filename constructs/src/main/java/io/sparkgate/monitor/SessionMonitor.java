package io.sparkgate.monitor;

import static java.util.Objects.requireNonNull;

import io.sparkgate.border.Configuration;
import io.sparkgate.border.Handlers;
import io.sparkgate.internal.Findings;
import io.sparkgate.internal.JarFunction;
import io.sparkgate.internal.MonitorPermissions;
import io.sparkgate.internal.SweepFunction;
import io.sparkgate.internal.Sweeps;
import io.sparkgate.internal.Telling;
import io.sparkgate.serverless.IEmrServerlessApplication;
import io.sparkgate.watch.Watcher;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.events.IEventBus;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sqs.IQueue;
import software.constructs.Construct;

/**
 * Tells who uses what: metrics and events of sessions, of which the service has none, records of
 * what each used, and a warning some minutes before the reaper ends one.
 *
 * <p>A function looks every five minutes. It lists and reads sessions and job runs of the watched
 * applications; it ends none, unless {@link OwnerLimits} are enforced, and connects to none. While
 * nobody is there it writes no metric. A custom metric costs USD 0.30 for a month in which it
 * always has data: some twenty of each application that is in use, and two of each owner ({@link
 * Builder#mostOwners}).
 *
 * <pre>{@code
 * SessionMonitor monitor =
 *     SessionMonitor.Builder.create(this, "Monitor")
 *         .watch(application)
 *         .idlePolicy(reaper.getIdlePolicy())
 *         .build();
 * monitor.warnTo(topic);
 * monitor.grantReadUsage(finance);
 * }</pre>
 */
public final class SessionMonitor extends SessionMetrics {

  /** A hundred ids of 16 characters; what is left of the 4 KB is for all else that it is told. */
  private static final int CHARACTERS_OF_IDS = 2000;

  private final Findings findings;
  private final IQueue deadLetterQueue;
  private final IEventBus eventBus;
  private final boolean hasOwnBus;
  private final Optional<UsageStore> usage;
  private final Explanations explanations;
  private @Nullable Warnings warnings;

  private SessionMonitor(Builder props) {
    super(props, CHARACTERS_OF_IDS);
    findings = new Findings(this);
    MonitorChecks.check(findings, props);
    MonitorPrices.check(findings, props, applications());
    hasOwnBus = props.eventBus != null;
    eventBus =
        props.eventBus != null
            ? props.eventBus
            : EventBus.fromEventBusName(this, "DefaultBus", "default");
    new Telling(eventBus).check(this);
    usage = usage(props);
    usage.ifPresent(store -> store.check(this, props.parameterPrefix));

    deadLetterQueue = Sweeps.deadLetters(this);
    layOut(
        (scope, group) -> {
          SweepFunction function = function(scope, props, group);
          Sweeps.schedule(
              scope,
              "Looks who uses sessions and job runs",
              "the monitor",
              function,
              props.every,
              deadLetterQueue);
          watchWith(
              scope,
              function.function(),
              "PassFailed",
              "A pass failed, in whole or in part, so that metrics, events or records may come"
                  + " late; the function's log says what and why",
              props.every,
              TreatMissingData.NOT_BREACHING);
        });
    explanations = new Explanations(this, props.parameterPrefix, getLogGroups());
  }

  private Optional<UsageStore> usage(Builder props) {
    if (!props.hasUsage) {
      return Optional.empty();
    }
    if (props.usage != null) {
      return Optional.of(props.usage);
    }
    return Optional.of(UsageStore.of(this, props.parameterPrefix));
  }

  private SweepFunction function(
      Construct scope, Builder props, List<IEmrServerlessApplication> group) {
    JarFunction made =
        JarFunction.of(
            scope,
            Handlers.MONITOR,
            "Tells who uses sessions and job runs, and what that costs",
            props.logRetention);
    made.allow(MonitorPermissions.monitor(arns(group), props.ownerLimits.end()));
    made.allow(MonitorPermissions.telling(eventBus.getEventBusArn()));
    if (!props.subnets.isEmpty()) {
      made.allow(MonitorPermissions.seeingSubnets());
    }
    usage.ifPresent(store -> store.letWrite(made));
    return new SweepFunction(
        made.props(),
        deadLetterQueue,
        props.every,
        Configuration.MONITOR,
        configuration(props, group),
        false);
  }

  private String configuration(Builder props, List<IEmrServerlessApplication> group) {
    Map<String, Object> json = MonitorDocument.of(props, group, eventBus.getEventBusName(), usage);
    if (props.idlePolicy != null) {
      rules(props.idlePolicy).ifPresent(rules -> json.put(Configuration.POLICY, rules));
    }
    // The first function tells of all subnets, so that none is told twice.
    if (!props.subnets.isEmpty() && getFunctions().isEmpty()) {
      json.put(Configuration.SUBNETS, getSubnetIds());
    }
    Map<String, Object> rates = share(props.requestRates);
    MonitorChecks.checkPace(findings, group.size(), props.every, rates);
    json.put(Configuration.RATES, rates);
    return Stack.of(this).toJsonString(json);
  }

  /**
   * Returns the queue that keeps, for 14 days, the events of passes that failed or never ran.
   *
   * @return the dead-letter queue
   */
  public IQueue getDeadLetterQueue() {
    return deadLetterQueue;
  }

  /**
   * Returns the alarms that go off when a pass fails, in whole or in part.
   *
   * @return one for each function, in their order
   */
  public List<Alarm> getFailureAlarms() {
    return errorsAlarms();
  }

  /** {@return where records of usage go; empty if they are left out} */
  public Optional<UsageStore> getUsage() {
    return usage;
  }

  /** {@return where events go} */
  public IEventBus getEventBus() {
    return eventBus;
  }

  /**
   * Tells a topic what will end: sessions, before the reaper ends them, and what is beyond the
   * limits of an owner. Says who, which session, when it ends and how to keep it, as a custom
   * notification of Amazon Q Developer in chat applications (once AWS Chatbot), so that a channel
   * of Slack that listens to the topic shows it ({@code
   * SlackChannelConfiguration.addNotificationTopic}); an email has the JSON, title first.
   *
   * @param topic of the same account and Region
   * @throws IllegalArgumentException if it is of another, or a topic is told already
   */
  public void warnTo(ITopic topic) {
    warn(topic, null);
  }

  /**
   * The same, of a topic that is encrypted with a key which it does not know: one that is imported.
   *
   * @param topic of the same account and Region
   * @param key of the topic; its policy must let roles of this account in
   * @throws IllegalArgumentException if the topic is of another, or one is told already
   */
  public void warnTo(ITopic topic, IKey key) {
    warn(topic, requireNonNull(key, "key"));
  }

  private void warn(ITopic topic, @Nullable IKey key) {
    findings.errorIf(
        warnings != null,
        """
        warnTo received a second topic, %s, but takes one; subscribe to that what else is to be \
        told"""
            .formatted(topic.getNode().getPath()));
    warnings =
        new Warnings(
            this, getFunctions(), topic, key, deadLetterQueue, hasOwnBus ? eventBus : null);
    alarmOf("WarningsRefused", Warnings.REFUSED, warnings.refused());
  }

  /**
   * Sends an owner what concerns it, by email from the topic of {@link #warnTo}. SNS asks the owner
   * first whether it wants that. The owner of a session is told by its tag: the address itself, or
   * a user id that ends with it, such as {@code AROAEXAMPLE:alice@example.com}: so the address is
   * the name of the sessions in which its role was assumed. Monitors of one topic share it.
   *
   * @param owner an address and nothing before it
   * @throws IllegalArgumentException if it is none, or no topic is told
   */
  public void warnOwner(String owner) {
    if (warnings == null) {
      throw findings.error("warnOwner received '%s' before warnTo(topic)".formatted(owner));
    }
    warnings.tell(owner);
  }

  /**
   * Lets people read records of usage.
   *
   * @param readers who may
   * @return the grant
   * @throws IllegalArgumentException if there are none
   */
  public Grant grantReadUsage(IGrantable readers) {
    return usage
        .orElseThrow(
            () -> findings.error("grantReadUsage finds no records, because of withoutUsage()"))
        .grantRead(readers);
  }

  /**
   * Lets people search why sessions were kept or ended, in the logs of this and of what {@link
   * #explainFrom} adds; they say who created sessions and who owns them.
   *
   * @param people who may
   * @return the grant
   */
  public Grant grantExplain(IGrantable people) {
    return explanations.grant(people);
  }

  /**
   * Adds the logs of others that decide about sessions, before or after {@link #grantExplain}.
   *
   * @param watchers such as the reaper and the takeover alarm
   */
  public void explainFrom(Watcher... watchers) {
    explanations.add(
        Stream.of(watchers).flatMap(watcher -> watcher.getLogGroups().stream()).toList());
  }

  /** A fluent builder for {@link SessionMonitor}. */
  public static final class Builder extends MonitorSetters<Builder>
      implements software.amazon.jsii.Builder<SessionMonitor> {

    private Builder(Construct scope, String id) {
      super(scope, id);
    }

    /**
     * Starts a monitor.
     *
     * @param scope the parent construct
     * @param id the construct id
     * @return a new builder
     */
    public static Builder create(Construct scope, String id) {
      return new Builder(scope, id);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    public SessionMonitor build() {
      return new SessionMonitor(this);
    }
  }
}
