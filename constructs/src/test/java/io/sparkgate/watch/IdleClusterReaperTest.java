package io.sparkgate.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.cluster.ISparkConnectCluster;
import io.sparkgate.cluster.SparkConnectEndpoint;
import io.sparkgate.function.cluster.reaper.ClusterReaperHandler;
import io.sparkgate.testing.Clusters;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.Topic;

class IdleClusterReaperTest {

  private static final String ALARM = "AWS::CloudWatch::Alarm";

  private final App app = new App();
  private final Stack stack = stack("Lake", "eu-west-1");
  private final ISparkConnectCluster cluster = Clusters.imported(stack, "Cluster", "j-2AXGAPLF");
  private final SparkConnectEndpoint endpoint = Clusters.byToken(stack, "Endpoint", cluster);

  @Test
  void sweepsEveryFiveMinutesOneSweepAtATime() {
    reaper().build();

    Template template = Template.fromStack(stack);
    template.hasResourceProperties(
        "AWS::Scheduler::Schedule", Map.of("ScheduleExpression", "rate(5 minutes)"));
    template.hasResourceProperties(
        "AWS::Lambda::Function",
        Map.of(
            "Handler",
            ClusterReaperHandler.class.getName(),
            "ReservedConcurrentExecutions",
            1,
            "DeadLetterConfig",
            Map.of("TargetArn", Match.anyValue())));
  }

  @Test
  void handsThePolicyToTheFunctionAsOneDocument() {
    reaper()
        .idlePolicy(ClusterIdlePolicy.terminateAfter(Duration.hours(2)).maxTerminations(3).dryRun())
        .build();

    assertThat(configuration())
        .startsWith("{\"clusters\":[{\"clusterId\":\"j-2AXGAPLF\",\"targetGroupArn\":\"")
        .contains("EndpointTargets")
        .endsWith(
            "\"}],\"idleMinutes\":120,\"keepTag\":\"sparkgate:keep-until\",\"maxTerminations\":3,"
                + "\"dryRun\":true}");
  }

  @Test
  void terminatesAfterAnHourUnlessSaidOtherwise() {
    reaper().build();

    assertThat(configuration())
        .endsWith(
            "\"idleMinutes\":60,\"keepTag\":\"sparkgate:keep-until\",\"maxTerminations\":5,"
                + "\"dryRun\":false}");
  }

  @Test
  void canReadAndTerminateJustItsClustersAndConnectToNone() {
    reaper().build();

    JsonNode statements =
        resources("AWS::IAM::Policy").findValues("Statement").stream()
            .filter(each -> each.toString().contains("TerminateJobFlows"))
            .findFirst()
            .orElseThrow();
    assertThat(statements.toString())
        .contains(
            "\"Action\":[\"elasticmapreduce:DescribeCluster\",\"elasticmapreduce:TerminateJobFlows\"]",
            ":elasticmapreduce:eu-west-1:111122223333:cluster/j-2AXGAPLF\"",
            "\"Action\":\"cloudwatch:GetMetricData\",\"Effect\":\"Allow\",\"Resource\":\"*\"");
    assertThat(statements.findValuesAsText("Action").stream().filter(each -> each.contains("ssm")))
        .isEmpty();
  }

  @Test
  void raisesAlarmsWhenASweepFailsIsMissingOrATagCannotBeRead() {
    String onCall = "arn:aws:sns:eu-west-1:111122223333:on-call";
    IdleClusterReaper reaper =
        reaper().alarmAction(new SnsAction(Topic.fromTopicArn(stack, "OnCall", onCall))).build();

    Synth.hasErrorsAlarm(stack, Duration.minutes(5), "notBreaching", onCall);
    Template template = Template.fromStack(stack);
    template.hasResourceProperties(
        ALARM,
        Map.of(
            "AlarmDescription",
            "No sweep has ended for three intervals; clusters idle unseen",
            "TreatMissingData",
            "breaching",
            "EvaluationPeriods",
            3));
    template.hasResourceProperties(
        ALARM, Map.of("MetricName", "UnreadableKeepUntil", "Namespace", "Sparkgate"));
    assertThat(reaper.getHeartbeatAlarm()).isNotEqualTo(reaper.getFailureAlarm());
    assertThat(reaper.getKeepUntilAlarm()).isNotEqualTo(reaper.getHeartbeatAlarm());
    assertThat(reaper.getDeadLetterQueue()).isNotNull();
    assertThat(reaper.metric("Terminated").getNamespace()).isEqualTo("Sparkgate");
  }

