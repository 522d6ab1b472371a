package io.sparkgate.function.monitor;

import io.sparkgate.border.SessionEvents;
import io.sparkgate.function.aws.EventBus;
import io.sparkgate.function.aws.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The events of one pass: collected, put together at its end, and told when the bus took them. */
final class Events {

  private record Pending(EventBus.Event event, String id, Set<String> told) {}

  private final String monitor;
  private final List<Pending> pending = new ArrayList<>();

  /**
   * Without any yet.
   *
   * @param monitor the function's name, which all of them say
   */
  Events(String monitor) {
    this.monitor = monitor;
  }

  /** What a moment of a session says besides. */
  static Map<String, Object> fields(Moment moment, Work work) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Instant started = work.startedAt();
    if (moment == Moment.READY && started != null) {
      fields.put(
          SessionEvents.READY_SECONDS,
          Duration.between(work.listed().createdAt(), started).toSeconds());
    }
    if (moment == Moment.FAILED) {
      fields.put(SessionEvents.STATE_DETAILS, Objects.requireNonNullElse(work.stateDetails(), ""));
    }
    return fields;
  }

  /**
   * Adds an event, unless it was told or is there already.
   *
   * @param told where its id is noted when the bus has taken it
   * @return whether it is new
   */
  synchronized boolean add(EventBus.Event event, Set<String> told) {
    String id = String.valueOf(event.detail().get(SessionEvents.EVENT_ID));
    if (told.contains(id) || pending.stream().anyMatch(each -> each.id().equals(id))) {
      return false;
    }
    pending.add(new Pending(signed(event), id, told));
    return true;
  }

  private EventBus.Event signed(EventBus.Event event) {
    Map<String, Object> detail = new LinkedHashMap<>(event.detail());
    detail.put(SessionEvents.MONITOR, monitor);
    return new EventBus.Event(event.detailType(), event.time(), detail);
  }

  /**
   * Puts them.
   *
   * @param bus null where there is none: then they are told by that
   * @return those that the bus did not take, which the next pass adds again
   */
  List<EventBus.Refused> put(@Nullable EventBus bus) {
    List<EventBus.Refused> refused =
        bus == null ? List.of() : bus.put(pending.stream().map(Pending::event).toList());
    List<EventBus.Event> failed = refused.stream().map(EventBus.Refused::event).toList();
    for (Pending each : pending) {
      if (!failed.contains(each.event())) {
        each.told().add(each.id());
      }
    }
    return refused;
  }

  int size() {
    return pending.size();
  }
}
