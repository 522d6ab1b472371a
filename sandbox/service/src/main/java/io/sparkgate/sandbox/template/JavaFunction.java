package io.sparkgate.sandbox.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** An AWS::Lambda::Function and the jar that it runs. */
public record JavaFunction(
    String logicalId,
    String handler,
    Path jar,
    Map<String, String> environment,
    Duration timeout,
    int memoryMb) {

  /** Lambda's own default values. */
  private static final int TIMEOUT_SECONDS = 3;

  private static final int MEMORY_MB = 128;

  /** Of properties in which all references are resolved. */
  public static JavaFunction of(String logicalId, JsonNode properties, Path jar) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> variable :
        properties.path("Environment").path("Variables").properties()) {
      environment.put(variable.getKey(), variable.getValue().asText());
    }
    return new JavaFunction(
        logicalId,
        properties.path("Handler").asText(),
        jar,
        Map.copyOf(environment),
        Duration.ofSeconds(properties.path("Timeout").asInt(TIMEOUT_SECONDS)),
        properties.path("MemorySize").asInt(MEMORY_MB));
  }
}
