package io.sparkgate.day;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.border.SessionEvents;
import io.sparkgate.sandbox.events.Delivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the subscriber of the template's rules received. */
record Heard(List<Delivery> deliveries) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Heard of(Day day) {
    return new Heard(day.town().buses.deliveries());
  }

  /** The details of the events that a rule sent on, the first one first. */
  List<JsonNode> events(String rule) {
    return deliveries.stream()
        .filter(delivery -> delivery.rule().startsWith(rule))
        .map(delivery -> read(delivery.input()).path("detail"))
        .toList();
  }

  List<String> names(String rule) {
    return events(rule).stream()
        .map(event -> event.path(SessionEvents.NAME).asText())
        .distinct()
        .toList();
  }

  List<String> ids(String rule) {
    return events(rule).stream().map(event -> event.path(SessionEvents.EVENT_ID).asText()).toList();
  }

  /** Ids that came more than once by the same rule. */
  List<String> repeated() {
    Set<String> seen = new HashSet<>();
    List<String> repeated = new ArrayList<>();
    for (String rule : DayStack.HEARD.keySet()) {
      for (String id : ids(rule)) {
        if (!seen.add(rule + " " + id)) {
          repeated.add(id);
        }
      }
    }
    return repeated;
  }

  static Instant time(JsonNode event) {
    return Instant.parse(event.path(SessionEvents.TIME).asText());
  }

  private static JsonNode read(String input) {
    try {
      return JSON.readTree(input);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(input, e);
    }
  }
}
