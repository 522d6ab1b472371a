package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a request, in the service's words. */
final class Problems {

  private final List<String> found = new ArrayList<>();

  /** A value that may be repeated in the message. */
  void add(String at, JsonNode value, String must) {
    String text = value.isValueNode() ? value.asText() : value.toString();
    found.add("Value '%s' at '%s' failed to satisfy constraint: %s".formatted(text, at, must));
  }

  /** A value that is secret, or none at all. */
  void add(String at, String must) {
    found.add("Value at '%s' failed to satisfy constraint: %s".formatted(at, must));
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      throw Fault.validation(
          "%d validation error%s detected: %s"
              .formatted(found.size(), found.size() == 1 ? "" : "s", String.join("; ", found)));
    }
  }
}
