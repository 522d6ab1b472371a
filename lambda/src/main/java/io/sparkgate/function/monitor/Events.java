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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The events of one pass: collected, put together at its end, and told when the bus took them. */
final class Events {

  private record Pending(EventBus.Event event, String id, Set<String> told) {}

  private final List<Pending> pending = new ArrayList<>();

  /** An event of a session. */
  static Map<String, Object> detail(Work work, Instant time, Map<String, Object> more) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put(SessionEvents.APPLICATION_ID, work.listed().applicationId());
    detail.put(SessionEvents.SESSION_ID, work.id());
    put(detail, SessionEvents.NAME, work.listed().name());
    detail.put(SessionEvents.OWNER, Owners.of(work));
    put(detail, SessionEvents.CREATED_BY, work.listed().createdBy());
    put(detail, SessionEvents.EXECUTION_ROLE, work.listed().executionRole());
    detail.put(SessionEvents.STATE, work.state());
    detail.put(SessionEvents.TIME, time.toString());
    detail.putAll(more);
    return detail;
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
      put(fields, SessionEvents.STATE_DETAILS, work.stateDetails());
    }
    return fields;
  }

  /**
   * Adds an event, unless it was told or is there already.
   *
   * @param told where its id is noted when the bus has taken it
   * @return whether it is new
   */
  boolean add(String type, String id, Instant time, Map<String, Object> detail, Set<String> told) {
    if (told.contains(id) || pending.stream().anyMatch(each -> each.id().equals(id))) {
      return false;
    }
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put(SessionEvents.EVENT_ID, id);
    whole.putAll(detail);
    pending.add(new Pending(new EventBus.Event(type, time, whole), id, told));
    return true;
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

  private static void put(Map<String, Object> fields, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      fields.put(name, value);
    }
  }
}
