package io.sparkgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.assertions.Template;

/** The template of a pipeline to three environments, of which each is elsewhere. */
final class PipelineTemplate {

  static final String CONNECTION =
      "arn:aws:codeconnections:eu-west-1:999988887777:connection/7d2469ff-514a-4e4f-9003-5ca4a43cdc41";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode TEMPLATE =
      JSON.valueToTree(
          Template.fromStack((PipelineStack) app(Map.of()).getNode().findChild("SparkgatePipeline"))
              .toJSON());

  private PipelineTemplate() {}

  static JsonNode pipeline() {
    return only("AWS::CodePipeline::Pipeline");
  }

  static JsonNode stage(String name) {
    return StreamSupport.stream(pipeline().get("Stages").spliterator(), false)
        .filter(stage -> stage.get("Name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static Map<String, JsonNode> projects() {
    Map<String, JsonNode> projects = new TreeMap<>();
    resources("AWS::CodeBuild::Project")
        .forEach(
            project ->
                projects.put(
                    project.get("Name").asText().replace("SparkgatePipeline-", ""), project));
    return projects;
  }

  static List<String> commands(String project) {
    List<String> commands = new ArrayList<>();
    spec(project).at("/phases/build/commands").forEach(line -> commands.add(line.asText()));
    return commands;
  }

  static JsonNode spec(String project) {
    try {
      return JSON.readTree(joined(projects().get(project).at("/Source/BuildSpec")));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** As CloudFormation joins it in the partition aws. */
  static String joined(JsonNode text) {
    StringBuilder joined = new StringBuilder(text.asText());
    text.at("/Fn::Join/1").forEach(part -> joined.append(part.has("Ref") ? "aws" : part.asText()));
    return joined.toString();
  }

  static JsonNode only(String type) {
    List<JsonNode> found = resources(type);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  static List<JsonNode> resources(String type) {
    List<JsonNode> found = new ArrayList<>();
    TEMPLATE
        .get("Resources")
        .forEach(
            resource -> {
              if (resource.get("Type").asText().equals(type)) {
                found.add(resource.get("Properties"));
              }
            });
    return found;
  }

  /** The app, with its context changed. */
  static App app(Map<String, Object> more) {
    Map<String, Object> context = new TreeMap<>();
    context.put(
        "environments",
        Map.of(
            "dev", Map.of(),
            "prod", Map.of("account", "111122223333", "region", "us-east-2"),
            "qa", Map.of("account", "444455556666")));
    context.put("promotion", List.of("dev", "qa", "prod"));
    context.put(
        "pipeline",
        Map.of(
            "repository",
            "my-org/sparkgate",
            "connection",
            CONNECTION,
            "account",
            "999988887777",
            "region",
            "eu-west-1"));
    context.putAll(more);
    App app = new App(AppProps.builder().context(context).build());
    SparkgateApp.addStacks(app);
    return app;
  }
}
