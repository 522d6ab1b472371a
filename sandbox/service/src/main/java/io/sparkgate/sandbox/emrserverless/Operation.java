package io.sparkgate.sandbox.emrserverless;

import io.sparkgate.sandbox.emrserverless.Shape.Structure;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The operations of the service that the sandbox plays, and where HTTP finds them. */
enum Operation {
  CREATE_APPLICATION("CreateApplication", "POST", "applications", Requests.CREATE_APPLICATION),
  LIST_APPLICATIONS("ListApplications", "GET", "applications", Requests.LIST_APPLICATIONS),
  GET_APPLICATION("GetApplication", "GET", "applications/{applicationId}", Requests.APPLICATION),
  UPDATE_APPLICATION(
      "UpdateApplication", "PATCH", "applications/{applicationId}", Requests.UPDATE_APPLICATION),
  DELETE_APPLICATION(
      "DeleteApplication", "DELETE", "applications/{applicationId}", Requests.APPLICATION),
  START_APPLICATION(
      "StartApplication", "POST", "applications/{applicationId}/start", Requests.APPLICATION),
  STOP_APPLICATION(
      "StopApplication", "POST", "applications/{applicationId}/stop", Requests.APPLICATION),
  START_SESSION(
      "StartSession", "POST", "applications/{applicationId}/sessions", Requests.START_SESSION),
  LIST_SESSIONS(
      "ListSessions", "GET", "applications/{applicationId}/sessions", Requests.LIST_SESSIONS),
  GET_SESSION(
      "GetSession", "GET", "applications/{applicationId}/sessions/{sessionId}", Requests.SESSION),
  TERMINATE_SESSION(
      "TerminateSession",
      "DELETE",
      "applications/{applicationId}/sessions/{sessionId}",
      Requests.SESSION),
  GET_SESSION_ENDPOINT(
      "GetSessionEndpoint",
      "GET",
      "applications/{applicationId}/sessions/{sessionId}/endpoint",
      Requests.SESSION),
  GET_RESOURCE_DASHBOARD(
      "GetResourceDashboard",
      "GET",
      "applications/{applicationId}/dashboard",
      Requests.GET_RESOURCE_DASHBOARD),
  START_JOB_RUN("StartJobRun", "POST", "applications/{applicationId}/jobruns", JobRunRequest.SHAPE),
  LIST_JOB_RUNS(
      "ListJobRuns", "GET", "applications/{applicationId}/jobruns", Requests.LIST_JOB_RUNS),
  GET_JOB_RUN(
      "GetJobRun", "GET", "applications/{applicationId}/jobruns/{jobRunId}", Requests.JOB_RUN),
  CANCEL_JOB_RUN(
      "CancelJobRun",
      "DELETE",
      "applications/{applicationId}/jobruns/{jobRunId}",
      Requests.CANCEL_JOB_RUN),
  TAG_RESOURCE("TagResource", "POST", "tags/{resourceArn}", Requests.TAG),
  UNTAG_RESOURCE("UntagResource", "DELETE", "tags/{resourceArn}", Requests.UNTAG),
  LIST_TAGS_FOR_RESOURCE("ListTagsForResource", "GET", "tags/{resourceArn}", Requests.LIST_TAGS);

  private final String name;
  private final String method;
  private final String[] template;
  private final Structure input;

  Operation(String name, String method, String template, Structure input) {
    this.name = name;
    this.method = method;
    this.template = template.split("/");
    this.input = input;
  }

  /** A request's operation and the members that its path holds. */
  record Match(Operation operation, Map<String, String> members) {}

  static Optional<Match> find(String method, String rawPath) {
    // An ARN holds a slash, which not every client escapes.
    int parts = rawPath.startsWith("/tags/") ? 2 : -1;
    String[] path = rawPath.substring(1).split("/", parts);
    for (Operation operation : values()) {
      if (operation.method.equals(method)) {
        Optional<Match> match = operation.match(path);
        if (match.isPresent()) {
          return match;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Match> match(String[] path) {
    if (path.length != template.length) {
      return Optional.empty();
    }
    Map<String, String> members = new LinkedHashMap<>();
    for (int i = 0; i < path.length; i++) {
      if (template[i].startsWith("{")) {
        String member = template[i].substring(1, template[i].length() - 1);
        // A plus sign in a path is itself, other than in a query.
        members.put(member, URLDecoder.decode(path[i].replace("+", "%2B"), StandardCharsets.UTF_8));
      } else if (!template[i].equals(path[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(new Match(this, members));
  }

  /** As the service and IAM call it. */
  String actionName() {
    return name;
  }

  /** The model's rule: what is not in the path is in the query or in the body, by the method. */
  boolean hasBody() {
    return method.equals("POST") || method.equals("PATCH");
  }

  Structure input() {
    return input;
  }
}