  @Test
  void refusesToWatchNothing() {
    assertThatThrownBy(() -> IdleClusterReaper.Builder.create(stack, "Reaper").build())
        .hasMessageContaining("watch received no endpoint, but takes one or more");
  }

  @Test
  void watchesAnEndpointOnceHoweverOftenItIsNamed() {
    reaper().watch(endpoint, endpoint).build();

    assertThat(configuration().split("clusterId", -1)).hasSize(2);
  }

  @Test
  void refusesTwoEndpointsOfOneCluster() {
    SparkConnectEndpoint second = Clusters.byToken(stack, "Second", cluster);

    assertThatThrownBy(() -> reaper().watch(second).build())
        .hasMessageContaining(
            "watch received Lake/Endpoint and Lake/Second, two endpoints of one cluster");
  }

  @Test
  void refusesAnEndpointOfAnotherRegion() {
    Stack there = stack("There", "us-east-1");

    assertThatThrownBy(
            () -> IdleClusterReaper.Builder.create(there, "Reaper").watch(endpoint).build())
        .hasMessageContaining("watch received Lake/Endpoint of ")
        .hasMessageContaining("; watch it from a stack there");
  }

  @Test
  void refusesMoreClustersThanItsVariablesHold() {
    IdleClusterReaper.Builder reaper = reaper();
    // The number alone is looked at before anything of an endpoint.
    IntStream.range(0, 20)
        .mapToObj(
            i -> Clusters.byToken(stack, "E" + i, Clusters.imported(stack, "C" + i, "j-" + i)))
        .forEach(reaper::watch);

    assertThatThrownBy(reaper::build)
        .hasMessageContaining("watch received 21 endpoints, but takes 20");
  }

  @Test
  void warnsOfSweepsThatAreTooRare() {
    reaper()
        .every(Duration.minutes(30))
        .idlePolicy(ClusterIdlePolicy.terminateAfter(Duration.minutes(30)))
        .build();

    assertThat(Synth.warnings(stack))
        .anyMatch(
            warning ->
                warning.contains(
                    "a sweep every 30 minutes lets a cluster idle for up to 60, not 30; sweep more"
                        + " often than the limit"));
  }

  @Test
  void refusesAnIntervalThatNoScheduleHas() {
    assertThatThrownBy(() -> reaper().every(Duration.seconds(30)).build())
        .hasMessageContaining("every received 0.5 minutes, but takes whole minutes from 1 to 1440");
  }

  @Test
  void refusesALimitInWhichAQueryIsNoRequest() {
    for (Duration limit : List.of(Duration.minutes(4), Duration.seconds(330), Duration.days(8))) {
      assertThatThrownBy(() -> ClusterIdlePolicy.terminateAfter(limit))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("ClusterIdlePolicy: terminateAfter received ")
          .hasMessageContaining("but takes whole minutes from 5,");
    }
  }

  @Test
  void refusesACapThatEndsNothing() {
    assertThatThrownBy(() -> ClusterIdlePolicy.standard().maxTerminations(0))
        .hasMessage(
            "ClusterIdlePolicy: maxTerminations received 0, but takes 1 to 1000; to terminate"
                + " nothing use dryRun()");
  }

  private IdleClusterReaper.Builder reaper() {
    return IdleClusterReaper.Builder.create(stack, "Reaper").watch(endpoint);
  }

  /** What the function is told, with references as text. */
  private String configuration() {
    JsonNode variable = resources("AWS::Lambda::Function").findValue("SPARKGATE_CLUSTER_REAPER");
    StringBuilder text = new StringBuilder();
    variable
        .get("Fn::Join")
        .get(1)
        .forEach(part -> text.append(part.isTextual() ? part.asText() : part.toString()));
    return text.toString();
  }

  private JsonNode resources(String type) {
    return new ObjectMapper().valueToTree(Template.fromStack(stack).findResources(type));
  }

  private Stack stack(String id, String region) {
    return new Stack(
        app,
        id,
        StackProps.builder()
            .env(Environment.builder().account("111122223333").region(region).build())
            .build());
  }
}
