package io.sparkgate.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.Topic;

class SparkConnectAlarmsTest {

  private final Stack stack = new Stack();
  private final Watching watching = Watching.in(stack);

  private SparkConnectAlarms.Builder full() {
    return watching.fully(SparkConnectAlarms.Builder.create(stack, "Alarms")).dollarsPerDay(120);
  }

  /** By the metric that each is about. */
  private Map<String, Map<?, ?>> alarms() {
    Map<String, Map<?, ?>> alarms = new LinkedHashMap<>();
    Template.fromStack(stack)
        .findResources("AWS::CloudWatch::Alarm")
        .forEach(
            (id, alarm) -> {
              if (id.startsWith("Alarms")) {
                Map<?, ?> properties = (Map<?, ?>) alarm.get("Properties");
                alarms.put(id.replaceFirst("^Alarms", "").replaceFirst("\\w{8}$", ""), properties);
              }
            });
    return alarms;
  }

  @Test
  void areTheseWhereAllIsThere() {
    full().build();

    assertThat(alarms().keySet())
        .containsExactlyInAnyOrder(
            "VcpuNearQuota",
            "SessionsNearLimit",
            "StartsFail",
            "StartsSlow",
            "BusyTooLong",
            "DollarsOverBudget",
            "FewAddresses",
            "FewAddresses2",
            "MonitorMissing");
  }

  /** The monitor ran and found nothing to write; what Lambda says of it is there. */
  @Test
  void areAllQuietOnAnEmptyDay() {
    full().build();
    Map<String, Double> told = Map.of("Errors", 0.0, "Invocations", 1.0);

    assertThat(alarms())
        .allSatisfy(
            (id, alarm) ->
                assertThat(isInAlarm(alarm, told.get(String.valueOf(alarm.get("MetricName")))))
                    .as(id)
                    .isFalse());
  }

  @Test
  void areNotAllSilentWhereTheMonitorStands() {
    full().build();

    List<String> loud = new ArrayList<>();
    alarms()
        .forEach(
            (id, alarm) -> {
              if (isInAlarm(alarm, null)) {
                loud.add(id);
              }
            });

    assertThat(loud).containsExactly("MonitorMissing");
    assertThat(alarms().get("MonitorMissing").get("EvaluationPeriods")).isEqualTo(3);
    assertThat(alarms().get("MonitorMissing").get("Period")).isEqualTo(300);
  }

  /** As CloudWatch judges one value, or none. */
  private static boolean isInAlarm(Map<?, ?> alarm, Double value) {
    if (value == null) {
      return alarm.get("TreatMissingData").equals("breaching");
    }
    double threshold = ((Number) alarm.get("Threshold")).doubleValue();
    return switch ((String) alarm.get("ComparisonOperator")) {
      case "GreaterThanThreshold" -> value > threshold;
      case "GreaterThanOrEqualToThreshold" -> value >= threshold;
      case "LessThanThreshold" -> value < threshold;
      default -> throw new AssertionError(alarm);
    };
  }

  @Test
  void sayWhatTheyMeanAndWhereItStandsWhatToDo() {
    full().busyTime(Duration.hours(2)).runbook("https://wiki.example.com/spark").build();

    assertThat(alarms().get("BusyTooLong").get("AlarmDescription"))
        .isEqualTo(
            "A session has been BUSY for over 120 minutes, and no rule on idle sessions ends it."
                + " What to do: https://wiki.example.com/spark#busytoolong");
    assertThat(alarms().get("VcpuNearQuota").get("AlarmDescription"))
        .isEqualTo(
            "The account uses over 80 % of the vCPUs that it may on EMR Serverless: soon sessions"
                + " and job runs of all applications wait, or fail. What to do:"
                + " https://wiki.example.com/spark#vcpunearquota");
    assertThat(alarms().get("FewAddresses2").get("AlarmDescription"))
        .asString()
        .startsWith("Subnet subnet-0b has fewer than 16 addresses left");
  }

  @ParameterizedTest
  @EnumSource
  void haveAScreenEachOnThePageOfOperations(AlarmKind kind) throws IOException {
    assertThat(Files.readAllLines(Path.of("../docs/operations.md"))).contains("## " + kind.getId());
  }

