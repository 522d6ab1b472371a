package io.sparkgate.function.stub;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The applications with what is in them, and how sessions change by being looked at. */
final class Store {

  private record Change(int afterGets, Runnable effect) {}

  private static final Set<String> OVER = Set.of("TERMINATED", "FAILED", "SUCCESS", "CANCELLED");

  /** Where each state leads that is not to last. */
  private static final Map<String, String> SETTLED =
      Map.of(
          "CREATING", "CREATED",
          "STARTING", "STARTED",
          "STOPPING", "STOPPED",
          "TERMINATING", "TERMINATED",
          "CANCELLING", "CANCELLED");

  private final Map<String, Map<String, StubSession>> applications = new LinkedHashMap<>();
  private final Map<String, Map<String, StubJobRun>> jobRuns = new LinkedHashMap<>();
  private final Map<String, String> states = new LinkedHashMap<>();
  private final Map<String, Map<String, Object>> capacities = new LinkedHashMap<>();
  private final Map<String, Boolean> sessionsEnabled = new LinkedHashMap<>();
  private final Map<String, List<Change>> changes = new LinkedHashMap<>();
  private final Map<String, Integer> gets = new LinkedHashMap<>();

  synchronized void addApplication(String application) {
    applications.computeIfAbsent(application, id -> new LinkedHashMap<>());
    jobRuns.computeIfAbsent(application, id -> new LinkedHashMap<>());
    states.putIfAbsent(application, "STARTED");
    sessionsEnabled.putIfAbsent(application, true);
  }

  synchronized void removeApplication(String application) {
    applications.remove(application);
  }

  synchronized String state(String application) {
    return states.get(application);
  }

  synchronized void state(String application, String state) {
    states.put(application, state);
  }

  synchronized void initialCapacity(String application, Map<String, Object> capacity) {
    capacities.computeIfAbsent(application, id -> new LinkedHashMap<>()).putAll(capacity);
  }

  synchronized void remove(String application, String session) {
    applications.get(application).remove(session);
  }

  synchronized void sessionsEnabled(String application, boolean enabled) {
    sessionsEnabled.put(application, enabled);
  }

  synchronized void withoutInteractiveConfiguration(String application) {
    sessionsEnabled.remove(application);
  }

  /** As GetApplication shows it, and a field from the future. */
  synchronized Map<String, Object> details(String application) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("applicationId", application);
    json.put("name", "application-" + application);
    json.put("state", states.get(application));
    json.put("stateDetails", "");
    json.put("architecture", "ARM64");
    json.put("tags", Map.of("token", "hush"));
    json.put("fieldFromTheFuture", List.of(1, "two"));
    if (capacities.containsKey(application)) {
      json.put("initialCapacity", capacities.get(application));
    }
    Boolean enabled = sessionsEnabled.get(application);
    if (enabled != null) {
      json.put(
          "interactiveConfiguration",
          Map.of("livyEndpointEnabled", true, "sessionEnabled", enabled));
    }
    return json;
  }

  /** All that is under way arrives. */
  synchronized void settle(String application) {
    states.computeIfPresent(application, (id, state) -> settled(state));
    applications
        .get(application)
        .replaceAll((id, session) -> session.withState(settled(session.state())));
    jobRuns.get(application).replaceAll((id, jobRun) -> jobRun.withState(settled(jobRun.state())));
  }

  synchronized boolean inUse(String application) {
    return sessions(application).stream().anyMatch(session -> !OVER.contains(session.state()))
        || jobRuns(application).stream().anyMatch(jobRun -> !OVER.contains(jobRun.state()));
  }

  synchronized void put(String application, StubJobRun jobRun) {
    jobRuns.get(application).put(jobRun.id(), jobRun);
  }

  synchronized List<StubJobRun> jobRuns(String application) {
    return List.copyOf(jobRuns.get(application).values());
  }

  synchronized Optional<StubJobRun> findJobRun(String application, String jobRun) {
    return Optional.ofNullable(jobRuns.get(application).get(jobRun));
  }

  private static String settled(String state) {
    return SETTLED.getOrDefault(state, state);
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
    gotten(application, session);
    return shown;
  }

  private void gotten(String application, String id) {
    int times = gets.merge(key(application, id), 1, Integer::sum);
    for (Change change : changes.getOrDefault(key(application, id), List.of())) {
      if (change.afterGets() == times) {
        change.effect().run();
      }
    }
  }

  synchronized void afterGetsOfJobRun(
      int times, String application, String jobRun, UnaryOperator<StubJobRun> change) {
    plan(
        times,
        application,
        jobRun,
        () -> jobRuns.get(application).computeIfPresent(jobRun, (id, old) -> change.apply(old)));
  }

  synchronized void removeJobRunAfterGets(int times, String application, String jobRun) {
    plan(times, application, jobRun, () -> jobRuns.get(application).remove(jobRun));
  }

  /** As GetJobRun shows it; what was planned for after this happens now. */
  synchronized Optional<StubJobRun> showJobRun(String application, String jobRun) {
    Optional<StubJobRun> shown = findJobRun(application, jobRun);
    gotten(application, jobRun);
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
