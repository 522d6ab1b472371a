package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The service's operations and their inputs, read from AWS's own description of them. */
final class Model {

  /** Limits that the description has in its prose only. */
  private static final String PROSE =
      """
      {"shapes": {
        "SchedulerConfiguration": {"members": {
          "queueTimeoutMinutes": {"shape": "QueueTimeoutMinutes"},
          "maxConcurrentRuns": {"shape": "MaxConcurrentRuns"}}},
        "QueueTimeoutMinutes": {"type": "integer", "min": 15, "max": 720},
        "MaxConcurrentRuns": {"type": "integer", "min": 1, "max": 1000}}}
      """;

  /** By their names, those among them that the sandbox does not play. */
  static final Map<String, Operation> OPERATIONS = read();

  private Model() {}

  /** The operation that a request is for. */
  static Optional<Operation.Match> find(String method, String rawPath) {
    return OPERATIONS.values().stream()
        .flatMap(operation -> operation.match(method, rawPath).stream())
        .findFirst();
  }

  private static Map<String, Operation> read() {
    ObjectMapper json = new ObjectMapper();
    try (InputStream file = Model.class.getResourceAsStream("service-2.json")) {
      JsonNode model = json.readerForUpdating(json.readTree(file)).readValue(PROSE);
      Map<String, Operation> operations = new LinkedHashMap<>();
      for (JsonNode operation : model.get("operations")) {
        String name = operation.get("name").asText();
        Shape input = new Shape(model.get("shapes"), operation.at("/input/shape").asText());
        operations.put(name, Operation.of(name, operation.get("http"), input));
      }
      return operations;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
