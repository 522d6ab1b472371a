package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What the service's model says of a value. */
final class Shape {

  private final JsonNode shapes;
  private final JsonNode json;

  /** A shape among all, which it may be made of. */
  Shape(JsonNode shapes, String name) {
    this.shapes = shapes;
    json = shapes.required(name);
  }

  /** As the model names it: structure, list, map, string, integer, long, boolean, timestamp. */
  String type() {
    return json.get("type").asText();
  }

  /** A structure's members that are in HTTP's uri, querystring or, without a name, the body. */
  Map<String, Shape> members(String location) {
    Map<String, Shape> members = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : json.get("members").properties()) {
      if (member.getValue().path("location").asText().equals(location)) {
        members.put(member.getKey(), of(member.getValue()));
      }
    }
    return members;
  }

  /** Adds what is wrong with the value at a path. */
  void check(String at, JsonNode value, Problems all) {
    Problems problems = json.path("sensitive").asBoolean() ? all.inSecret(at) : all;
    switch (type()) {
      case "structure" -> checkStructure(at, value, problems);
      case "list" -> checkList(at, value, problems);
      case "map" -> checkMap(at, value, problems);
      case "string" -> checkText(at, value, problems);
      case "integer", "long" -> checkWhole(at, value, problems);
      case "boolean" -> {
        if (!value.isBoolean()) {
          problems.add(at, value, "Member must be true or false");
        }
      }
      case "timestamp" -> {
        if (Times.parse(value.asText()).isEmpty()) {
          problems.add(at, value, "Member must be a time like 2026-01-02T03:04:05Z");
        }
      }
      default -> throw new IllegalStateException("The model has a " + type() + " at " + at);
    }
  }

  private void checkStructure(String at, JsonNode value, Problems problems) {
    TreeSet<String> names = new TreeSet<>();
    json.get("members").fieldNames().forEachRemaining(names::add);
    if (!value.isObject()) {
      problems.add(at, "Member must be a structure of " + names);
      return;
    }
    String prefix = at.isEmpty() ? "" : at + ".";
    for (JsonNode required : json.path("required")) {
      if (!value.hasNonNull(required.asText())) {
        problems.add(prefix + required.asText(), "Member must not be null");
      }
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      String name = member.getKey();
      if (!names.contains(name)) {
        // The service ignores these; on a laptop it is kinder to say so than to wonder why.
        problems.add(prefix + name, "Member must be one of " + names);
      } else if (!member.getValue().isNull()) {
        of(json.get("members").get(name)).check(prefix + name, member.getValue(), problems);
      }
    }
  }

  private void checkList(String at, JsonNode value, Problems problems) {
    if (!value.isArray()) {
      problems.add(at, "Member must be a list");
      return;
    }
    misfits("length", value.size()).forEach(must -> problems.add(at, must));
    for (int i = 0; i < value.size(); i++) {
      of(json.get("member")).check(at + "." + (i + 1) + ".member", value.get(i), problems);
    }
  }

  private void checkMap(String at, JsonNode value, Problems problems) {
    if (!value.isObject()) {
      problems.add(at, "Member must be a map");
      return;
    }
    misfits("length", value.size()).forEach(must -> problems.add(at, must));
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      of(json.get("key")).check(at + ".key", TextNode.valueOf(entry.getKey()), problems);
      of(json.get("value")).check(at + "." + entry.getKey(), entry.getValue(), problems);
    }
  }

  private void checkText(String at, JsonNode value, Problems problems) {
    List<String> musts = new ArrayList<>();
    if (json.has("enum")) {
      List<String> words = new ArrayList<>();
      json.get("enum").forEach(word -> words.add(word.asText()));
      if (!value.isTextual() || !words.contains(value.asText())) {
        musts.add("Member must satisfy enum value set: " + words);
      }
    } else if (!value.isTextual()) {
      musts.add("Member must be a string");
    } else {
      musts.addAll(misfits("length", value.asText().length()));
      if (musts.isEmpty() && json.has("pattern") && !value.asText().matches(pattern())) {
        musts.add("Member must satisfy regular expression pattern: " + pattern());
      }
    }
    musts.forEach(must -> problems.add(at, value, must));
  }

  private void checkWhole(String at, JsonNode value, Problems problems) {
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      problems.add(at, value, "Member must be a whole number");
    } else {
      misfits("value", value.asLong()).forEach(must -> problems.add(at, value, must));
    }
  }

  private List<String> misfits(String what, long size) {
    String must = "Member must have %s %s than or equal to %d";
    if (json.has("min") && size < json.get("min").asLong()) {
      return List.of(must.formatted(what, "greater", json.get("min").asLong()));
    }
    return json.has("max") && size > json.get("max").asLong()
        ? List.of(must.formatted(what, "less", json.get("max").asLong()))
        : List.of();
  }

  private String pattern() {
    return json.get("pattern").asText();
  }

  private Shape of(JsonNode reference) {
    return new Shape(shapes, reference.get("shape").asText());
  }
}
