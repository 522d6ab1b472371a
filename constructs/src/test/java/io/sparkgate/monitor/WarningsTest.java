package io.sparkgate.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.sns.Topic;

class WarningsTest {

  private final Monitored it =
      new Monitored(
          new Stack(
              null,
              "Here",
              StackProps.builder()
                  .env(Environment.builder().account("111122223333").region("eu-west-1").build())
                  .build()));
  private final SessionMonitor monitor = it.monitor().build();

  @Test
  void tellsATopicWhatWillEndInWordsThatAChatChannelShows() {
    monitor.warnTo(new Topic(it.stack, "Warned"));

    JsonNode rule = rule("Spark Connect Session Idle Warning");
    assertThat(rule.at("/EventPattern/source/0").asText()).isEqualTo("sparkgate");
    assertThat(rule.at("/EventPattern/detail").toString())
        .isEqualTo("{\"monitor\":[{\"Ref\":\"MonitorFunction39E4128B\"}]}");
    String template = rule.at("/Targets/0/InputTransformer/InputTemplate").asText();
    assertThat(template)
        .contains(
            "\"version\":\"1.0\",\"source\":\"custom\"",
            "\"textType\":\"client-markdown\"",
            "Session <detail-title> of <detail-owner> ends at <detail-endsAt>",
            "<detail-reason>. To keep it, use it, or ask an operator for: <detail-keepCommand>",
            "\"additionalContext\":{\"owner\":<detail-owner>");
    assertThat(template).contains("\"id\":<detail-eventId>", "\"eventType\":<detail-type>");
  }

  @Test
  void tellsATopicWhoHasTooMuchWithoutAnApplicationThatSuchAnEventDoesNotName() {
    monitor.warnTo(new Topic(it.stack, "Warned"));

    JsonNode rule = rule("Spark Connect Owner Budget Warning");
    assertThat(rule.at("/EventPattern/detail-type").toString())
        .isEqualTo(
            "[\"Spark Connect Owner Budget Warning\",\"Spark Connect Owner Limit Reached\"]");
    assertThat(rule.at("/Targets/0/InputTransformer/InputTemplate").asText())
        .contains(
            "\"title\":\"<detail-type>: <detail-owner>\"",
            "\"description\":<detail-reason>",
            "\"additionalContext\":{\"owner\":<detail-owner>}");
  }

  @Test
  void hearsTheBusThatTheMonitorTells() {
    Monitored other = new Monitored(new Stack());
    other
        .monitor()
        .eventBus(EventBus.fromEventBusName(other.stack, "Ours", "ours"))
        .build()
        .warnTo(new Topic(other.stack, "Warned"));

    assertThat(other.all("AWS::Events::Rule"))
        .extracting(rule -> rule.at("/EventBusName").asText())
        .containsExactly("ours", "ours");
    monitor.warnTo(new Topic(it.stack, "Warned"));
    assertThat(it.all("AWS::Events::Rule")).noneMatch(rule -> rule.has("EventBusName"));
  }

  @Test
  void publishesByARoleThatMayDoNothingElse() {
    Key key = new Key(it.stack, "Key");
    monitor.warnTo(Topic.Builder.create(it.stack, "Warned").masterKey(key).build());

    assertThat(it.all("AWS::IAM::Policy"))
        .filteredOn(policy -> policy.toString().contains("sns:Publish"))
        .singleElement()
        .satisfies(
            policy ->
                assertThat(policy.at("/PolicyDocument/Statement").findValues("Action").toString())
                    .isEqualTo("[\"sns:Publish\", [\"kms:Decrypt\",\"kms:GenerateDataKey\"]]"));
    assertThat(it.all("AWS::SNS::TopicPolicy")).isEmpty();
    assertThat(it.all("AWS::IAM::Role"))
        .filteredOn(role -> role.toString().contains("events.amazonaws.com"))
        .singleElement()
        .satisfies(
            role ->
                assertThat(role.findValue("aws:SourceAccount").asText()).isEqualTo("111122223333"));
  }

  @Test
  void raisesAnAlarmWhileWhatTheTopicDidNotTakeLiesInTheQueue() {
    Topic onCall = new Topic(it.stack, "OnCall");
    SessionMonitor other =
        SessionMonitor.Builder.create(it.stack, "Second")
            .watch(it.application)
            .alarmAction(new SnsAction(onCall))
            .build();

    other.warnTo(new Topic(it.stack, "Warned"));

    assertThat(it.all("AWS::CloudWatch::Alarm"))
        .filteredOn(
            alarm -> alarm.at("/MetricName").asText().equals("ApproximateNumberOfMessagesVisible"))
        .singleElement()
        .satisfies(
            alarm -> {
              assertThat(alarm.at("/Dimensions/0/Value/Fn::GetAtt/0").asText())
                  .startsWith("SecondDeadLetters");
              assertThat(alarm.at("/Threshold").asInt()).isEqualTo(1);
              assertThat(alarm.at("/Statistic").asText()).isEqualTo("Maximum");
              assertThat(alarm.at("/TreatMissingData").asText()).isEqualTo("notBreaching");
              assertThat(alarm.at("/AlarmActions/0/Ref").asText()).startsWith("OnCall");
            });
  }

