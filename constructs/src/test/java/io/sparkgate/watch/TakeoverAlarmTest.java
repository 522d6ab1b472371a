package io.sparkgate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.event.ruler.Ruler;

class TakeoverAlarmTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String APPLICATION = "00f1cb5c6anuij25";

  private final Stack stack = new Stack();

  @Test
  void hearsOfEveryEndpointThatIsHandedOut() throws Exception {
    alarm().build();

    assertThat(Ruler.matchesRule(event(), pattern())).isTrue();
  }

  @Test
  void hearsOfNothingElse() throws Exception {
    alarm().build();

    assertThat(Ruler.matchesRule(event("eventName", "GetSession"), pattern())).isFalse();
    assertThat(Ruler.matchesRule(event("errorCode", "AccessDenied"), pattern())).isFalse();
    assertThat(Ruler.matchesRule(event().replace(APPLICATION, "00other"), pattern())).isFalse();
  }

  @Test
  void asksEventBridgeForReadEventsToo() {
    alarm().build();

    template()
        .hasResourceProperties(
            "AWS::Events::Rule", Map.of("State", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"));
  }

  @Test
  void goesOffWithinAMinute() {
    Topic topic = Topic.Builder.create(stack, "Security").build();
    alarm().alarmAction(new SnsAction(topic)).build();

    Synth.hasErrorsAlarm(stack, Duration.minutes(1), "notBreaching", topic.getTopicArn());
  }

  @Test
  void mayDoNothingButLookUpSessions() {
    alarm().build();

    Synth.hasPolicy(
        stack,
        Match.objectLike(Map.of("Action", List.of("logs:CreateLogStream", "logs:PutLogEvents"))),
        Map.of(
            "Effect",
            "Allow",
            "Action",
            "emr-serverless:GetSession",
            "Resource",
            stack.resolve(
                "arn:%s:emr-serverless:%s:%s:/applications/%s/sessions/*"
                    .formatted(
                        stack.getPartition(),
                        stack.getRegion(),
                        stack.getAccount(),
                        APPLICATION))));
  }

  private TakeoverAlarm.Builder alarm() {
    return TakeoverAlarm.Builder.create(stack, "Alarm")
        .watch(EmrServerlessApplication.fromApplicationId(stack, "Application", APPLICATION));
  }

  private String pattern() throws JsonProcessingException {
    Map<?, ?> rule = template().findResources("AWS::Events::Rule").values().iterator().next();
    return JSON.writeValueAsString(((Map<?, ?>) rule.get("Properties")).get("EventPattern"));
  }

  private static String event(String field, String value) throws JsonProcessingException {
    ObjectNode event = (ObjectNode) JSON.readTree(event());
    ((ObjectNode) event.get("detail")).put(field, value);
    return event.toString();
  }

  /** As CloudTrail records the call and EventBridge hands it on. */
  private static String event() {
    return """
        {
          "version": "0",
          "source": "aws.emr-serverless",
          "detail-type": "AWS API Call via CloudTrail",
          "account": "111122223333",
          "region": "eu-west-1",
          "detail": {
            "eventVersion": "1.11",
            "userIdentity": {
              "type": "AssumedRole",
              "arn": "arn:aws:sts::111122223333:assumed-role/Developer/mallory"
            },
            "eventSource": "emr-serverless.amazonaws.com",
            "eventName": "GetSessionEndpoint",
            "requestParameters": {"applicationId": "%s", "sessionId": "00f1d2"},
            "responseElements": null,
            "readOnly": true,
            "managementEvent": true
          }
        }
        """
        .formatted(APPLICATION);
  }

  private Template template() {
    return Template.fromStack(stack);
  }
}
