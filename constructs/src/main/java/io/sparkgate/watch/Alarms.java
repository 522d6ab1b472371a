package io.sparkgate.watch;

import io.sparkgate.internal.AlarmActions;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.Construct;

/** Alarms of what watches something, with a threshold of 1; they tell whoever wants to know. */
record Alarms(Construct watcher, AlarmActions actions) {

  /** One that goes off when the function fails once in a period. */
  Alarm errors(
      Construct scope,
      Function function,
      String id,
      String says,
      Duration period,
      TreatMissingData missing) {
    Metric errors =
        function.metricErrors(MetricOptions.builder().period(period).statistic("Sum").build());
    return atLeastOne(scope, id, says, errors, missing);
  }

  /** One that goes off when the metric reaches 1 in one period. */
  Alarm atLeastOne(
      Construct scope, String id, String says, Metric metric, TreatMissingData missing) {
    return alarm(
        Alarm.Builder.create(scope, id)
            .alarmDescription(says)
            .metric(metric)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
            .evaluationPeriods(1)
            .treatMissingData(missing));
  }

  Alarm alarm(Alarm.Builder props) {
    Alarm alarm = props.threshold(1).build();
    actions.of(watcher, alarm);
    return alarm;
  }
}
