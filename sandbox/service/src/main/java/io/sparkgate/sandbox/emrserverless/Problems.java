package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a request, in the service's words. */
final class Problems {

  private final List<String> found;
  private final String secret;

  Problems() {
    this(new ArrayList<>(), "");
  }

  private Problems(List<String> found, String secret) {
    this.found = found;
    this.secret = secret;
  }

  /** The same, for what is inside a secret: neither a value nor a path in it is ever repeated. */
  Problems inSecret(String at) {
    return secret.isEmpty() ? new Problems(found, at) : this;
  }

  /** A value that may be repeated in the message. */
  void add(String at, JsonNode value, String must) {
    if (secret.isEmpty()) {
      String text = value.isValueNode() ? value.asText() : value.toString();
      found.add("Value '%s' at '%s' failed to satisfy constraint: %s".formatted(text, at, must));
    } else {
      add(at, must);
    }
  }

  /** A value that is better not repeated, or none at all. */
  void add(String at, String must) {
    String path = secret.isEmpty() ? at : secret;
    found.add("Value at '%s' failed to satisfy constraint: %s".formatted(path, must));
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      throw Fault.validation(
          "%d validation error%s detected: %s"
              .formatted(found.size(), found.size() == 1 ? "" : "s", String.join("; ", found)));
    }
  }
}
