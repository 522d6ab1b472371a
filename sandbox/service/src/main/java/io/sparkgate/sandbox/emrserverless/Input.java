package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkgate.sandbox.emrserverless.Operation.Match;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Gathers a request's members, wherever HTTP carries them, into the model's one input. */
final class Input {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Input() {}

  static ObjectNode of(Match match, String rawQuery, byte[] body) {
    ObjectNode input =
        match.operation().hasBody() ? body(body) : query(match.operation(), rawQuery);
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

  private static ObjectNode query(Operation operation, String rawQuery) {
    ObjectNode input = JSON.createObjectNode();
    for (String pair : rawQuery.split("&")) {
      String[] parts = pair.split("=", 2);
      String name = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
      Shape shape = operation.input().members().get(name);
      if (shape != null) {
        String value = parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "";
        add(input, name, shape, value);
      }
    }
    return input;
  }

  private static void add(ObjectNode input, String name, Shape shape, String value) {
    if (shape instanceof Shape.Items) {
      ArrayNode items = input.withArray(name);
      items.add(value);
    } else if (shape instanceof Shape.Whole && value.matches("-?[0-9]{1,18}")) {
      input.put(name, Long.parseLong(value));
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
