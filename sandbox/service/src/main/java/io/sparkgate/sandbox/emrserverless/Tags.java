package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Tags, and the rules for them that the model does not have. */
final class Tags {

  private static final int MOST = 50;

  private Tags() {}

  /** The tags in a request; none when there are none. */
  static Map<String, String> in(JsonNode request) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> tag : request.path("tags").properties()) {
      tags.put(tag.getKey(), tag.getValue().asText());
    }
    return tags;
  }

  static ObjectNode json(Map<String, String> tags) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    new TreeMap<>(tags).forEach(json::put);
    return json;
  }

  /** The tags that a resource has with more of them. */
  static Map<String, String> merge(Map<String, String> present, Map<String, String> added) {
    for (String key : added.keySet()) {
      if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
        throw Fault.validation("Tag key '%s' starts with aws:, which is reserved.".formatted(key));
      }
    }
    Map<String, String> all = new LinkedHashMap<>(present);
    all.putAll(added);
    if (all.size() > MOST) {
      throw Fault.validation(
          "A resource may have %d tags; it would have %d.".formatted(MOST, all.size()));
    }
    return all;
  }
}
