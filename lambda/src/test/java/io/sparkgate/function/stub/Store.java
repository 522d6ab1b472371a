package io.sparkgate.function.stub;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The sessions, and how they change by being looked at. */
final class Store {

  private record Change(int afterGets, Runnable effect) {}

  private final Map<String, Map<String, StubSession>> applications = new LinkedHashMap<>();
  private final Map<String, List<Change>> changes = new LinkedHashMap<>();
  private final Map<String, Integer> gets = new LinkedHashMap<>();

  synchronized void addApplication(String application) {
    applications.computeIfAbsent(application, id -> new LinkedHashMap<>());
  }

  synchronized void put(String application, StubSession session) {
    applications.get(application).put(session.id(), session);
  }

  synchronized void afterGets(
      int times, String application, String session, UnaryOperator<StubSession> change) {
    plan(
        times,
        application,
        session,
        () ->
            applications
                .get(application)
                .computeIfPresent(session, (id, old) -> change.apply(old)));
  }

  synchronized void vanishAfterGets(int times, String application, String session) {
    plan(times, application, session, () -> applications.get(application).remove(session));
  }

  synchronized boolean has(String application) {
    return applications.containsKey(application);
  }

  synchronized List<StubSession> sessions(String application) {
    return List.copyOf(applications.get(application).values());
  }

  synchronized Optional<StubSession> find(String application, String session) {
    return Optional.ofNullable(applications.getOrDefault(application, Map.of()).get(session));
  }

  /** As GetSession shows it; what was planned for after this happens now. */
  synchronized Optional<StubSession> show(String application, String session) {
    Optional<StubSession> shown = find(application, session);
    int times = gets.merge(key(application, session), 1, Integer::sum);
    for (Change change : changes.getOrDefault(key(application, session), List.of())) {
      if (change.afterGets() == times) {
        change.effect().run();
      }
    }
    return shown;
  }

  private void plan(int times, String application, String session, Runnable effect) {
    changes
        .computeIfAbsent(key(application, session), key -> new ArrayList<>())
        .add(new Change(times, effect));
  }

  private static String key(String application, String session) {
    return application + "/" + session;
  }
}
