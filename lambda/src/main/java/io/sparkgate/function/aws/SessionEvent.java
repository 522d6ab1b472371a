package io.sparkgate.function.aws;

import io.sparkgate.border.SessionEvents;
import io.sparkgate.function.reaper.Owner;
import io.sparkgate.function.reaper.Seen;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events about one session. */
public final class SessionEvent {

  private SessionEvent() {}

  /**
   * An event.
   *
   * @param id the same whenever the same is told again
   * @param time when it happened
   * @param more fields of its type
   */
  public static EventBus.Event of(
      String type, String id, Seen<?> session, Instant time, Map<String, Object> more) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put(SessionEvents.EVENT_ID, id);
    detail.put(SessionEvents.APPLICATION_ID, session.listed().applicationId());
    detail.put(SessionEvents.SESSION_ID, session.listed().id());
    put(detail, SessionEvents.NAME, session.listed().name());
    detail.put(SessionEvents.OWNER, Owner.of(session));
    put(detail, SessionEvents.CREATED_BY, session.listed().createdBy());
    put(detail, SessionEvents.EXECUTION_ROLE, session.listed().executionRole());
    detail.put(SessionEvents.STATE, session.listed().state().name());
    detail.put(SessionEvents.TIME, time.toString());
    detail.putAll(more);
    return new EventBus.Event(type, time, detail);
  }

  private static void put(Map<String, Object> fields, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      fields.put(name, value);
    }
  }
}
