package io.sparkgate.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.monitor.SessionMonitor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

class ThresholdsTest {
  private final Stack stack = new Stack();
  private final Watching watching = Watching.in(stack);

  private SparkConnectAlarms.Builder full() {
    return watching.fully(SparkConnectAlarms.Builder.create(stack, "Alarms")).dollarsPerDay(120);
  }

  /** Metric, statistic, seconds, operator, threshold, of how many periods. */
  private List<String> alarms() {
    return Template.fromStack(stack).findResources("AWS::CloudWatch::Alarm").entrySet().stream()
        .filter(alarm -> alarm.getKey().startsWith("Alarms"))
        .map(alarm -> inShort((Map<?, ?>) alarm.getValue().get("Properties")))
        .toList();
  }

  private static String inShort(Map<?, ?> alarm) {
    String when =
        "%s %s, %s"
            .formatted(
                alarm.get("ComparisonOperator"),
                alarm.get("Threshold"),
                alarm.get("EvaluationPeriods"));
    if (alarm.containsKey("Metrics")) {
      return "quota " + when;
    }
    Object statistic =
        alarm.get(alarm.containsKey("Statistic") ? "Statistic" : "ExtendedStatistic");
    return "%s %s %s %s".formatted(alarm.get("MetricName"), statistic, alarm.get("Period"), when);
  }

  @Test
  void areTheseUnlessToldOtherwise() {
    full().build();

    assertThat(alarms())
        .containsExactlyInAnyOrder(
            "quota GreaterThanThreshold 80, 1",
            "SessionsLive Maximum 300 GreaterThanOrEqualToThreshold 20, 1",
            "SessionFailures Sum 1800 GreaterThanOrEqualToThreshold 3, 1",
            "ReadySeconds p90 1800 GreaterThanThreshold 300, 1",
            "LongestBusySeconds Maximum 300 GreaterThanThreshold 28800, 1",
            "Dollars Sum 86400 GreaterThanThreshold 120, 1",
            "FreeAddresses Minimum 300 LessThanThreshold 16, 1",
            "FreeAddresses Minimum 300 LessThanThreshold 16, 1",
            "Invocations Sum 300 LessThanThreshold 1, 3");
    assertThat(Template.fromStack(stack).toJSON().toString())
        .contains("Sessions and job runs that ended within a day cost over USD 120.00, as");
  }

  @Test
  void areWhatTheyAreTold() {
    full()
        .quotaPercent(50)
        .startFailures(2)
        .startTime(Duration.minutes(7))
        .busyTime(Duration.hours(2))
        .sessionsPerApplication(50)
        .sessionsPercent(90)
        .freeAddresses(8)
        .build();

    assertThat(alarms())
        .contains(
            "quota GreaterThanThreshold 50, 1",
            "SessionsLive Maximum 300 GreaterThanOrEqualToThreshold 45, 1",
            "SessionFailures Sum 1800 GreaterThanOrEqualToThreshold 2, 1",
            "ReadySeconds p90 1800 GreaterThanThreshold 420, 1",
            "LongestBusySeconds Maximum 300 GreaterThanThreshold 7200, 1",
            "FreeAddresses Minimum 300 LessThanThreshold 8, 1");
  }

  /** None at all would be an alarm on an empty day. */
  @Test
  void areOneSessionAtLeast() {
    full().sessionsPerApplication(1).sessionsPercent(10).build();

    assertThat(alarms()).contains("SessionsLive Maximum 300 GreaterThanOrEqualToThreshold 1, 1");
  }

  @Test
  void areLookedAtAsOftenAsTheMonitorWrites() {
    SparkConnectAlarms.Builder.create(stack, "Alarms")
        .application(watching.application())
        .monitor(
            SessionMonitor.Builder.create(stack, "Monitor")
                .watch(watching.application())
                .every(Duration.minutes(2))
                .withoutUsage()
                .build())
        .build();

    assertThat(alarms())
        .contains(
            "SessionsLive Maximum 120 GreaterThanOrEqualToThreshold 20, 1",
            "Invocations Sum 120 LessThanThreshold 1, 3");
  }
}
