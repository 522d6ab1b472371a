package io.sparkgate.watch;

import io.sparkgate.access.SessionTags;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.lambda.IFunction;
import software.constructs.Construct;

/** Says so when there are no sweeps, and when a tag that is to protect cannot. */
record ReaperAlarms(Alarm heartbeat, Alarm keepUntil) {

  ReaperAlarms(Watcher reaper, Construct scope, IFunction function, Duration every) {
    this(
        reaper.alarm(
            Alarm.Builder.create(scope, "SweepMissing")
                .alarmDescription("No sweep has ended for three intervals; sessions idle unseen")
                .metric(metric(function, every, "SweepDuration", "SampleCount"))
                .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                .evaluationPeriods(3)
                .treatMissingData(TreatMissingData.BREACHING)),
        reaper.atLeastOne(
            scope,
            "KeepUntilUnreadable",
            ("A tag %s cannot be read; its session is terminated 4 hours after it is due. The"
                    + " function's log says which session, and what to write")
                .formatted(SessionTags.KEEP_UNTIL),
            metric(function, every, "UnreadableKeepUntil", "Maximum"),
            TreatMissingData.NOT_BREACHING));
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
}
