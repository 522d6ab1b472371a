package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;

/** The filter by states that lists have. */
final class States {

  private States() {}

  /** Whether a state is among those asked for; no states ask for all. */
  static boolean selects(JsonNode states, Enum<?> state) {
    boolean selected = states.isEmpty();
    for (JsonNode asked : states) {
      selected |= asked.asText().equals(state.name());
    }
    return selected;
  }
}
