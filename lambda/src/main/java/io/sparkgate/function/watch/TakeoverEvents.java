package io.sparkgate.function.watch;

import io.sparkgate.border.Configuration;
import io.sparkgate.border.SessionEvents;
import io.sparkgate.function.ConfigObject;
import io.sparkgate.function.Json;
import io.sparkgate.function.aws.Calls;
import io.sparkgate.function.aws.EventBus;
import io.sparkgate.function.aws.SessionEvent;
import io.sparkgate.function.aws.SignedCalls;
import java.io.PrintStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emrserverless.model.Session;

/** Puts an event where somebody may act as another's session. */
final class TakeoverEvents {

  private final SignedCalls client;
  private final String bus;

  private TakeoverEvents(SignedCalls client, String bus) {
    this.client = client;
    this.bus = bus;
  }

  /** On the bus that the function's document names. */
  static TakeoverEvents of(Map<String, String> environment) {
    ConfigObject config =
        ConfigObject.parse(
            Configuration.TAKEOVER,
            environment.get(Configuration.TAKEOVER),
            List.of(Configuration.EVENT_BUS));
    return new TakeoverEvents(
        EventBus.client(environment), config.text(Configuration.EVENT_BUS, EventBus.NAME));
  }

  /**
   * Puts it; that it is not put is a line in the log, and the function fails all the same.
   *
   * @param session null where it could not be read
   */
  void put(Fetch fetch, @Nullable Session session, String problem, Calls calls, PrintStream log) {
    if (fetch.applicationId() == null || fetch.sessionId() == null) {
      return;
    }
    Instant time = time(fetch.eventTime());
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put(SessionEvents.EVENT_ID, "%s:takeover:%s".formatted(fetch.sessionId(), time));
    detail.put(SessionEvents.APPLICATION_ID, fetch.applicationId());
    detail.put(SessionEvents.SESSION_ID, fetch.sessionId());
    String name = session == null ? null : session.name();
    detail.put(SessionEvents.TITLE, SessionEvent.title(name, fetch.sessionId()));
    if (session != null) {
      put(detail, SessionEvents.NAME, name);
      detail.put(SessionEvents.OWNER, SessionEvent.owner(session.tags(), session.createdBy()));
      put(detail, SessionEvents.CREATED_BY, session.createdBy());
      put(detail, SessionEvents.EXECUTION_ROLE, session.executionRoleArn());
      put(detail, SessionEvents.STATE, session.stateAsString());
    }
    detail.put(SessionEvents.TIME, time.toString());
    put(detail, SessionEvents.FETCHED_BY, fetch.arn());
    put(detail, SessionEvents.SOURCE_IP_ADDRESS, fetch.sourceIPAddress());
    detail.put(SessionEvents.REASON, problem);
    EventBus.Event event = new EventBus.Event(SessionEvents.TAKEOVER_SUSPECTED, time, detail);
    for (EventBus.Refused each : new EventBus(client, calls, bus).put(List.of(event))) {
      log.println(Json.write(EventBus.line(each)));
    }
  }

  /** When it was fetched; now where the event does not say. */
  private static Instant time(@Nullable String text) {
    try {
      return text == null ? Instant.now() : Instant.parse(text);
    } catch (DateTimeException e) {
      return Instant.now();
    }
  }

  private static void put(Map<String, Object> fields, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      fields.put(name, value);
    }
  }
}
