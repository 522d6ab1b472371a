package io.sparkgate.test;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.dashboard.AlarmKind;
import io.sparkgate.dashboard.SparkConnectAlarms;
import io.sparkgate.monitor.EmrServerlessEvents;
import io.sparkgate.monitor.OwnerLimits;
import io.sparkgate.monitor.SessionEvents;
import io.sparkgate.monitor.SessionMonitor;
import io.sparkgate.monitor.UsageStore;
import io.sparkgate.serverless.CapacityLimit;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.Prices;
import io.sparkgate.serverless.WarmPool;
import io.sparkgate.serverless.WorkerSize;
import io.sparkgate.warm.WorkingHours;
import io.sparkgate.watch.IdlePolicy;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.chatbot.SlackChannelConfiguration;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.SnsTopic;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.sns.ITopic;
import software.constructs.Construct;

/** The Java of docs/monitoring.md, compiled and synthesized. */
final class MonitoringExamples {

  private MonitoringExamples() {}

  static final class Monitored extends Stack {
    Monitored(Construct scope, ITopic people, IGrantable finance, IGrantable operators) {
      super(scope, "Monitored");

      SparkConnectPlatform platform =
          SparkConnectPlatform.Builder.create(this, "SparkConnect")
              .idlePolicy(IdlePolicy.terminateAfter(Duration.minutes(30)))
              .monitoring()
              .build();
      SessionMonitor monitor = platform.getMonitor().orElseThrow();

      monitor.warnTo(people);
      monitor.warnOwner("alice@example.com"); // SNS asks her first whether she wants it

      SlackChannelConfiguration.Builder.create(this, "Slack")
          .slackChannelConfigurationName("spark")
          .slackWorkspaceId("T0123456789")
          .slackChannelId("C0123456789")
          .build()
          .addNotificationTopic(people);

      monitor.grantReadUsage(finance); // sparkgate bill, and the table
      monitor.grantExplain(operators); // sparkgate why
    }
  }

  static final class Alarmed extends Stack {
    Alarmed(Construct scope, ITopic onCall) {
      super(scope, "Alarmed");

      EmrServerlessApplication application =
          EmrServerlessApplication.Builder.create(this, "Application").build();
      SessionMonitor monitor =
          SessionMonitor.Builder.create(this, "Monitor").watch(application).build();

      SparkConnectAlarms.Builder.create(this, "Alarms")
          .application(application)
          .monitor(monitor)
          .busyTime(Duration.hours(12))
          .without(AlarmKind.STARTS_SLOW)
          .alarmAction(new SnsAction(onCall))
          .build();

      Rule.Builder.create(this, "SessionsFail")
          .eventPattern(SessionEvents.failed().of(application).toPattern())
          .targets(List.of(new SnsTopic(onCall)))
          .build();
      Rule.Builder.create(this, "JobRunsFail")
          .eventPattern(
              EmrServerlessEvents.jobRunStateChange(EmrServerlessEvents.JobRunState.FAILED)
                  .of(application)
                  .toPattern())
          .targets(List.of(new SnsTopic(onCall)))
          .build();
    }
  }

  static final class Limited extends Stack {
    Limited(Construct scope) {
      super(scope, "Limited");

      SparkConnectPlatform.Builder.create(this, "SparkConnect")
          .monitoring(
              settings ->
                  settings
                      .ownerLimits(
                          OwnerLimits.none().atMost(3).dailyBudget(50).warnAt(80).enforce())
                      .prices(
                          Prices.of(0.0526, 0.00578, 0.000111, "our contract's, November 2026")))
          .build();
    }
  }

  static final class OldRecords extends Stack {
    OldRecords(Construct scope) {
      super(scope, "OldRecords");

      SparkConnectPlatform.Builder.create(this, "SparkConnect")
          .monitoring(
              settings ->
                  settings.usage(
                      UsageStore.Builder.create(this, "Usage")
                          .bucket(
                              Bucket.fromBucketName(this, "Records", "sparkconnect-usage-1a2b3c"))
                          .build()))
          .build();
    }
  }

  static final class Warm extends Stack {
    Warm(Construct scope) {
      super(scope, "Warm");

      WorkingHours hours =
          WorkingHours.of("Europe/Berlin", "08:00", "18:00").except("2026-12-25", "2027-01-01");
      SparkConnectPlatform.Builder.create(this, "SparkConnect")
          .application(
              settings ->
                  settings
                      .warmPool(WarmPool.of(1, WorkerSize.of(4, 16), 2, WorkerSize.of(4, 16)))
                      .capacityLimit(CapacityLimit.of(16, 64, 320)))
          .warmHours(hours)
          .build();
    }
  }
}
