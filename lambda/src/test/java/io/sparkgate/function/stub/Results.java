package io.sparkgate.function.stub;

import static io.sparkgate.function.stub.Requests.one;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the service does on a call, and says. */
final class Results {

  private static final int MAX_PAGE = 50;
  private static final Set<String> RUNNING = Set.of("STARTING", "STARTED");

  private final Store store;

  Results(Store store) {
    this.store = store;
  }

  Map<String, Object> of(Call call) throws Refused {
    if (!store.has(call.application())) {
      throw new Refused(Fault.NOT_FOUND);
    }
    String application = call.application();
    return switch (call.operation()) {
      case GET_APPLICATION -> Map.of("application", store.details(application));
      case START_APPLICATION -> start(application);
      case STOP_APPLICATION -> stop(application);
      case LIST_SESSIONS ->
          page(
              call.query(),
              "sessions",
              store.sessions(application).stream()
                  .filter(session -> matches(call.query(), session.state(), session.createdAt()))
                  .map(session -> session.summary(application))
                  .toList());
      case GET_SESSION ->
          Map.of("session", found(store.show(application, call.session())).details(application));
      case TERMINATE_SESSION -> {
        StubSession session = found(store.find(application, call.session()));
        store.put(application, session.withState("TERMINATING"));
        yield Map.of("applicationId", application, "sessionId", call.session());
      }
      case LIST_JOB_RUNS ->
          page(
              call.query(),
              "jobRuns",
              store.jobRuns(application).stream()
                  .filter(jobRun -> matches(call.query(), jobRun.state(), jobRun.createdAt()))
                  .map(jobRun -> jobRun.summary(application))
                  .toList());
      case GET_JOB_RUN ->
          Map.of(
              "jobRun", found(store.showJobRun(application, call.session())).details(application));
      case CANCEL_JOB_RUN -> {
        StubJobRun jobRun = found(store.findJobRun(application, call.session()));
        store.put(application, jobRun.withState("CANCELLING"));
        yield Map.of("applicationId", application, "jobRunId", call.session());
      }
      case DESCRIBE_STACKS,
          DESCRIBE_STACK_RESOURCE,
          DESCRIBE_CLUSTER,
          DESCRIBE_STEP,
          LIST_INSTANCES,
          TERMINATE_JOB_FLOWS,
          DESCRIBE_TARGET_HEALTH,
          GET_METRIC_DATA,
          PUT_OBJECT,
          GET_OBJECT,
          PUT_EVENTS,
          DESCRIBE_SUBNETS ->
          throw new IllegalArgumentException(call.toString());
    };
  }

  private Map<String, Object> start(String application) {
    store.state(application, "STARTING");
    return Map.of();
  }

  /** Refuses as the service is documented and reported to; of sessions, nobody says. */
  private Map<String, Object> stop(String application) throws Refused {
    if (!RUNNING.contains(store.state(application))) {
      throw invalid("Applications must be in one of the following statuses: [STARTING, STARTED]");
    }
    if (store.inUse(application)) {
      throw invalid(
          "All scheduled and running jobs must be completed or cancelled before stopping");
    }
    store.state(application, "STOPPING");
    return Map.of();
  }

  private static Refused invalid(String message) {
    return new Refused(new Fault(400, "ValidationException", message));
  }

  private static <T> T found(Optional<T> one) throws Refused {
    return one.orElseThrow(() -> new Refused(Fault.NOT_FOUND));
  }

  private static Map<String, Object> page(
      Map<String, List<String>> query, String field, List<Map<String, Object>> matching)
      throws Refused {
    int size = one(query, "maxResults").map(Integer::parseInt).orElse(MAX_PAGE);
    if (size < 1 || size > MAX_PAGE) {
      throw invalid("maxResults must be 1 to 50");
    }
    int from = one(query, "nextToken").map(Integer::parseInt).orElse(0);
    int to = Math.min(from + size, matching.size());
    Map<String, Object> page = new LinkedHashMap<>();
    page.put(field, matching.subList(from, to));
    if (to < matching.size()) {
      page.put("nextToken", String.valueOf(to));
    }
    return page;
  }

  private static boolean matches(Map<String, List<String>> query, String state, Instant createdAt) {
    Instant after = one(query, "createdAtAfter").map(Instant::parse).orElse(Instant.MIN);
    Instant before = one(query, "createdAtBefore").map(Instant::parse).orElse(Instant.MAX);
    return asked(query, state) && createdAt.isAfter(after) && createdAt.isBefore(before);
  }

  private static boolean asked(Map<String, List<String>> query, String state) {
    List<String> states = query.getOrDefault("states", List.of());
    return states.isEmpty() || states.contains(state);
  }
}
