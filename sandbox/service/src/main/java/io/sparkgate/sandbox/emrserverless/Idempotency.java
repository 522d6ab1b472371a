package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Answers a repeated request as it was answered before. */
final class Idempotency {

  private record Key(String operation, String applicationId, String clientToken) {}

  private record Past(JsonNode request, JsonNode answer) {}

  private final Map<Key, Past> past = new HashMap<>();

  /** Carries out a request, unless the same one with the same client token has succeeded. */
  JsonNode once(Call call, Supplier<JsonNode> work) {
    ObjectNode request = call.input();
    String token = request.path("clientToken").asText();
    Key key = new Key(call.operation().name(), request.path("applicationId").asText(), token);
    Past before = past.get(key);
    if (before == null) {
      JsonNode answer = work.get();
      past.put(key, new Past(request, answer));
      return answer;
    }
    if (!before.request().equals(request)) {
      throw Fault.conflict(
          "Client token " + token + " was used before, with different parameters. Use a new one.");
    }
    return before.answer();
  }
}
