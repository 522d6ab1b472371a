package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkgate.sandbox.iam.Identity;

/** A request's way: who calls, not too often, may they, is it valid, do it. */
final class Service {

  private final Estate estate;
  private final SandboxClock clock;
  private final Throttle throttle;
  private final Authorization authorization;
  private final ApplicationOperations applications;
  private final StartSession startSession;
  private final SessionOperations sessions;
  private final JobRunOperations jobRuns;
  private final TagOperations tags;

  Service(
      Estate estate,
      SandboxClock clock,
      Throttle throttle,
      Authorization authorization,
      ApplicationOperations applications,
      StartSession startSession,
      SessionOperations sessions,
      JobRunOperations jobRuns,
      TagOperations tags) {
    this.estate = estate;
    this.clock = clock;
    this.throttle = throttle;
    this.authorization = authorization;
    this.applications = applications;
    this.startSession = startSession;
    this.sessions = sessions;
    this.jobRuns = jobRuns;
    this.tags = tags;
  }

  JsonNode answer(Operation.Match match, String rawQuery, byte[] body, String authorizationHeader) {
    Identity caller = authorization.identify(authorizationHeader);
    Operation operation = match.operation();
    throttle.pass(operation.actionName());
    ObjectNode input = Input.of(match, rawQuery, body);
    synchronized (estate) {
      Call call = new Call(operation, input, caller, Ids.resource(), Present.of(clock));
      authorization.require(call);
      Input.validate(operation, input);
      return carryOut(call);
    }
  }

  private JsonNode carryOut(Call call) {
    return switch (call.operation()) {
      case CREATE_APPLICATION -> applications.create(call);
      case LIST_APPLICATIONS -> applications.list(call);
      case GET_APPLICATION -> applications.get(call);
      case UPDATE_APPLICATION -> applications.update(call);
      case DELETE_APPLICATION -> applications.delete(call);
      case START_APPLICATION -> applications.start(call);
      case STOP_APPLICATION -> applications.stop(call);
      case START_SESSION -> startSession.answer(call);
      case LIST_SESSIONS -> sessions.list(call);
      case GET_SESSION -> sessions.get(call);
      case TERMINATE_SESSION -> sessions.terminate(call);
      case GET_SESSION_ENDPOINT -> sessions.endpoint(call);
      case GET_RESOURCE_DASHBOARD -> sessions.dashboard(call);
      case START_JOB_RUN -> jobRuns.start(call);
      case LIST_JOB_RUNS -> jobRuns.list(call);
      case GET_JOB_RUN -> jobRuns.get(call);
      case CANCEL_JOB_RUN -> jobRuns.cancel(call);
      case TAG_RESOURCE -> tags.tag(call);
      case UNTAG_RESOURCE -> tags.untag(call);
      case LIST_TAGS_FOR_RESOURCE -> tags.list(call);
    };
  }
}
