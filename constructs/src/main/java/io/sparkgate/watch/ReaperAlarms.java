package io.sparkgate.watch;

import io.sparkgate.access.SessionTags;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.lambda.IFunction;
import software.constructs.Construct;

/** Says so when sweeps fail, when there are none, and when a tag that is to protect cannot. */
final class ReaperAlarms {

  private final Alarm failure;
  private final Alarm heartbeat;
  private final Alarm keepUntil;

  ReaperAlarms(Construct scope, IFunction function, Duration every) {
    failure =
        Alarm.Builder.create(scope, "SweepFailed")
            .alarmDescription(
                "A sweep failed, in whole or in part; the function's log says which session and why")
            .metric(
                function.metricErrors(
                    MetricOptions.builder().period(every).statistic("Sum").build()))
            .threshold(1)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
            .evaluationPeriods(1)
            .treatMissingData(TreatMissingData.NOT_BREACHING)
            .build();
    heartbeat =
        Alarm.Builder.create(scope, "SweepMissing")
            .alarmDescription("No sweep has ended for three intervals; sessions idle unseen")
            .metric(metric(function, every, "SweepDuration", "SampleCount"))
            .threshold(1)
            .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
            .evaluationPeriods(3)
            .treatMissingData(TreatMissingData.BREACHING)
            .build();
    keepUntil =
        Alarm.Builder.create(scope, "KeepUntilUnreadable")
            .alarmDescription(
                ("A tag %s cannot be read; its session is terminated 4 hours after it is due. The"
                        + " function's log says which session, and what to write")
                    .formatted(SessionTags.KEEP_UNTIL))
            .metric(metric(function, every, "UnreadableKeepUntil", "Maximum"))
            .threshold(1)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
            .evaluationPeriods(1)
            .treatMissingData(TreatMissingData.NOT_BREACHING)
            .build();
  }

  /** One of those that the function writes at the end of each sweep. */
  private static Metric metric(IFunction function, Duration every, String name, String statistic) {
    return Metric.Builder.create()
        .namespace("Sparkgate")
        .metricName(name)
        .dimensionsMap(Map.of("Reaper", function.getFunctionName()))
        .period(every)
        .statistic(statistic)
        .build();
  }

  Alarm failure() {
    return failure;
  }

  Alarm heartbeat() {
    return heartbeat;
  }

  Alarm keepUntil() {
    return keepUntil;
  }
}
