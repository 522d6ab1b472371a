package io.sparkgate.function.reaper.sweep;

import io.sparkgate.border.SessionEvents;
import io.sparkgate.function.Json;
import io.sparkgate.function.aws.Calls;
import io.sparkgate.function.aws.EventBus;
import io.sparkgate.function.aws.SessionEvent;
import io.sparkgate.function.aws.SignedCalls;
import io.sparkgate.function.reaper.Decision;
import io.sparkgate.function.reaper.Seen;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events of the sessions that a sweep ended, put when it is over. That they are not put is a
 * line in the log and no more: the sessions are ended all the same, and the next sweep of the same
 * process puts them again.
 */
final class PolicyEvents {

  /** Of those that the bus did not take, for the next sweep. */
  private static final int MOST_KEPT = 100;

  private final Map<String, String> environment;
  private final String bus;
  private final List<EventBus.Event> events = new ArrayList<>();
  private @Nullable SignedCalls client;

  PolicyEvents(Map<String, String> environment, String bus) {
    this.environment = environment;
    this.bus = bus;
  }

  /** A session was ended. */
  void ended(Seen<?> session, Decision decision, Instant now) {
    Map<String, Object> more = new LinkedHashMap<>();
    more.put(SessionEvents.RULE, decision.rule());
    more.put(SessionEvents.REASON, decision.reason());
    String id = session.listed().id() + ":terminated";
    events.add(SessionEvent.of(SessionEvents.TERMINATED_BY_POLICY, id, session, now, more));
  }

  /** Puts those of the sweep that is over. */
  void put(Calls calls, PrintStream log) {
    if (events.isEmpty()) {
      return;
    }
    client = client == null ? EventBus.client(environment) : client;
    List<EventBus.Refused> refused = new EventBus(client, calls, bus).put(List.copyOf(events));
    events.clear();
    for (EventBus.Refused each : refused) {
      log.println(Json.write(EventBus.line(each)));
      if (events.size() < MOST_KEPT) {
        events.add(each.event());
      }
    }
  }
}
