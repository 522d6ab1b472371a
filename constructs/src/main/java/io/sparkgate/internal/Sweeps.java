package io.sparkgate.internal;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.scheduler.Schedule;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.scheduler.targets.LambdaInvoke;
import software.amazon.awscdk.services.sqs.IQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** What has a function sweep at an interval, and keeps the events of sweeps that did not. */
public final class Sweeps {

  private Sweeps() {}

  /** Makes the queue, which keeps what did not run for 14 days. */
  public static IQueue deadLetters(Construct scope) {
    return Queue.Builder.create(scope, "DeadLetters")
        .encryption(QueueEncryption.SQS_MANAGED)
        .enforceSsl(true)
        .retentionPeriod(Duration.days(14))
        .build();
  }

  /**
   * Makes the schedule, with a role of its own.
   *
   * @param scope the parent construct
   * @param says what a sweep does
   * @param who is invoked, in words, such as {@code the reaper}
   * @param function that one
   * @param every the interval
   * @param deadLetters where the events of sweeps go that did not run
   */
  public static void schedule(
      Construct scope,
      String says,
      String who,
      SweepFunction function,
      Duration every,
      IQueue deadLetters) {
    Schedule.Builder.create(scope, "Schedule")
        .description(says)
        .schedule(ScheduleExpression.rate(every))
        .target(
            LambdaInvoke.Builder.create(function.target())
                .role(SchedulerRole.create(scope, "ScheduleRole", "Invokes " + who))
                .deadLetterQueue(deadLetters)
                .maxEventAge(SweepFunction.atLeastAMinute(every))
                .retryAttempts(2)
                .build())
        .build();
  }
}
