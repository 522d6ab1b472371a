package io.sparkgate.sandbox.emrserverless;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkgate.sandbox.iam.Identity;
import java.util.Map;
import java.util.function.Function;

/** A request's way: who calls, not too often, may they, is it valid, do it. */
final class Service {

  private final Estate estate;
  private final SandboxClock clock;
  private final Throttle throttle;
  private final Authorization authorization;

  /** Those of the model's operations that the sandbox plays. */
  private final Map<String, Function<Call, JsonNode>> played;

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
    played =
        Map.ofEntries(
            entry("CreateApplication", applications::create),
            entry("ListApplications", applications::list),
            entry("GetApplication", applications::get),
            entry("UpdateApplication", applications::update),
            entry("DeleteApplication", applications::delete),
            entry("StartApplication", applications::start),
            entry("StopApplication", applications::stop),
            entry("StartSession", startSession::answer),
            entry("ListSessions", sessions::list),
            entry("GetSession", sessions::get),
            entry("TerminateSession", sessions::terminate),
            entry("GetSessionEndpoint", sessions::endpoint),
            entry("GetResourceDashboard", sessions::dashboard),
            entry("StartJobRun", jobRuns::start),
            entry("ListJobRuns", jobRuns::list),
            entry("GetJobRun", jobRuns::get),
            entry("ListJobRunAttempts", jobRuns::attempts),
            entry("GetDashboardForJobRun", jobRuns::dashboard),
            entry("CancelJobRun", jobRuns::cancel),
            entry("TagResource", tags::tag),
            entry("UntagResource", tags::untag),
            entry("ListTagsForResource", tags::list));
  }

  boolean plays(Operation.Match match) {
    return played.containsKey(match.operation().name());
  }

  JsonNode answer(Operation.Match match, String rawQuery, byte[] body, String authorizationHeader) {
    Identity caller = authorization.identify(authorizationHeader);
    Operation operation = match.operation();
    throttle.pass(operation.name());
    ObjectNode input = Input.of(match, rawQuery, body);
    synchronized (estate) {
      Call call = new Call(operation, input, caller, Ids.resource(), Present.of(clock));
      authorization.require(call);
      Input.validate(operation, input);
      return played.get(operation.name()).apply(call);
    }
  }
}
