package io.sparkgate.watch;

import io.sparkgate.access.SessionTags;
import io.sparkgate.border.SweepMetrics;
import java.util.function.Function;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.constructs.Construct;

/** Says so when there are no sweeps, and when a tag that is to protect cannot. */
record ReaperAlarms(Alarm heartbeat, Alarm keepUntil) {

  private static final MetricOptions SWEEPS =
      MetricOptions.builder().statistic("SampleCount").build();

  /**
   * Makes both.
   *
   * @param what is swept, as one noun: session
   * @param goesOn what nobody sees then
   * @param metrics of the function, by name
   */
  ReaperAlarms(
      Alarms alarms,
      Construct scope,
      String what,
      String goesOn,
      Function<String, Metric> metrics) {
    this(
        alarms.alarm(
            Alarm.Builder.create(scope, "SweepMissing")
                .alarmDescription(
                    "No sweep has ended for three intervals; %s unseen".formatted(goesOn))
                .metric(metrics.apply(SweepMetrics.SWEEP_DURATION).with(SWEEPS))
                .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                .evaluationPeriods(3)
                .treatMissingData(TreatMissingData.BREACHING)),
        alarms.atLeastOne(
            scope,
            "KeepUntilUnreadable",
            ("A tag %s cannot be read; its %s is terminated 4 hours after it is due. The"
                    + " function's log says which %2$s, and what to write")
                .formatted(SessionTags.KEEP_UNTIL, what),
            metrics.apply(SweepMetrics.UNREADABLE_KEEP_UNTIL),
            TreatMissingData.NOT_BREACHING));
  }
}
