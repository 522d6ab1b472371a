package io.sparkgate.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.IEmrServerlessApplication;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.Topic;

class WatchedTest {

  private static final String ID = "00f1cb5c6anuij25";

  private final App app = new App();
  private final Stack ireland = stack("Ireland", "eu-west-1");

  /** What watches, each made with the application and, perhaps, an action. */
  enum Watcher {
    REAPER {
      @Override
      void build(Stack stack, List<IEmrServerlessApplication> watched, List<IAlarmAction> actions) {
        IdleSessionReaper.Builder it = IdleSessionReaper.Builder.create(stack, "Watcher");
        watched.forEach(it::watch);
        actions.forEach(it::alarmAction);
        it.build();
      }
    },
    GUARD {
      @Override
      void build(Stack stack, List<IEmrServerlessApplication> watched, List<IAlarmAction> actions) {
        SessionGuard.Builder it = SessionGuard.Builder.create(stack, "Watcher");
        watched.forEach(it::watch);
        actions.forEach(it::alarmAction);
        it.build();
      }
    },
    TAKEOVER {
      @Override
      void build(Stack stack, List<IEmrServerlessApplication> watched, List<IAlarmAction> actions) {
        TakeoverAlarm.Builder it = TakeoverAlarm.Builder.create(stack, "Watcher");
        watched.forEach(it::watch);
        actions.forEach(it::alarmAction);
        it.build();
      }
    };

    abstract void build(
        Stack stack, List<IEmrServerlessApplication> watched, List<IAlarmAction> actions);
  }

  @ParameterizedTest
  @EnumSource(Watcher.class)
  void isSomething(Watcher watcher) {
    assertThatThrownBy(() -> watcher.build(ireland, List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Ireland/Watcher: watch received no application, but takes one or more; call"
                + " watch(application)");
  }

  @ParameterizedTest
  @EnumSource(Watcher.class)
  void isOfTheSameAccountAndRegion(Watcher watcher) {
    IEmrServerlessApplication virginia =
        EmrServerlessApplication.fromApplicationArn(ireland, "Virginia", arn("us-east-1"));

    assertThatThrownBy(() -> watcher.build(ireland, List.of(virginia), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Ireland/Watcher: watch received Ireland/Virginia of 111122223333/us-east-1, but takes"
                + " only applications of its own account and Region, 111122223333/eu-west-1; watch"
                + " it from a stack there");
  }

  @ParameterizedTest
  @EnumSource(Watcher.class)
  void isOneThingInTwoSpellings(Watcher watcher) {
    watcher.build(
        ireland,
        List.of(
            EmrServerlessApplication.fromApplicationId(ireland, "ById", ID),
            EmrServerlessApplication.fromApplicationArn(ireland, "ByArn", arn("eu-west-1"))),
        List.of());

    JsonNode template = json(Template.fromStack(ireland).toJSON());
    assertThat(template.findValues("Resource").stream().map(JsonNode::toString))
        .filteredOn(resource -> resource.contains(ID))
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .allMatch(resource -> resource.split(ID, -1).length == 2);
    for (String list : List.of("SPARKGATE_REAPER", "SPARKGATE_GUARD", "applicationId")) {
      assertThat(template.findValues(list).toString().split(ID, -1)).hasSizeLessThanOrEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(Watcher.class)
  void tellsOnlyWhatIsInItsRegion(Watcher watcher) {
    Consumer<String> telling =
        region ->
            watcher.build(
                ireland,
                List.of(EmrServerlessApplication.fromApplicationId(ireland, "App" + region, ID)),
                List.of(
                    new SnsAction(
                        Topic.fromTopicArn(
                            ireland,
                            "Topic" + region,
                            "arn:aws:sns:%s:444455556666:alerts".formatted(region)))));

    assertThatThrownBy(() -> telling.accept("us-east-1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Ireland/Watcher: alarmAction received arn:aws:sns:us-east-1:444455556666:alerts, but"
                + " takes only what is in the alarm's own Region, eu-west-1; name a topic there");
  }

  @ParameterizedTest
  @EnumSource(Watcher.class)
  void tellsNoTopicThatItsStackCannotName(Watcher watcher) {
    SnsAction action = new SnsAction(new Topic(stack("There", "us-east-1"), "Topic"));

    assertThatThrownBy(
            () ->
                watcher.build(
                    ireland,
                    List.of(EmrServerlessApplication.fromApplicationId(ireland, "App", ID)),
                    List.of(action)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Ireland/Watcher: alarmAction received There/Topic, which is made in a stack of another"
                + " account or Region, where the alarm's, of 111122223333/eu-west-1, cannot refer to"
                + " it; give both stacks the same env, or name a topic of the alarm's own Region");
  }

  @ParameterizedTest
  @EnumSource(Watcher.class)
  void mayTellAnotherAccount(Watcher watcher) {
    String topic = "arn:aws:sns:eu-west-1:444455556666:alerts";
    watcher.build(
        ireland,
        List.of(EmrServerlessApplication.fromApplicationId(ireland, "App", ID)),
        List.of(new SnsAction(Topic.fromTopicArn(ireland, "Topic", topic))));

    Template.fromStack(ireland)
        .allResourcesProperties("AWS::CloudWatch::Alarm", Map.of("AlarmActions", List.of(topic)));
  }

  @ParameterizedTest
  @EnumSource(Watcher.class)
  void tellsNoMoreThanAnAlarmTakes(Watcher watcher) {
    List<IEmrServerlessApplication> watched =
        List.of(EmrServerlessApplication.fromApplicationId(ireland, "App", ID));
    IAlarmAction action = new SnsAction(new Topic(ireland, "Topic"));

    assertThatThrownBy(() -> watcher.build(ireland, watched, Collections.nCopies(6, action)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Ireland/Watcher: alarmAction received 6 actions, but an alarm takes 5; let one topic"
                + " tell the others");
  }

  private static String arn(String region) {
    return "arn:aws:emr-serverless:%s:111122223333:/applications/%s".formatted(region, ID);
  }

  private Stack stack(String id, String region) {
    return new Stack(
        app,
        id,
        StackProps.builder()
            .env(Environment.builder().account("111122223333").region(region).build())
            .build());
  }

  private static JsonNode json(Object value) {
    return new ObjectMapper().valueToTree(value);
  }
}
