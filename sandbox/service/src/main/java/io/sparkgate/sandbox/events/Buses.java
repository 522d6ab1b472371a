package io.sparkgate.sandbox.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkgate.sandbox.template.EventRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The event buses of an account: what was put on them, and what rules sent on. */
public final class Buses {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Set<String> names;
  private final List<EventRule> rules;
  private final Optional<Path> folder;
  private final Consumer<String> remarks;
  private final List<JsonNode> events = new ArrayList<>();
  private final List<Delivery> deliveries = new ArrayList<>();

  /**
   * Buses without an event.
   *
   * @param folder where {@code events.jsonl} and {@code deliveries.jsonl} are written; empty for
   *     nowhere
   * @param remarks hears of a rule that cannot be played
   */
  public Buses(
      Set<String> names, List<EventRule> rules, Optional<Path> folder, Consumer<String> remarks) {
    this.names = Set.copyOf(names);
    this.rules = List.copyOf(rules);
    this.folder = folder;
    this.remarks = remarks;
  }

  /** Whether there is a bus of the name. */
  public boolean has(String name) {
    return names.contains(name);
  }

  /** Puts a whole event on a bus, and sends it on. */
  public synchronized void put(String bus, JsonNode event) {
    events.add(event);
    write("events.jsonl", JSON.createObjectNode().put("eventBus", bus).set("event", event));
    for (EventRule rule : rules) {
      if (rule.bus().equals(bus) && matches(rule, event)) {
        rule.targets().forEach(target -> deliver(rule, target, event));
      }
    }
  }

  private boolean matches(EventRule rule, JsonNode event) {
    try {
      return EventPattern.matches(rule.pattern(), event);
    } catch (IllegalArgumentException e) {
      remarks.accept("rule " + rule.name() + ": " + e.getMessage());
      return false;
    }
  }

  private void deliver(EventRule rule, JsonNode target, JsonNode event) {
    Delivery delivery =
        new Delivery(
            Instant.parse(event.path("time").asText()),
            event.path("id").asText(),
            rule.name(),
            target.path("Arn").asText(),
            TargetInput.of(target, event));
    deliveries.add(delivery);
    ObjectNode json = JSON.createObjectNode();
    json.put("at", delivery.at().toString());
    json.put("eventId", delivery.eventId());
    json.put("rule", delivery.rule());
    json.put("target", delivery.target());
    json.put("input", delivery.input());
    write("deliveries.jsonl", json);
  }

  /** All events that were put, the first one first. */
  public synchronized List<JsonNode> events() {
    return List.copyOf(events);
  }

  /** All that rules sent on, the first one first. */
  public synchronized List<Delivery> deliveries() {
    return List.copyOf(deliveries);
  }

  private void write(String name, JsonNode line) {
    if (folder.isPresent()) {
      try {
        Files.writeString(
            folder.get().resolve(name),
            line + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
