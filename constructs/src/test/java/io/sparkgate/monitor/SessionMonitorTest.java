package io.sparkgate.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.border.Handlers;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.IEmrServerlessApplication;
import io.sparkgate.serverless.Prices;
import io.sparkgate.testing.Synth;
import io.sparkgate.watch.IdlePolicy;
import io.sparkgate.watch.IdleSessionReaper;
import io.sparkgate.watch.RequestRates;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.ec2.Subnet;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.sns.Topic;

class SessionMonitorTest {

  private final Monitored it = new Monitored(new Stack());

  @Test
  void looksEveryFiveMinutesUnlessToldOtherwise() {
    it.monitor().build();

    assertThat(it.only("AWS::Scheduler::Schedule").at("/ScheduleExpression").asText())
        .isEqualTo("rate(5 minutes)");
    assertThat(it.only("AWS::Logs::LogGroup").get("RetentionInDays").asInt()).isEqualTo(90);
    JsonNode function = it.only("AWS::Lambda::Function");
    assertThat(function.get("Handler").asText()).isEqualTo(Handlers.MONITOR);
    assertThat(function.get("ReservedConcurrentExecutions").asInt()).isEqualTo(1);
  }

  @Test
  void handsAllToTheFunctionAsOneDocument() throws Exception {
    it.monitor()
        .every(Duration.minutes(2))
        .idlePolicy(
            IdlePolicy.terminateAfter(Duration.minutes(30))
                .limitByTag(Duration.minutes(15), Duration.hours(2))
                .maxAge(Duration.hours(12)))
        .warnBefore(Duration.minutes(15))
        .subnets(List.of(Subnet.fromSubnetId(it.stack, "Subnet", "subnet-1")))
        .prices(Prices.of(0.05, 0.006, 0, "our contract"))
        .ownerLimits(OwnerLimits.none().atMost(3).dailyBudget(50))
        .mostOwners(5)
        .requestRates(RequestRates.share(100).listSessions(2, 50))
        .build();

    assertThat(it.document().toString())
        .isEqualTo(
            "{\"applications\":[\"00f1cb5c6anuij25\"],\"every\":2,"
                + "\"keepTag\":\"sparkgate:keep-until\",\"warnMinutes\":15,"
                + "\"usage\":{\"bucket\":\"*\",\"prefix\":\"usage/\"},\"eventBus\":\"default\","
                + "\"prices\":{\"vcpuHour\":0.05,\"memoryGbHour\":0.006,\"storageGbHour\":0,"
                + "\"source\":\"our contract\"},"
                + "\"owners\":{\"maxSessions\":3,\"end\":\"longestIdle\",\"dailyDollars\":50,"
                + "\"warnPercent\":80,\"dryRun\":true,\"warnMinutes\":15},\"mostOwners\":5,"
                + "\"policy\":{\"idleMinutes\":30,\"idleTag\":{\"key\":\"sparkgate:idle-minutes\","
                + "\"minMinutes\":15,\"maxMinutes\":120},\"maxAgeMinutes\":720,"
                + "\"startingMinutes\":30},\"subnets\":[\"subnet-1\"],"
                + "\"rates\":{\"listSessions\":{\"perSecond\":2,\"burst\":50},"
                + "\"getSession\":{\"perSecond\":10,\"burst\":50},"
                + "\"terminateSession\":{\"perSecond\":1,\"burst\":25},"
                + "\"listJobRuns\":{\"perSecond\":1,\"burst\":25},"
                + "\"getJobRun\":{\"perSecond\":10,\"burst\":50}}}");
  }

  @Test
  void warnsTenMinutesBeforeAndTellsTenOwnersAtAQuarterOfTheRatesUnlessToldOtherwise()
      throws Exception {
    it.monitor().parameterPrefix("/sparkgate/dev").build();

    JsonNode document = it.document();
    assertThat(document.get("warnMinutes").asInt()).isEqualTo(10);
    assertThat(document.get("mostOwners").asInt()).isEqualTo(10);
    assertThat(document.at("/rates/listJobRuns/burst").asInt()).isEqualTo(6);
    assertThat(document.get("parameterPrefix").asText()).isEqualTo("/sparkgate/dev");
  }

  @Test
  void looksAsOftenAndKeepsItsLogForAsLongAsItIsTold() {
    it.monitor()
        .every(Duration.minutes(2))
        .warnBefore(Duration.minutes(3))
        .logRetention(RetentionDays.ONE_WEEK)
        .build();

    assertThat(it.only("AWS::Scheduler::Schedule").at("/ScheduleExpression").asText())
        .isEqualTo("rate(2 minutes)");
    assertThat(it.all("AWS::CloudWatch::Alarm"))
        .filteredOn(alarm -> alarm.path("MetricName").asText().equals("Errors"))
        .singleElement()
        .satisfies(alarm -> assertThat(alarm.get("Period").asInt()).isEqualTo(120));
    assertThat(it.only("AWS::Logs::LogGroup").get("RetentionInDays").asInt()).isEqualTo(7);
  }

  @Test
  void warnsOfNothingWithoutAPolicyOrInADryRunWhichEndsNothing() throws Exception {
    it.monitor().idlePolicy(IdlePolicy.standard().dryRun()).build();

    assertThat(it.document().has("policy")).isFalse();
  }