  @Test
  void sendsAnOwnerWhatConcernsItAlone() {
    monitor.warnTo(new Topic(it.stack, "Warned"));
    monitor.warnOwner("alice@example.com");

    JsonNode subscription = it.only("AWS::SNS::Subscription");
    assertThat(subscription.get("Endpoint").asText()).isEqualTo("alice@example.com");
    assertThat(subscription.get("FilterPolicyScope").asText()).isEqualTo("MessageBody");
    assertThat(subscription.at("/FilterPolicy/metadata/additionalContext/owner").toString())
        .isEqualTo("[\"alice@example.com\",{\"suffix\":\":alice@example.com\"}]");
  }

  @Test
  void makesOneSubscriptionOfAnOwnerForAllMonitorsOfATopic() {
    Topic topic = new Topic(it.stack, "Warned");
    SessionMonitor other =
        SessionMonitor.Builder.create(it.stack, "Second").watch(it.application).build();
    for (SessionMonitor each : List.of(monitor, other)) {
      each.warnTo(topic);
      each.warnOwner("alice@example.com");
    }

    it.only("AWS::SNS::Subscription");
  }

  @Test
  void keepsWhatTheTopicDoesNotTake() {
    monitor.warnTo(new Topic(it.stack, "Warned"));

    assertThat(it.all("AWS::Events::Rule"))
        .hasSize(2)
        .allSatisfy(
            rule ->
                assertThat(rule.at("/Targets/0/DeadLetterConfig/Arn").toString())
                    .contains("MonitorDeadLetters"));
  }

  @Test
  void takesTheKeyOfATopicThatDoesNotKnowIt() {
    monitor.warnTo(
        Topic.fromTopicArn(it.stack, "There", "arn:aws:sns:eu-west-1:111122223333:There"),
        Key.fromKeyArn(it.stack, "Key", "arn:aws:kms:eu-west-1:111122223333:key/1"));

    assertThat(it.allowed())
        .contains(
            "kms:Decrypt arn:aws:kms:eu-west-1:111122223333:key/1",
            "kms:GenerateDataKey arn:aws:kms:eu-west-1:111122223333:key/1");
  }

  @Test
  void takesNoTopicThatItsStackCannotName() {
    Topic there =
        new Topic(
            new Stack((software.constructs.Construct) it.stack.getNode().getRoot(), "There"),
            "Warned");

    assertThatThrownBy(() -> monitor.warnTo(there))
        .hasMessage(
            "Here/Monitor: warnTo: topic There/Warned is made in a stack without env, but the"
                + " monitor's is of 111122223333/eu-west-1, where nothing can refer to it; give both"
                + " stacks the same env, or the topic a name (topicName)");
  }

  @Test
  void takesNoTopicThatSendsNoEmail() {
    Topic fifo = Topic.Builder.create(it.stack, "Ordered").fifo(true).build();

    assertThatThrownBy(() -> monitor.warnTo(fifo))
        .hasMessage(
            "Here/Monitor: warnTo received the FIFO topic Here/Ordered, which sends no email and"
                + " takes no rule's messages; name a standard one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"alice", "AROAEXAMPLE:alice@example.com", "*@b.c", "*@example.com", "a b@c.de"})
  void takesNoOwnerWhoIsNoAddress(String owner) {
    monitor.warnTo(new Topic(it.stack, "Warned"));

    assertThatThrownBy(() -> monitor.warnOwner(owner))
        .hasMessage(
            "Here/Monitor: warnOwner received '"
                + owner
                + "', but takes an address such as alice@example.com; others hear by what listens to"
                + " the topic of warnTo");
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> monitor.warnOwner("alice@example.com"))
        .hasMessage("Here/Monitor: warnOwner received 'alice@example.com' before warnTo(topic)");
    assertThatThrownBy(
            () ->
                monitor.warnTo(
                    Topic.fromTopicArn(
                        it.stack, "There", "arn:aws:sns:us-east-1:111122223333:There")))
        .hasMessage(
            "Here/Monitor: warnTo received topic Here/There of 111122223333/us-east-1, but takes one"
                + " of its own account and Region, 111122223333/eu-west-1; name one there, and let"
                + " others subscribe to it");
  }

  @Test
  void takesOneTopic() {
    monitor.warnTo(new Topic(it.stack, "Warned"));

    assertThatThrownBy(() -> monitor.warnTo(new Topic(it.stack, "Second")))
        .hasMessage(
            "Here/Monitor: warnTo received a second topic, Here/Second, but takes one; subscribe to"
                + " that what else is to be told");
  }

  private JsonNode rule(String detailType) {
    return it.all("AWS::Events::Rule").stream()
        .filter(rule -> rule.at("/EventPattern/detail-type").toString().contains(detailType))
        .findFirst()
        .orElseThrow();
  }
}
