package io.sparkgate.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.IEmrServerlessApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

/** A stack with one application, and what becomes of its monitor. */
final class Monitored {

  static final String ID = "00f1cb5c6anuij25";

  private static final ObjectMapper JSON = new ObjectMapper();

  final Stack stack;
  final IEmrServerlessApplication application;

  Monitored(Stack stack) {
    this.stack = stack;
    application = EmrServerlessApplication.fromApplicationId(stack, "Application", ID);
  }

  SessionMonitor.Builder monitor() {
    return SessionMonitor.Builder.create(stack, "Monitor").watch(application);
  }

  Template template() {
    return Template.fromStack(stack);
  }

  JsonNode only(String type) {
    List<JsonNode> all = all(type);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  /** Their properties. */
  List<JsonNode> all(String type) {
    Map<String, Map<String, Object>> found = template().findResources(type);
    return found.values().stream()
        .map(resource -> JSON.<JsonNode>valueToTree(resource.get("Properties")))
        .toList();
  }

  /** The document of the function, with a star for what is known at deployment only. */
  JsonNode document() throws java.io.IOException {
    return JSON.readTree(
        text(only("AWS::Lambda::Function").at("/Environment/Variables/SPARKGATE_MONITOR")));
  }

  /** Each statement of all policies of roles, in short. */
  List<String> allowed() {
    List<String> allowed = new ArrayList<>();
    for (JsonNode policy : all("AWS::IAM::Policy")) {
      for (JsonNode statement : policy.at("/PolicyDocument/Statement")) {
        for (JsonNode action : each(statement.get("Action"))) {
          for (JsonNode resource : each(statement.get("Resource"))) {
            allowed.add(action.asText() + " " + text(resource));
          }
        }
      }
    }
    return allowed;
  }

  static List<JsonNode> each(JsonNode oneOrMore) {
    List<JsonNode> all = new ArrayList<>();
    if (oneOrMore.isArray()) {
      oneOrMore.forEach(all::add);
    } else {
      all.add(oneOrMore);
    }
    return all;
  }

  static String text(JsonNode value) {
    if (value.isTextual()) {
      return value.asText();
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode part : value.at("/Fn::Join/1")) {
      text.append(part.isTextual() ? part.asText() : "*");
    }
    return text.isEmpty() ? value.toString() : text.toString();
  }
}
