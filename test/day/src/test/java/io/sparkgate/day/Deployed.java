package io.sparkgate.day;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkgate.sandbox.template.BadInput;
import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.Blueprints;
import io.sparkgate.sandbox.template.Known;
import io.sparkgate.sandbox.template.StackTemplate;
import io.sparkgate.sandbox.template.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the synthesized template deploys, as the sandbox reads it. */
record Deployed(Blueprint blueprint, Surroundings surroundings, StackTemplate template) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Deployed read(Path assembly) {
    try {
      Optional<String> stack = Optional.empty();
      return new Deployed(
          Blueprints.read(assembly, stack, remark -> {}),
          Surroundings.read(assembly, stack),
          StackTemplate.read(assembly, stack, Known.NOTHING));
    } catch (BadInput e) {
      throw new IllegalStateException(e);
    }
  }

  Blueprint.Application application() {
    return blueprint.application().orElseThrow();
  }

  /** The logical id of the function with that handler. */
  String function(String handler) {
    return surroundings.functionNames().keySet().stream()
        .filter(id -> properties(id).path("Handler").asText().equals(handler))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no function with the handler " + handler));
  }

  /** What a function is told, by the variable that carries it. */
  ObjectNode document(String handler, String variable) {
    String text =
        properties(function(handler)).at("/Environment/Variables").path(variable).asText();
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(variable + " is " + text, e);
    }
  }

  JsonNode properties(String logicalId) {
    try {
      return template.properties(logicalId);
    } catch (BadInput e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of a type, by their logical ids. */
  List<String> ofType(String type) {
    List<String> found = new ArrayList<>();
    for (String id : template.resources()) {
      if (template.type(id).equals(type)) {
        found.add(id);
      }
    }
    return found;
  }
}
