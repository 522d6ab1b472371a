package io.sparkgate.sandbox.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A CloudFormation template as it was written, references and all. */
record Template(Path file, JsonNode root) {

  static Template read(Path file) throws BadInput {
    JsonNode root = JsonFile.read(file);
    if (!root.path("Resources").isObject()) {
      throw new BadInput(
          file
              + ": this is JSON but no CloudFormation template, for it has no \"Resources\"; name a"
              + " cdk.out directory or a *.template.json");
    }
    return new Template(file, root);
  }

  /** The logical ids of the resources of a type, in the order of the template. */
  List<String> ofType(String type) {
    List<String> ids = new ArrayList<>();
    for (Map.Entry<String, JsonNode> resource : root.get("Resources").properties()) {
      if (resource.getValue().path("Type").asText().equals(type)) {
        ids.add(resource.getKey());
      }
    }
    return ids;
  }

  TreeSet<String> types() {
    TreeSet<String> types = new TreeSet<>();
    root.get("Resources").forEach(resource -> types.add(resource.path("Type").asText()));
    return types;
  }

  List<String> ids() {
    List<String> ids = new ArrayList<>();
    root.get("Resources").fieldNames().forEachRemaining(ids::add);
    return ids;
  }

  boolean has(String logicalId) {
    return root.get("Resources").has(logicalId);
  }

  String type(String logicalId) {
    return root.get("Resources").path(logicalId).path("Type").asText();
  }

  JsonNode property(String logicalId, String property) {
    return properties(logicalId).path(property);
  }

  JsonNode properties(String logicalId) {
    return member(logicalId, "Properties");
  }

  /** An attribute of a resource, such as DependsOn; missing when it has none. */
  JsonNode member(String logicalId, String name) {
    return root.get("Resources").path(logicalId).path(name);
  }

  /** A parameter, a mapping and the like; missing when it is not there. */
  JsonNode section(String section, String name) {
    JsonNode found = root.path(section).get(name);
    return found == null ? MissingNode.getInstance() : found;
  }

  BadInput problem(String message, Object... details) {
    return new BadInput(file + ": " + message.formatted(details));
  }
}
