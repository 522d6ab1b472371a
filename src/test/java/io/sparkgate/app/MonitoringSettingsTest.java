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
import software.amazon.awscdk.assertions.Template;

class MonitoringSettingsTest {

  @Test
  void watchesNobodyUnlessAsked() {
    Template template = template(Map.of());

    assertThat(template.toJSON().toString()).doesNotContain("MonitorHandler", "BillReader");
    template.resourceCountIs("AWS::Glue::Table", 0);
  }

  @Test
  void tellsWhoUsesWhatAndLetsBillReadersReadIt() {
    Template template = template(Map.of("monitoring", Map.of()));

    assertThat(template.findResources("AWS::Lambda::Function").toString())
        .contains("\"every\":5", "\"warnMinutes\":10", "\"idleMinutes\":60")
        .doesNotContain("\"owners\"");
    assertThat(policy(template, "BillReader"))
        .contains("s3:GetObject", "glue:GetTable", "/sparkgate/dev/usage-location")
        .doesNotContain("emr-serverless:", "logs:", "PutObject");
    assertThat(template.findOutputs("BillReaderRoleArn").toString()).contains("BillReader");
    assertThat(template.findOutputs("UsageLocation").toString()).contains("/usage/");
    assertThat(template.findOutputs("UsageTable").toString())
        .contains("sparkconnect_dev_sparkconnect_monitor_usage_", ".usage");
  }

  @Test
  void letsOperatorsAndAuditorsSearchWhySessionsEnded() {
    Template template = template(Map.of("monitoring", Map.of(), "takeoverAlarm", true));

    for (String who : List.of("Operator", "Auditor")) {
      assertThat(policy(template, who))
          .contains("logs:FilterLogEvents", "/sparkgate/dev/log-groups", "TakeoverAlarmLogs");
    }
    assertThat(policy(template, "Developer")).doesNotContain("logs:");
    assertThat(policy(template, "TakeoverAlarmRole")).contains("events:PutEvents");
  }

  @Test
  void letsOnlyTheNamedRolesReadTheBill() {
    String role = "arn:aws:iam::111122223333:role/Finance";

    assertThat(
            template(Map.of("monitoring", Map.of(), "billReaders", List.of(role)))
                .findResources("AWS::IAM::Role")
                .entrySet())
        .filteredOn(made -> made.getValue().toString().contains(role))
        .singleElement()
        .satisfies(made -> assertThat(made.getKey()).startsWith("BillReader"));
  }

  @Test
  void handsOnIntervalsAndLimits() {
    Template template =
        template(
            Map.of(
                "monitoring",
                Map.of(
                    "everyMinutes",
                    2,
                    "warnMinutes",
                    15,
                    "ownerLimits",
                    Map.of("sessions", 3, "dailyDollars", 50, "end", "newest", "enforce", true))));

    assertThat(template.findResources("AWS::Lambda::Function").toString())
        .contains(
            "\"every\":2",
            "\"warnMinutes\":15",
            "\"owners\":{\"maxSessions\":3,\"end\":\"newest\",\"dailyDollars\":50,"
                + "\"warnPercent\":80,\"dryRun\":false,\"warnMinutes\":15}");
    assertThat(policy(template, "SparkConnectMonitorRole"))
        .contains("emr-serverless:TerminateSession");
  }

  @Test
  void onlySaysWhatIsBeyondLimitsUnlessToldToEnforceThem() {
    Template template =
        template(Map.of("monitoring", Map.of("ownerLimits", Map.of("sessions", 3))));

    assertThat(template.findResources("AWS::Lambda::Function").toString())
        .contains(
            "\"owners\":{\"maxSessions\":3,\"end\":\"longestIdle\",\"warnPercent\":80,"
                + "\"dryRun\":true,");
    assertThat(policy(template, "SparkConnectMonitorRole"))
        .doesNotContain("emr-serverless:TerminateSession");
  }

  @Test
  void enforcesNoLimitsInADryRun() {
    Template template =
        template(
            Map.of(
                "dryRun",
                true,
                "monitoring",
                Map.of("ownerLimits", Map.of("sessions", 3, "enforce", true))));

    assertThat(policy(template, "SparkConnectMonitorRole"))
        .doesNotContain("emr-serverless:TerminateSession");
  }

