package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkgate.sandbox.emrserverless.Operation.Match;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Gathers a request's members, wherever HTTP carries them, into the model's one input. */
final class Input {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Input() {}

  static ObjectNode of(Match match, String rawQuery, byte[] body) {
    Shape shape = match.operation().input();
    ObjectNode input = shape.members("").isEmpty() ? JSON.createObjectNode() : body(body);
    addQuery(input, shape.members("querystring"), rawQuery);
    match.members().forEach(input::put);
    return input;
  }

  private static ObjectNode body(byte[] body) {
    if (body.length == 0) {
      return JSON.createObjectNode();
    }
    try {
      if (JSON.readTree(body) instanceof ObjectNode object) {
        return object;
      }
      throw Fault.validation("The request's body is not a JSON object.");
    } catch (JsonProcessingException e) {
      // Its message would repeat the body, in which there may be secrets.
      throw Fault.validation("The request's body is not JSON.");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void addQuery(ObjectNode input, Map<String, Shape> members, String rawQuery) {
    for (String pair : rawQuery.split("&")) {
      String[] parts = pair.split("=", 2);
      String name = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
      Shape shape = members.get(name);
      if (shape != null) {
        String value = parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "";
        add(input, name, shape.type(), value);
      }
    }
  }

  private static void add(ObjectNode input, String name, String type, String value) {
    if (type.equals("list")) {
      input.withArray(name).add(value);
    } else if (type.equals("integer") && value.matches("-?[0-9]{1,18}")) {
      input.put(name, Long.parseLong(value));
    } else if (type.equals("boolean") && value.matches("true|false")) {
      input.put(name, Boolean.valueOf(value));
    } else {
      input.put(name, value);
    }
  }

  /** Refuses what the model does not allow. */
  static void validate(Operation operation, JsonNode input) {
    Problems problems = new Problems();
    operation.input().check("", input, problems);
    problems.throwIfAny();
  }
}
