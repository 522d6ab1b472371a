package io.sparkgate.sandbox.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Says CloudFormation's properties in the words of CreateApplication: camelCase, and maps where
 * CloudFormation has lists of Key and Value.
 */
final class ApplicationRequest {

  /** Lists of Key and Value that are maps in the API, and what they are called there. */
  private static final Map<String, String> PAIRS = Map.of("Tags", "tags", "LogTypeMap", "logTypes");

  /** Maps whose keys are the user's, not the API's. */
  private static final Set<String> FREE_MAPS =
      Set.of("Properties", "WorkerTypeSpecifications", "EncryptionContext");

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ApplicationRequest() {}

  static JsonNode of(JsonNode properties) {
    return convert(properties);
  }

  private static JsonNode convert(JsonNode node) {
    if (node.isArray()) {
      ArrayNode array = JSON.arrayNode();
      node.forEach(element -> array.add(convert(element)));
      return array;
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode object = JSON.objectNode();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String key = entry.getKey();
      if (key.equals("InitialCapacity")) {
        object.set("initialCapacity", capacity(entry.getValue()));
      } else if (PAIRS.containsKey(key) && entry.getValue().isArray()) {
        object.set(PAIRS.get(key), pairs(entry.getValue()));
      } else if (FREE_MAPS.contains(key)) {
        object.set(lowerFirst(key), free(entry.getValue()));
      } else {
        object.set(lowerFirst(key), convert(entry.getValue()));
      }
    }
    return object;
  }

  private static JsonNode pairs(JsonNode list) {
    ObjectNode map = JSON.objectNode();
    list.forEach(pair -> map.set(pair.path("Key").asText(), convert(pair.path("Value"))));
    return map;
  }

  /** CloudFormation's worker type Driver is DRIVER in the API, TezTask is TEZ_TASK. */
  private static JsonNode capacity(JsonNode list) {
    ObjectNode map = JSON.objectNode();
    for (JsonNode pair : list) {
      String worker = pair.path("Key").asText().replaceAll("(?<=[a-z])(?=[A-Z])", "_");
      map.set(worker.toUpperCase(Locale.ROOT), convert(pair.path("Value")));
    }
    return map;
  }

  private static JsonNode free(JsonNode node) {
    ObjectNode map = JSON.objectNode();
    node.properties().forEach(entry -> map.set(entry.getKey(), convert(entry.getValue())));
    return map;
  }

  private static String lowerFirst(String name) {
    return name.isEmpty() ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
