package io.sparkgate.function.aws;

import io.sparkgate.border.SessionEvents;
import io.sparkgate.function.reaper.Owner;
import io.sparkgate.function.reaper.Seen;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Events about one session. */
public final class SessionEvent {

  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9 _.@:/-]");
  private static final int LONGEST_TITLE = 64;

  private SessionEvent() {}

  /**
   * A session's name as it may stand in any text: people choose names, and one with a quote would
   * break the JSON of a target's template, one with brackets the markdown of a message.
   *
   * @return its id where nothing is left of the name
   */
  public static String title(@Nullable String name, String id) {
    String safe = name == null ? "" : UNSAFE.matcher(name).replaceAll("").strip();
    String title = safe.substring(0, Math.min(safe.length(), LONGEST_TITLE)).strip();
    return title.isEmpty() ? id : title;
  }

  /** Whose a session is, as all events say it. */
  public static String owner(Map<String, String> tags, @Nullable String createdBy) {
    return Owner.of(tags, createdBy);
  }

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
    detail.put(SessionEvents.TITLE, title(session.listed().name(), session.listed().id()));
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
