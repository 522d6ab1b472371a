package io.sparkgate.benchmark.service;

import io.sparkgate.benchmark.service.Session.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What the service knows; for one thread. */
final class Store {

  private enum Kind {
    DUE,
    BUSY,
    YOUNG,
    IDLE
  }

  private final Instant start = Instant.now();
  private final Map<String, LinkedHashMap<String, Session>> applications = new LinkedHashMap<>();

  /** With ids that tell the generations of sessions apart. */
  Store(Fleet fleet, int generation) {
    for (int i = 1; i <= fleet.applications(); i++) {
      String application = "00app%04d".formatted(i);
      List<Kind> kinds = new ArrayList<>(Collections.nCopies(fleet.due(), Kind.DUE));
      kinds.addAll(Collections.nCopies(fleet.busy(), Kind.BUSY));
      kinds.addAll(Collections.nCopies(fleet.young(), Kind.YOUNG));
      kinds.addAll(Collections.nCopies(fleet.sessions() - kinds.size(), Kind.IDLE));
      Collections.shuffle(kinds, new Random(i));
      LinkedHashMap<String, Session> sessions = new LinkedHashMap<>();
      for (int j = 1; j <= kinds.size(); j++) {
        String id = "%ss%03dg%d".formatted(application, j, generation);
        sessions.put(id, session(application, id, kinds.get(j - 1), fleet.limit()));
      }
      applications.put(application, sessions);
    }
  }

  private Session session(String application, String id, Kind kind, Duration limit) {
    Instant old = start.minus(limit.multipliedBy(10));
    Instant recent = start.minus(limit.dividedBy(30));
    return switch (kind) {
      case DUE -> idle(application, id, true, old, start.minus(limit.multipliedBy(2)));
      case BUSY -> new Session(application, id, false, State.BUSY, old, null, null);
      case YOUNG -> idle(application, id, false, recent, recent);
      case IDLE -> idle(application, id, false, old, recent);
    };
  }

  private static Session idle(
      String application, String id, boolean due, Instant createdAt, Instant idleSince) {
    return new Session(application, id, due, State.IDLE, createdAt, idleSince, null);
  }

  Instant start() {
    return start;
  }

  List<String> applications() {
    return List.copyOf(applications.keySet());
  }

  /** Empty when there is no such application. */
  Optional<List<Session>> sessions(String application) {
    return Optional.ofNullable(applications.get(application))
        .map(sessions -> List.copyOf(sessions.values()));
  }

  Optional<Session> session(String application, String id) {
    return Optional.ofNullable(applications.get(application)).map(sessions -> sessions.get(id));
  }

  void put(Session session) {
    Optional.ofNullable(applications.get(session.application()))
        .ifPresent(sessions -> sessions.put(session.id(), session));
  }

  /** The ids of all sessions that match. */
  Set<String> ids(Predicate<Session> which) {
    Set<String> ids = new TreeSet<>();
    for (Map<String, Session> sessions : applications.values()) {
      sessions.values().stream().filter(which).map(Session::id).forEach(ids::add);
    }
    return ids;
  }
}
