package io.sparkgate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

class LooksSettingsTest {

  private static final Map<String, Object> POOL =
      Map.of("drivers", 1, "executors", 2, "vcpu", 4, "memoryGb", 16);

  @Test
  void showsADashboardWhereItIsMonitoredUnlessToldNotTo() {
    Template shown = template(Map.of("monitoring", Map.of(), "takeoverAlarm", true));
    shown.resourceCountIs("AWS::CloudWatch::Dashboard", 1);
    assertThat(shown.findResources("AWS::CloudWatch::Dashboard").toString())
        .contains("perhaps by another");
    assertThat(shown.findOutputs("Dashboard")).hasSize(1);
    shown.hasResourceProperties(
        "AWS::Logs::QueryDefinition",
        Map.of(
            "Name",
            Match.objectLike(
                Map.of(
                    "Fn::Join",
                    Match.arrayWith(
                        List.of(
                            Match.arrayWith(
                                List.of(
                                    Match.stringLikeRegexp(
                                        "Who fetched the endpoint of somebody else's session$")))))))));

    template(Map.of("monitoring", Map.of("dashboard", false)))
        .resourceCountIs("AWS::CloudWatch::Dashboard", 0);
  }

  @Test
  void handsOnWhenAlarmsGoOff() {
    Template template =
        template(
            Map.of(
                "monitoring",
                Map.of(
                    "alarms",
                    Map.of(
                        "busyMinutes",
                        90,
                        "dollarsPerDay",
                        40,
                        "sessionsPerApplication",
                        50,
                        "sessionsPercent",
                        60,
                        "startFailures",
                        2,
                        "quotaPercent",
                        70,
                        "without",
                        List.of("StartsSlow", "FewAddresses")))));

    assertThat(template.findResources("AWS::CloudWatch::Alarm").toString())
        .contains("LongestBusySeconds", "Dollars")
        .doesNotContain("ReadySeconds", "FreeAddresses");
    template.hasResourceProperties(
        "AWS::CloudWatch::Alarm", Map.of("MetricName", "SessionsLive", "Threshold", 30));
    template.hasResourceProperties(
        "AWS::CloudWatch::Alarm", Map.of("MetricName", "SessionFailures", "Threshold", 2));
    template.hasResourceProperties("AWS::CloudWatch::Alarm", Map.of("Threshold", 70));
    template.hasResourceProperties(
        "AWS::CloudWatch::Alarm", Map.of("MetricName", "LongestBusySeconds", "Threshold", 5400));
    template.hasResourceProperties(
        "AWS::CloudWatch::Alarm", Map.of("MetricName", "Dollars", "Threshold", 40));
  }

  @Test
  void handsOnHowSlowAStartAndHowFullASubnetMayBe() {
    Template template =
        template(
            Map.of("monitoring", Map.of("alarms", Map.of("startMinutes", 7, "freeAddresses", 32))));

    template.hasResourceProperties(
        "AWS::CloudWatch::Alarm", Map.of("MetricName", "ReadySeconds", "Threshold", 420));
    template.hasResourceProperties(
        "AWS::CloudWatch::Alarm", Map.of("MetricName", "FreeAddresses", "Threshold", 32));
  }

  @Test
  void keepsThePoolInItsHours() {
    Template template =
        template(
            Map.of(
                "warmPool",
                POOL,
                "warmHours",
                Map.of(
                    "zone",
                    "Europe/Berlin",
                    "from",
                    "08:00",
                    "to",
                    "18:00",
                    "days",
                    List.of("MONDAY"),
                    "holidays",
                    List.of("2026-12-28"))));

    assertThat(template.findResources("AWS::Lambda::Function").toString())
        .contains(
            "\"zone\":\"Europe/Berlin\",\"days\":[\"MONDAY\"],\"from\":\"08:00\","
                + "\"to\":\"18:00\",\"holidays\":[\"2026-12-28\"]");
  }

  @ParameterizedTest
  @MethodSource
  void saysWhatIsWrong(Map<String, Object> settings, String message) {
    assertThatThrownBy(() -> template(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  static List<Arguments> saysWhatIsWrong() {
    return List.of(
        Arguments.of(
            Map.of("monitoring", Map.of("alarms", Map.of("without", List.of("Slow")))),
            "environments.dev.monitoring.alarms.without received [Slow], but takes names of"
                + " alarms, which are VcpuNearQuota, SessionsNearLimit, StartsFail, StartsSlow,"
                + " BusyTooLong, DollarsOverBudget, FewAddresses, MonitorMissing"),
        Arguments.of(
            Map.of("monitoring", Map.of("alarms", Map.of("quotaPercent", 101))),
            "environments.dev.monitoring.alarms.quotaPercent: SparkConnect-dev/SparkConnect/Alarms:"
                + " quotaPercent received 101, but takes 1 to 100"),
        Arguments.of(
            Map.of(
                "monitoring",
                Map.of(
                    "alarms", Map.of("dollarsPerDay", 5, "without", List.of("DollarsOverBudget")))),
            "environments.dev.monitoring.alarms.dollarsPerDay: SparkConnect-dev/SparkConnect/Alarms:"
                + " dollarsPerDay was set, but without(DOLLARS_OVER_BUDGET) leaves its alarm out"),
        Arguments.of(
            Map.of("monitoring", Map.of("alarms", Map.of("busyHours", 2))),
            "environments.dev.monitoring.alarms has the unknown setting 'busyHours'; the settings"
                + " are [busyMinutes, dollarsPerDay, freeAddresses, quotaPercent,"
                + " sessionsPerApplication, sessionsPercent, startFailures, startMinutes, without]"),
        Arguments.of(
            Map.of("warmHours", Map.of("zone", "Europe/Berlin", "from", "08:00")),
            "environments.dev.warmHours lacks the setting 'to'"),
        Arguments.of(
            Map.of(
                "warmPool",
                POOL,
                "warmHours",
                Map.of("zone", "CET1", "from", "08:00", "to", "18:00")),
            "environments.dev.warmHours: WorkingHours: zone received 'CET1', but takes a time zone"
                + " of the tz database, such as Europe/Berlin; correct it"),
        Arguments.of(
            Map.of("warmHours", Map.of("zone", "UTC", "from", "08:00", "to", "18:00")),
            "environments.dev.warmHours: SparkConnect-dev/SparkConnect/WarmHours: application"
                + " received SparkConnect-dev/SparkConnect/Application, which has no warm pool"));
  }

  private static Template template(Map<String, Object> settings) {
    App app =
        new App(
            AppProps.builder()
                .context(Map.of("environments", Map.of("dev", settings)))
                .analyticsReporting(false)
                .build());
    return Template.fromStack(SparkgateApp.addStacks(app).get(0));
  }
}
