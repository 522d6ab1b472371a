package io.sparkgate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.IEmrServerlessApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Stage;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** Application, watchers and topic in stacks of their own. */
class WatchingElsewhereTest {

  private final App app = new App();

  @Test
  void readsTheApplicationFromAnotherStack() throws IOException {
    Stack platform = new Stack(app, "Platform");
    Stack watching = new Stack(app, "Watching");
    watch(watching, "", application(platform), new Topic(new Stack(app, "Topics"), "Topic"));

    Map<String, JsonNode> templates = templates();

    assertThat(templates).hasSize(3);
    templates.forEach(WatchingElsewhereTest::namesOnlyWhatItHas);
    JsonNode template = templates.get("Watching.template.json");
    for (String variable : List.of("SPARKGATE_REAPER", "SPARKGATE_GUARD")) {
      assertThat(template.findValue(variable).toString())
          .contains("\"Fn::ImportValue\":\"Platform");
    }
    assertThat(template.findValue("applicationId").toString()).contains("Fn::ImportValue");
    List<String> resources =
        template.findValues("PolicyDocument").stream()
            .flatMap(document -> document.findValues("Resource").stream())
            .map(JsonNode::toString)
            .filter(resource -> resource.contains("Platform"))
            .toList();
    assertThat(resources).hasSize(4).allMatch(resource -> resource.contains("Fn::ImportValue"));
    assertThat(template.findValues("AlarmActions"))
        .hasSize(5)
        .allMatch(actions -> actions.toString().contains("\"Fn::ImportValue\":\"Topics"));
    assertThat(templates.get("Platform.template.json").toString()).doesNotContain("Watching");
  }

  /** A stack that owns the application may use what watches it there, and shows no circle. */
  @Test
  void worksFromANestedStack() throws IOException {
    Stack platform = new Stack(app, "Platform");
    NestedStack watching = new NestedStack(platform, "Watching");
    IdleSessionReaper reaper =
        watch(watching, "", application(platform), new Topic(platform, "Topic"));
    CfnOutput.Builder.create(platform, "Queue")
        .value(reaper.getDeadLetterQueue().getQueueUrl())
        .build();

    templates().forEach(WatchingElsewhereTest::namesOnlyWhatItHas);
  }

  @Test
  void worksInAStage() throws IOException {
    Stage stage = new Stage(app, "Prod");
    watch(
        new Stack(stage, "Watching"),
        "",
        application(new Stack(stage, "Platform")),
        new Topic(new Stack(stage, "Topics"), "Topic"));

    Map<String, JsonNode> templates = templates();
    assertThat(templates).hasSize(3);
    templates.forEach(WatchingElsewhereTest::namesOnlyWhatItHas);
  }

  @Test
  void worksTwiceInOneStack() throws IOException {
    Stack stack = new Stack(app, "Platform");
    IEmrServerlessApplication application = application(stack);
    Topic topic = new Topic(stack, "Topic");
    watch(stack, "One", application, topic);
    watch(stack, "Two", application, topic);

    templates().forEach(WatchingElsewhereTest::namesOnlyWhatItHas);
  }

  /** Such as one that an importing construct and the owner's name both stand for. */
  @Test
  void tellsApplicationsOfTwoStacksApartWhereTheyHaveOneLogicalId() throws IOException {
    IdleSessionReaper.Builder.create(new Stack(app, "Watching"), "Reaper")
        .watch(application(new Stack(app, "North")))
        .watch(application(new Stack(app, "South")))
        .build();

    assertThat(templates().get("Watching.template.json").findValue("SPARKGATE_REAPER").toString())
        .contains("\"Fn::ImportValue\":\"North", "\"Fn::ImportValue\":\"South");
  }

  private static IEmrServerlessApplication application(Stack stack) {
    return EmrServerlessApplication.Builder.create(stack, "Application").build();
  }

  private static IdleSessionReaper watch(
      Construct scope, String name, IEmrServerlessApplication application, ITopic topic) {
    SessionGuard.Builder.create(scope, "Guard" + name)
        .watch(application)
        .alarmAction(new SnsAction(topic))
        .build();
    TakeoverAlarm.Builder.create(scope, "Takeover" + name)
        .watch(application)
        .alarmAction(new SnsAction(topic))
        .build();
    return IdleSessionReaper.Builder.create(scope, "Reaper" + name)
        .watch(application)
        .alarmAction(new SnsAction(topic))
        .build();
  }

  /** Every template of the app by its file, those of nested stacks and stages included. */
  private Map<String, JsonNode> templates() throws IOException {
    Map<String, JsonNode> templates = new LinkedHashMap<>();
    try (Stream<Path> files = Files.walk(Path.of(app.synth().getDirectory()))) {
      for (Path file :
          files.filter(it -> it.toString().endsWith(".template.json")).sorted().toList()) {
        templates.put(file.getFileName().toString(), new ObjectMapper().readTree(file.toFile()));
      }
    }
    return templates;
  }

  private static void namesOnlyWhatItHas(String file, JsonNode template) {
    TreeSet<String> has = new TreeSet<>();
    template.path("Resources").fieldNames().forEachRemaining(has::add);
    template.path("Parameters").fieldNames().forEachRemaining(has::add);
    Stream<String> named =
        Stream.concat(
            template.findValues("Ref").stream().map(JsonNode::asText),
            template.findValues("Fn::GetAtt").stream().map(it -> it.path(0).asText()));

    assertThat(named.filter(name -> !name.startsWith("AWS::")).toList())
        .as(file)
        .allMatch(has::contains);
    StreamSupport.stream(template.path("Resources").spliterator(), false)
        .forEach(
            resource ->
                resource
                    .path("DependsOn")
                    .forEach(name -> assertThat(has).contains(name.asText())));
  }
}