  @Test
  void tellsATopicWhatWillEnd() {
    Template template =
        template(
            Map.of("monitoring", Map.of("warnTopic", "arn:aws:sns:eu-west-1:111122223333:People")));

    assertThat(template.findResources("AWS::Events::Rule").toString())
        .contains("Spark Connect Session Idle Warning", "111122223333:People");
  }

  @Test
  void publishesWithTheKeyOfTheTopic() {
    Template template =
        template(
            Map.of(
                "monitoring",
                Map.of(
                    "warnTopic",
                    "arn:aws:sns:eu-west-1:111122223333:People",
                    "warnTopicKey",
                    "arn:aws:kms:eu-west-1:111122223333:key/1")));

    assertThat(policy(template, "SparkConnectMonitorWarningsRole"))
        .contains("kms:GenerateDataKey", "arn:aws:kms:eu-west-1:111122223333:key/1");
  }

  @Test
  void estimatesDollarsByPricesOfYourOwn() {
    Map<String, Object> prices =
        Map.of(
            "vcpuHour", 0.06, "memoryGbHour", 0.007, "storageGbHour", 0, "source", "our contract");

    assertThat(
            template(Map.of("monitoring", Map.of("prices", prices)))
                .findResources("AWS::Lambda::Function")
                .toString())
        .contains(
            "\"prices\":{\"vcpuHour\":0.06,\"memoryGbHour\":0.007,\"storageGbHour\":0,"
                + "\"source\":\"our contract\"}");
  }

  static List<Arguments> wrong() {
    return List.of(
        Arguments.of(
            Map.of("warnTopicKey", "arn:aws:kms:eu-west-1:111122223333:key/1"),
            "warnTopicKey received \"arn:aws:kms:eu-west-1:111122223333:key/1\", but takes a key"
                + " only beside \"warnTopic\", which has it"),
        Arguments.of(
            Map.of("ownerLimits", Map.of("end", "newest", "dailyDollars", 5)),
            "ownerLimits.end received \"newest\", but takes it only beside \"sessions\", beyond"
                + " which they end"),
        Arguments.of(
            Map.of("ownerLimits", Map.of("enforce", true)),
            "ownerLimits lacks a setting, one of 'sessions', 'dailyDollars'"),
        Arguments.of(
            Map.of("ownerLimits", Map.of("sessions", 0)),
            "ownerLimits: OwnerLimits: atMost received 0 sessions, but takes 1 to 1000; leave it out"
                + " for any number"),
        Arguments.of(
            Map.of("ownerLimits", Map.of("sessions", 1, "dailyBudget", 5)),
            "ownerLimits has the unknown setting 'dailyBudget'; the settings are [dailyDollars, end,"
                + " enforce, sessions]"),
        Arguments.of(
            Map.of("prices", Map.of("vcpuHour", 1, "memoryGbHour", 0, "storageGbHour", 0)),
            "prices lacks the setting 'source'"),
        Arguments.of(
            Map.of(
                "warnTopic",
                "arn:aws:sns:eu-west-1:111122223333:People",
                "warnTopicKey",
                "alias/people"),
            "warnTopicKey received \"alias/people\", but takes the ARN of a key such as"
                + " \"arn:aws:kms:eu-west-1:111122223333:key/1234abcd\""),
        Arguments.of(
            Map.of(
                "prices",
                Map.of("vcpuHour", "1", "memoryGbHour", 0, "storageGbHour", 0, "source", "s")),
            "prices.vcpuHour received \"1\", but takes a number such as 0.05, without quotes"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void saysWhatIsWrong(Map<String, Object> monitoring, String sentence) {
    assertThatThrownBy(() -> template(Map.of("monitoring", monitoring)))
        .hasMessage("cdk.json: environments.dev.monitoring." + sentence);
  }

  private static String policy(Template template, String role) {
    return template.findResources("AWS::IAM::Policy").entrySet().stream()
        .filter(policy -> policy.getKey().startsWith(role))
        .map(Map.Entry::getValue)
        .toList()
        .toString();
  }

  private static Template template(Map<String, Object> settings) {
    App app =
        new App(
            AppProps.builder().context(Map.of("environments", Map.of("dev", settings))).build());
    return Template.fromStack(SparkgateApp.addStacks(app).get(0));
  }
}
