package io.sparkgate.cluster;

import io.sparkgate.internal.AlarmActions;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.constructs.Construct;
import software.constructs.IConstruct;

/** Says that nobody answers: the server is down, or the primary node is lost. */
final class EndpointAlarm {

  /** A server that is started anew is back in less. */
  private static final int MINUTES = 5;

  private EndpointAlarm() {}

  /**
   * Makes the alarm.
   *
   * @param healthy what waits for the server: before that, nobody expects one
   */
  static Alarm in(Construct scope, EndpointFront front, IConstruct healthy, AlarmActions actions) {
    Alarm alarm =
        Alarm.Builder.create(scope, "NoServer")
            .alarmDescription(
                "No Spark Connect server has been healthy for %d minutes: it is down, or the cluster has ended"
                    .formatted(MINUTES))
            // One node of the load balancer that finds it is enough.
            .metric(
                front
                    .targets()
                    .getMetrics()
                    .healthyHostCount(
                        MetricOptions.builder()
                            .period(Duration.minutes(1))
                            .statistic("Maximum")
                            .build()))
            .threshold(1)
            .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
            .evaluationPeriods(MINUTES)
            // A node that is gone is no target any more, of which there are no numbers.
            .treatMissingData(TreatMissingData.BREACHING)
            .build();
    alarm.getNode().addDependency(healthy);
    actions.of(scope, alarm);
    return alarm;
  }
}
