package io.sparkgate.test.layout;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a template refers to, and whether that is there and in an order that can be. */
final class References {

  private static final Pattern IN_TEXT = Pattern.compile("\\$\\{([A-Za-z0-9:]+)(\\.[^}]+)?}");

  private final JsonNode template;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> imports = new TreeSet<>();
  private final Map<String, Set<String>> edges = new TreeMap<>();

  References(JsonNode template) {
    this.template = template;
    template
        .path("Resources")
        .properties()
        .forEach(entry -> resource(entry.getKey(), entry.getValue()));
    template
        .path("Outputs")
        .properties()
        .forEach(entry -> read("output " + entry.getKey(), entry.getValue()));
    Set<String> done = new TreeSet<>();
    edges.keySet().forEach(id -> circle(id, new LinkedHashSet<>(), done));
  }

  List<String> problems() {
    return problems.stream().distinct().toList();
  }

  /** The names of the imports, as JSON. */
  Set<String> imports() {
    return imports;
  }

  private void resource(String id, JsonNode resource) {
    edges.put(id, new TreeSet<>());
    read(id, resource);
    JsonNode dependencies = resource.path("DependsOn");
    (dependencies.isTextual() ? List.of(dependencies) : dependencies)
        .forEach(target -> refer(id, target.asText(), false, "DependsOn"));
    if (resource.has("Condition")
        && !template.path("Conditions").has(resource.get("Condition").asText())) {
      problems.add(id + " has the condition " + resource.get("Condition") + ", which is not there");
    }
  }

  private void read(String id, JsonNode node) {
    if (node.isObject() && node.size() == 1) {
      String function = node.fieldNames().next();
      JsonNode argument = node.get(function);
      switch (function) {
        case "Ref" -> refer(id, argument.asText(), true, "Ref");
        case "Fn::GetAtt" ->
            refer(
                id,
                argument.isArray() ? argument.get(0).asText() : argument.asText().split("\\.")[0],
                false,
                "Fn::GetAtt");
        case "Fn::ImportValue" -> imports.add(argument.toString());
        case "Fn::Sub" -> substitute(id, argument);
        default -> {}
      }
    }
    node.forEach(child -> read(id, child));
  }

  private void substitute(String id, JsonNode argument) {
    JsonNode own = argument.isArray() ? argument.get(1) : argument;
    IN_TEXT
        .matcher((argument.isArray() ? argument.get(0) : argument).asText())
        .results()
        .filter(found -> !own.has(found.group(1)))
        .forEach(found -> refer(id, found.group(1), found.group(2) == null, "Fn::Sub"));
  }

  private void refer(String id, String target, boolean orParameter, String how) {
    if (template.path("Resources").has(target)) {
      if (edges.containsKey(id)) {
        edges.get(id).add(target);
      }
    } else if (!target.startsWith("AWS::")
        && !(orParameter && template.path("Parameters").has(target))) {
      problems.add(id + " has a " + how + " to " + target + ", which is not there");
    }
  }

  private void circle(String id, Set<String> path, Set<String> done) {
    if (!path.add(id)) {
      problems.add("a circle: " + path + " and again " + id);
    } else if (!done.contains(id)) {
      edges.get(id).forEach(next -> circle(next, path, done));
      done.add(id);
    }
    path.remove(id);
  }
}
