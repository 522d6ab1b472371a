package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;

/** What sessions and job runs have in common about their states. */
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

  /** The text beside a state as the model allows it: never blank, and not too long. */
  static String details(String written, int longest) {
    String text = written.isBlank() ? "No details." : written;
    return text.substring(0, Math.min(text.length(), longest));
  }
}
