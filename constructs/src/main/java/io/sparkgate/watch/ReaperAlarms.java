package io.sparkgate.watch;

import io.sparkgate.access.SessionTags;
import io.sparkgate.border.SweepMetrics;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.lambda.IFunction;
import software.constructs.Construct;

/** Says so when there are no sweeps, and when a tag that is to protect cannot. */
record ReaperAlarms(Alarm heartbeat, Alarm keepUntil) {

  private static final MetricOptions SWEEPS =
      MetricOptions.builder().statistic("SampleCount").build();

  ReaperAlarms(ReaperMetrics reaper, Construct scope, IFunction function) {
    this(
        reaper.alarm(
            Alarm.Builder.create(scope, "SweepMissing")
                .alarmDescription("No sweep has ended for three intervals; sessions idle unseen")
                .metric(reaper.metric(function, SweepMetrics.SWEEP_DURATION).with(SWEEPS))
                .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                .evaluationPeriods(3)
                .treatMissingData(TreatMissingData.BREACHING)),
        reaper.atLeastOne(
            scope,
            "KeepUntilUnreadable",
            ("A tag %s cannot be read; its session is terminated 4 hours after it is due. The"
                    + " function's log says which session, and what to write")
                .formatted(SessionTags.KEEP_UNTIL),
            reaper.metric(function, SweepMetrics.UNREADABLE_KEEP_UNTIL),
            TreatMissingData.NOT_BREACHING));
  }
}
