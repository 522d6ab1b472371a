package io.sparkgate.reaper;

import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.lambda.IFunction;
import software.constructs.Construct;

/** Says so when sweeps fail, and when there are none. */
final class ReaperAlarms {

  private final Alarm failure;
  private final Alarm heartbeat;

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
            .metric(
                Metric.Builder.create()
                    .namespace("Sparkgate")
                    .metricName("SweepDuration")
                    .dimensionsMap(Map.of("Reaper", function.getFunctionName()))
                    .period(every)
                    .statistic("SampleCount")
                    .build())
            .threshold(1)
            .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
            .evaluationPeriods(3)
            .treatMissingData(TreatMissingData.BREACHING)
            .build();
  }

  Alarm failure() {
    return failure;
  }

  Alarm heartbeat() {
    return heartbeat;
  }
}