  @Test
  void readsSessionsAndJobRunsWritesRecordsAndTellsOneBus() {
    it.monitor().build();

    assertThat(it.allowed())
        .filteredOn(allowed -> !allowed.startsWith("logs:") && !allowed.startsWith("sqs:"))
        .extracting(allowed -> allowed.replaceAll("\\{.*\\}", "it"))
        .containsExactlyInAnyOrder(
            "emr-serverless:GetApplication arn:*:emr-serverless:*:*:/applications/" + Monitored.ID,
            "emr-serverless:ListJobRuns arn:*:emr-serverless:*:*:/applications/" + Monitored.ID,
            "emr-serverless:ListSessions arn:*:emr-serverless:*:*:/applications/" + Monitored.ID,
            "emr-serverless:GetSession arn:*:emr-serverless:*:*:/applications/"
                + Monitored.ID
                + "/sessions/*",
            "emr-serverless:GetJobRun arn:*:emr-serverless:*:*:/applications/"
                + Monitored.ID
                + "/jobruns/*",
            "events:PutEvents arn:*:events:*:*:event-bus/default",
            "s3:PutObject */usage/*",
            "s3:GetObject */usage/*/pool-*",
            "s3:ListBucket it",
            "lambda:InvokeFunction it",
            "lambda:InvokeFunction *:*");
  }

  @Test
  void mayEndSessionsOnlyWhereLimitsAreEnforced() {
    it.monitor().ownerLimits(OwnerLimits.none().atMost(3)).build();
    assertThat(it.allowed()).noneMatch(allowed -> allowed.contains("TerminateSession"));

    Monitored other = new Monitored(new Stack());
    other.monitor().ownerLimits(OwnerLimits.none().atMost(3).enforce()).build();
    assertThat(other.allowed())
        .anyMatch(allowed -> allowed.startsWith("emr-serverless:TerminateSession"));
  }

  @Test
  void looksAtSubnetsOnlyIfAnyAreNamed() {
    it.monitor().build();
    assertThat(it.allowed()).noneMatch(allowed -> allowed.startsWith("ec2:"));

    Monitored other = new Monitored(new Stack());
    other
        .monitor()
        .subnets(List.of(Subnet.fromSubnetId(other.stack, "Subnet", "subnet-1")))
        .build();
    assertThat(other.allowed()).contains("ec2:DescribeSubnets *");
  }

  @Test
  void keepsNoRecordsWhereNoneAreWanted() throws Exception {
    SessionMonitor monitor = it.monitor().withoutUsage().build();

    assertThat(monitor.getUsage()).isEmpty();
    assertThat(it.document().has("usage")).isFalse();
    assertThat(it.all("AWS::S3::Bucket")).isEmpty();
    assertThatThrownBy(() -> monitor.grantReadUsage(people()))
        .hasMessage("Default/Monitor: grantReadUsage finds no records, because of withoutUsage()");
  }

  @Test
  void tellsTheBusThatItIsGiven() throws Exception {
    it.monitor().eventBus(EventBus.fromEventBusName(it.stack, "Ours", "ours")).build();

    assertThat(it.document().get("eventBus").asText()).isEqualTo("ours");
    assertThat(it.allowed()).contains("events:PutEvents arn:*:events:*:*:event-bus/ours");
  }

  @Test
  void alarmsWhenAPassFails() {
    Topic topic = new Topic(it.stack, "OnCall");
    SessionMonitor monitor = it.monitor().alarmAction(new SnsAction(topic)).build();

    assertThat(monitor.getFailureAlarms()).hasSize(1);
    Synth.hasErrorsAlarm(it.stack, Duration.minutes(5), "notBreaching", topic.getTopicArn());
  }

  @Test
  void letsPeopleSearchTheLogsOfAllThatDecides() {
    IdleSessionReaper reaper =
        IdleSessionReaper.Builder.create(it.stack, "Reaper").watch(it.application).build();
    SessionMonitor monitor = it.monitor().parameterPrefix("/sparkgate/dev").build();
    monitor.grantExplain(people());
    monitor.explainFrom(reaper);

    assertThat(it.allowed().stream().filter(allowed -> allowed.startsWith("logs:FilterLogEvents")))
        .hasSize(2);
    assertThat(it.allowed())
        .contains("ssm:GetParameter arn:*:ssm:*:*:parameter/sparkgate/dev/log-groups");
    assertThat(it.all("AWS::SSM::Parameter"))
        .anySatisfy(
            parameter -> {
              assertThat(parameter.get("Name").asText()).isEqualTo("/sparkgate/dev/log-groups");
              assertThat(parameter.get("Type").asText()).isEqualTo("StringList");
              assertThat(Monitored.text(parameter.get("Value"))).isEqualTo("*,*");
            });
  }

  @Test
  void takesNoApplicationOfAnotherPlace() {
    Stack here =
        new Stack(
            null,
            "Here",
            StackProps.builder()
                .env(Environment.builder().account("111122223333").region("eu-west-1").build())
                .build());
    IEmrServerlessApplication there =
        EmrServerlessApplication.fromApplicationArn(
            here,
            "There",
            "arn:aws:emr-serverless:us-east-1:111122223333:/applications/00f1cb5c6anuij26");

    assertThatThrownBy(() -> SessionMonitor.Builder.create(here, "Monitor").watch(there).build())
        .hasMessage(
            "Here/Monitor: watch received Here/There of 111122223333/us-east-1, but takes only"
                + " applications of its own account and Region, 111122223333/eu-west-1; watch it"
                + " from a stack there");
  }

  private Role people() {
    return Role.Builder.create(it.stack, "People").assumedBy(new AccountRootPrincipal()).build();
  }
}
