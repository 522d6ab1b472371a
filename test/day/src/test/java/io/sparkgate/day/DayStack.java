package io.sparkgate.day;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.monitor.EventFilter;
import io.sparkgate.monitor.OwnerLimits;
import io.sparkgate.monitor.SessionEvents;
import io.sparkgate.monitor.SessionMonitor;
import io.sparkgate.serverless.AutoStop;
import io.sparkgate.serverless.CapacityLimit;
import io.sparkgate.serverless.WarmPool;
import io.sparkgate.serverless.WorkerSize;
import io.sparkgate.watch.IdlePolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.SnsTopic;
import software.amazon.awscdk.services.sns.Topic;

/** The platform of the day, as an app of a user would have it. */
final class DayStack {

  static final String NAME = "Day";

  /** Of the reaper. */
  static final int IDLE_MINUTES = 30;

  /** Before the reaper ends what is idle. */
  static final int WARN_MINUTES = 10;

  /** Of reaper and monitor. */
  static final int EVERY_MINUTES = 5;

  static final int MOST_SESSIONS = 2;

  /** Of vCPU, which the account has asked for. */
  static final int QUOTA = 160;

  /** Those that a subscriber of the template hears of, by the rules' names. */
  static final Map<String, EventFilter> HEARD =
      Map.of(
          "Started", SessionEvents.started(),
          "Ready", SessionEvents.ready(),
          "Warned", SessionEvents.idleWarning(),
          "Ended", SessionEvents.terminatedByPolicy(),
          "Failed", SessionEvents.failed(),
          "Limited", SessionEvents.ownerLimitReached());

  private DayStack() {}

  /** Writes the assembly into the directory. */
  static void synthesize(Path directory) {
    App app =
        new App(AppProps.builder().outdir(directory.toString()).analyticsReporting(false).build());
    Stack stack =
        new Stack(
            app,
            NAME,
            StackProps.builder()
                .env(Environment.builder().account("111122223333").region("us-east-1").build())
                .build());
    Topic told = Topic.Builder.create(stack, "Told").build();
    SparkConnectPlatform platform =
        SparkConnectPlatform.Builder.create(stack, "Platform")
            .idlePolicy(
                IdlePolicy.terminateAfter(Duration.minutes(IDLE_MINUTES))
                    .unusedLimit(Duration.minutes(IDLE_MINUTES)))
            .application(
                application ->
                    application
                        .capacityLimit(CapacityLimit.of(120, 480, 2400).withinQuota(QUOTA))
                        .autoStop(AutoStop.after(Duration.minutes(15)))
                        .warmPool(WarmPool.of(2, WorkerSize.of(4, 16), 3, WorkerSize.of(4, 16))))
            .monitoring(
                settings ->
                    settings
                        .warnBefore(Duration.minutes(WARN_MINUTES))
                        .ownerLimits(OwnerLimits.none().atMost(MOST_SESSIONS).enforce()))
            .alarms(alarms -> alarms.dollarsPerDay(100))
            .build();
    SessionMonitor monitor = platform.getMonitor().orElseThrow();
    monitor.warnTo(Topic.Builder.create(stack, "Warnings").build());
    HEARD.forEach(
        (name, filter) ->
            Rule.Builder.create(stack, name)
                .eventPattern(filter.of(platform.getApplication()).toPattern())
                .targets(List.of(SnsTopic.Builder.create(told).build()))
                .build());
    app.synth();
  }
}
