package io.sparkgate.watch;

import io.sparkgate.internal.SchedulerRole;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.scheduler.Schedule;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.scheduler.targets.LambdaInvoke;
import software.amazon.awscdk.services.sqs.IQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** What has a function sweep at an interval, and keeps the events of sweeps that did not. */
final class Sweeps {

  private Sweeps() {}

  static IQueue deadLetters(Construct scope) {
    return Queue.Builder.create(scope, "DeadLetters")
        .encryption(QueueEncryption.SQS_MANAGED)
        .enforceSsl(true)
        .retentionPeriod(Duration.days(14))
        .build();
  }

  static void schedule(
      Construct scope, String says, ReaperFunction function, Duration every, IQueue deadLetters) {
    Schedule.Builder.create(scope, "Schedule")
        .description(says)
        .schedule(ScheduleExpression.rate(every))
        .target(
            LambdaInvoke.Builder.create(function.target())
                .role(SchedulerRole.create(scope, "ScheduleRole", "Invokes the reaper"))
                .deadLetterQueue(deadLetters)
                .maxEventAge(ReaperFunction.atLeastAMinute(every))
                .retryAttempts(2)
                .build())
        .build();
  }
}
