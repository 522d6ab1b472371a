package io.sparkgate.sandbox.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;

/** What a resource of a template has to wait for. */
final class Dependencies {

  private final Template template;

  Dependencies(Template template) {
    this.template = template;
  }

  /** By DependsOn, Ref, Fn::GetAtt and Fn::Sub. */
  Set<String> of(String logicalId) {
    Set<String> found = new LinkedHashSet<>();
    JsonNode explicit = template.member(logicalId, "DependsOn");
    if (explicit.isTextual()) {
      found.add(explicit.asText());
    }
    explicit.forEach(one -> found.add(one.asText()));
    search(template.properties(logicalId), found);
    found.removeIf(name -> !template.has(name));
    return found;
  }

  private static void search(JsonNode root, Collection<String> found) {
    Deque<JsonNode> rest = new ArrayDeque<>();
    rest.push(root);
    while (!rest.isEmpty()) {
      JsonNode node = rest.pop();
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        JsonNode argument = entry.getValue();
        switch (entry.getKey()) {
          case "Ref" -> found.add(argument.asText());
          case "Fn::GetAtt" -> found.add(first(argument).asText().split("\\.", 2)[0]);
          case "Fn::Sub" -> inText(first(argument).asText(), found);
          default -> {}
        }
      }
      node.forEach(rest::push);
    }
  }

  private static JsonNode first(JsonNode textOrList) {
    return textOrList.isArray() ? textOrList.path(0) : textOrList;
  }

  /** A name that Fn::Sub defines itself is no resource's, and drops out with the others. */
  private static void inText(String pattern, Collection<String> found) {
    Matcher matcher = Resolver.SUBSTITUTION.matcher(pattern);
    while (matcher.find()) {
      if (matcher.group(1).isEmpty()) {
        found.add(matcher.group(2).split("\\.", 2)[0]);
      }
    }
  }
}
