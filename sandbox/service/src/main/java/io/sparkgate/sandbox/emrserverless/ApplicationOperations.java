package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The operations on applications. The estate is held, the call is authorized and valid. */
final class ApplicationOperations {

  private static final Set<ApplicationState> AT_REST =
      EnumSet.of(ApplicationState.CREATED, ApplicationState.STOPPED);

  /** No call meets STARTING here, for the sandbox passes it at once. */
  private static final Set<ApplicationState> STOPPABLE =
      EnumSet.of(ApplicationState.STARTING, ApplicationState.STARTED);

  private final Estate estate;
  private final Arns arns;
  private final Views views;
  private final ApplicationRunner runner;
  private final SessionRunner sessions;
  private final Idempotency idempotency = new Idempotency();

  ApplicationOperations(
      Estate estate, Arns arns, Views views, ApplicationRunner runner, SessionRunner sessions) {
    this.estate = estate;
    this.arns = arns;
    this.views = views;
    this.runner = runner;
    this.sessions = sessions;
  }

  JsonNode create(Call call) {
    return idempotency.once(call, () -> create(call.newId(), call.input(), call.present()));
  }

  JsonNode create(String id, ObjectNode request, Present present) {
    Monitoring.requireSink(request);
    Map<String, String> tags = Tags.merge(Map.of(), Tags.in(request));
    ObjectNode settings = request.deepCopy().without(List.of("clientToken", "tags"));
    Application application =
        new Application(
            id, arns.application(id), estate.nextNumber(), settings, tags, present.now());
    estate.add(application);
    runner.created(application, present.now());
    ObjectNode answer = empty().put("applicationId", id).put("arn", application.arn());
    return application.name().isEmpty() ? answer : answer.put("name", application.name());
  }

  JsonNode get(Call call) {
    return empty().set("application", views.application(application(call), call.present()));
  }

  JsonNode list(Call call) {
    JsonNode states = call.input().path("states");
    List<Application> found =
        estate.applications().stream()
            .filter(application -> States.selects(states, application.state()))
            .toList();
    return Page.of(
        "applications",
        found,
        Application::number,
        application -> views.applicationSummary(application, call.present()),
        call.input());
  }

  JsonNode update(Call call) {
    Application application = application(call);
    ObjectNode changes = call.input().deepCopy().without(List.of("applicationId", "clientToken"));
    RunningUpdate.requireAllowed(application, changes);
    ObjectNode result = application.settings().deepCopy();
    Monitoring.requireSink(result.setAll(changes));
    application.update(changes, call.present().now());
    return get(call);
  }

  JsonNode start(Call call) {
    Application application = application(call);
    if (AT_REST.contains(application.state())) {
      runner.start(application, call.present().now(), "Started by request.");
    } else if (application.state() != ApplicationState.STARTED) {
      throw Fault.status(
          "Applications must be in one of the following statuses:",
          EnumSet.of(ApplicationState.CREATED, ApplicationState.STOPPED, ApplicationState.STARTED),
          application.state());
    }
    return empty();
  }

  JsonNode stop(Call call) {
    Application application = application(call);
    if (!STOPPABLE.contains(application.state())) {
      throw Fault.status(
          "Applications must be in one of the following statuses:", STOPPABLE, application.state());
    }
    int sessions = application.liveSessions().size();
    if (sessions > 0) {
      throw Fault.validation(
          "Application %s has %d active sessions. Terminate them before stopping it."
              .formatted(application.id(), sessions));
    }
    int jobRuns = application.liveJobRuns().size();
    if (jobRuns > 0) {
      throw Fault.validation(
          "Application %s has %d active job runs. Cancel them and wait before stopping it."
              .formatted(application.id(), jobRuns));
    }
    runner.stop(application, call.present().now(), "Stopped by request.");
    return empty();
  }

  JsonNode delete(Call call) {
    Application application = application(call);
    if (!AT_REST.contains(application.state())) {
      // The service's own grammar, as users report it.
      throw Fault.status(
          "Application %s must be in of the following statuses".formatted(application.id()),
          AT_REST,
          application.state());
    }
    runner.delete(application, call.present().now());
    return empty();
  }

  /** Ends all that runs. */
  void close() {
    for (Application application : estate.applications()) {
      for (Session session : application.liveSessions()) {
        sessions.terminate(session, "The sandbox is closing.");
      }
    }
  }

  private Application application(Call call) {
    return estate.application(call.text("applicationId"));
  }

  private static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }
}