  @Test
  void compareWithTheAccountsOwnQuota() {
    full().quotaPercent(90).build();

    Map<?, ?> alarm = alarms().get("VcpuNearQuota");
    assertThat(alarm.get("Threshold")).isEqualTo(90);
    assertThat(alarm.get("Metrics").toString())
        .contains("100 * usage / SERVICE_QUOTA(usage)", "AWS/Usage", "EMR Serverless");
  }

  @Test
  void goOffAtTheShareOfTheSessionsThatTheApplicationTakes() {
    full().sessionsPerApplication(10).sessionsPercent(75).build();

    Map<?, ?> alarm = alarms().get("SessionsNearLimit");
    assertThat(alarm.get("Threshold")).isEqualTo(8);
    assertThat(alarm.get("ComparisonOperator")).isEqualTo("GreaterThanOrEqualToThreshold");
    assertThat(alarm.get("AlarmDescription"))
        .isEqualTo(
            "8 or more sessions live, of the 10 that the application takes: soon StartSession is"
                + " refused. What to do: docs/operations.md#sessionsnearlimit");
  }

  @Test
  void areOneWithoutAMonitor() {
    SparkConnectAlarms.Builder.create(stack, "Alarms")
        .application(watching.application())
        .quotaPercent(70)
        .build();

    assertThat(alarms().keySet()).containsExactly("VcpuNearQuota");
  }

  @Test
  void areOfABudgetOnlyWhereThereIsOne() {
    watching.fully(SparkConnectAlarms.Builder.create(stack, "Alarms")).build();

    assertThat(alarms().keySet()).hasSize(8).doesNotContain("DollarsOverBudget");
  }

  @Test
  void canBeLeftOut() {
    SparkConnectAlarms made =
        watching
            .fully(SparkConnectAlarms.Builder.create(stack, "Alarms"))
            .without(AlarmKind.values())
            .build();

    assertThat(made.getAlarms()).isEmpty();
    assertThat(made.getAlarms(AlarmKind.BUSY_TOO_LONG)).isEmpty();
    assertThat(alarms()).isEmpty();
  }

  @Test
  void tellWhomeverTheyAreToTell() {
    Topic topic = Topic.Builder.create(stack, "OnCall").build();
    SparkConnectAlarms made = full().alarmAction(new SnsAction(topic)).build();

    assertThat(made.getAlarms()).hasSize(9);
    assertThat(alarms())
        .allSatisfy(
            (id, alarm) ->
                assertThat(alarm.get("AlarmActions"))
                    .isEqualTo(List.of(stack.resolve(topic.getTopicArn()))));
  }

  @Test
  void haveOnlyMetricsThatSomebodyWrites() {
    full().build();

    for (Map<?, ?> alarm : alarms().values()) {
      if (alarm.get("Namespace") instanceof String namespace && namespace.equals("Sparkgate")) {
        String dimension =
            (String) ((Map<?, ?>) ((List<?>) alarm.get("Dimensions")).get(0)).get("Name");
        assertThat(DocumentedMetrics.ours())
            .contains(
                new Shown.Named(
                    namespace,
                    (String) alarm.get("MetricName"),
                    new TreeSet<>(List.of(dimension))));
      }
    }
    Template.fromStack(stack)
        .hasResourceProperties(
            "AWS::CloudWatch::Alarm",
            Map.of("MetricName", "ReadySeconds", "ExtendedStatistic", "p90", "Threshold", 300));
    Template.fromStack(stack)
        .hasResourceProperties(
            "AWS::CloudWatch::Alarm",
            Match.objectLike(Map.of("MetricName", "Dollars", "Period", 86400, "Threshold", 120)));
  }

  @Test
  void standInStacksWithAKnownPlace() {
    Stack known =
        new Stack(
            new App(),
            "Known",
            StackProps.builder()
                .env(Environment.builder().account("111122223333").region("eu-west-1").build())
                .build());

    SparkConnectAlarms made =
        Watching.in(known).fully(SparkConnectAlarms.Builder.create(known, "Alarms")).build();

    assertThat(made.getAlarms()).hasSize(8);
    assertThat(Template.fromStack(known).findResources("AWS::CloudWatch::Alarm").toString())
        .doesNotContain("AccountId");
  }
}
