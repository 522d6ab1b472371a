package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.iam.AccessControl;
import io.sparkgate.sandbox.iam.Action;
import io.sparkgate.sandbox.iam.Identity;
import io.sparkgate.sandbox.iam.Unauthenticated;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts a call to IAM in the questions that the service authorization reference lists for it. */
final class Authorization {

  private static final String SERVICE = "emr-serverless:";

  private final AccessControl access;
  private final Estate estate;
  private final Arns arns;

  Authorization(AccessControl access, Estate estate, Arns arns) {
    this.access = access;
    this.estate = estate;
    this.arns = arns;
  }

  /** The principal behind a SigV4 header. */
  Identity identify(String header) {
    try {
      return access.caller(header);
    } catch (Unauthenticated e) {
      Fault.Kind kind =
          e.reason() == Unauthenticated.Reason.EXPIRED
              ? Fault.Kind.EXPIRED_TOKEN
              : Fault.Kind.UNRECOGNIZED_CLIENT;
      throw new Fault(kind, String.valueOf(e.getMessage()));
    }
  }

  /** Refuses what the caller may not, before anything is told of what exists. */
  void require(Call call) {
    for (Action action : questions(call)) {
      access
          .denial(call.caller(), action)
          .ifPresent(
              reason -> {
                throw new Fault(Fault.Kind.ACCESS_DENIED, reason);
              });
    }
  }

  private List<Action> questions(Call call) {
    String application = call.text("applicationId");
    return switch (call.operation().name()) {
      case "ListApplications" -> List.of(Action.on(action(call), "*", Map.of()));
      case "CreateApplication" -> withTags(call, "*", Map.of(), arns.application(call.newId()));
      case "StartSession" -> startWork(call, arns.session(application, call.newId()));
      case "StartJobRun" -> startWork(call, arns.jobRun(application, call.newId()));
      case "GetApplication",
          "UpdateApplication",
          "DeleteApplication",
          "StartApplication",
          "StopApplication",
          "ListSessions",
          "ListJobRuns" ->
          List.of(
              Action.on(
                  action(call), arns.application(application), estate.tagsIfAny(application, "")));
      case "GetSession", "TerminateSession", "GetSessionEndpoint" ->
          List.of(onSession(call, call.text("sessionId")));
      case "GetJobRun", "CancelJobRun", "ListJobRunAttempts" ->
          List.of(onJobRun(call, action(call)));
      case "GetDashboardForJobRun" ->
          // The pages of system profiles need a permission of their own.
          call.input().path("accessSystemProfileLogs").asBoolean()
              ? List.of(
                  onJobRun(call, action(call)), onJobRun(call, SERVICE + "AccessSystemProfileLogs"))
              : List.of(onJobRun(call, action(call)));
      case "GetResourceDashboard" -> List.of(onSession(call, call.text("resourceId")));
      case "TagResource", "UntagResource", "ListTagsForResource" -> List.of(onTags(call));
      default -> throw new IllegalStateException("Nobody may " + action(call));
    };
  }

  private Action onSession(Call call, String session) {
    String application = call.text("applicationId");
    return Action.on(
        action(call), arns.session(application, session), estate.tagsIfAny(application, session));
  }

  private Action onJobRun(Call call, String action) {
    String application = call.text("applicationId");
    String jobRun = call.text("jobRunId");
    return Action.on(
        action, arns.jobRun(application, jobRun), estate.tagsIfAny(application, jobRun));
  }

  private Action onTags(Call call) {
    String arn = call.text("resourceArn");
    Map<String, String> resourceTags = Map.of();
    try {
      Arns.Named named = arns.parse(arn);
      resourceTags = estate.tagsIfAny(named.applicationId(), named.workId());
    } catch (Fault notOurs) {
      // That it does not exist is told to those only who may ask.
    }
    Map<String, String> tags = Tags.in(call.input());
    List<String> keys = new ArrayList<>(tags.keySet());
    call.input().path("tagKeys").forEach(key -> keys.add(key.asText()));
    return new Action(action(call), arn, tags, keys, resourceTags, Map.of());
  }

  private List<Action> startWork(Call call, String made) {
    String application = call.text("applicationId");
    List<Action> questions =
        new ArrayList<>(
            withTags(call, arns.application(application), estate.tagsIfAny(application, ""), made));
    JsonNode role = call.input().path("executionRoleArn");
    // Without a role there is nothing to ask; validation will miss it.
    if (role.isTextual()) {
      questions.add(
          new Action(
              "iam:PassRole",
              role.asText(),
              Map.of(),
              List.of(),
              Map.of(),
              Map.of("iam:PassedToService", "emr-serverless.amazonaws.com")));
    }
    return questions;
  }

  /** The operation itself and, when there are tags, TagResource on what will be made. */
  private List<Action> withTags(
      Call call, String resource, Map<String, String> resourceTags, String made) {
    Map<String, String> tags = Tags.in(call.input());
    List<String> keys = List.copyOf(tags.keySet());
    Action itself = new Action(action(call), resource, tags, keys, resourceTags, Map.of());
    return tags.isEmpty()
        ? List.of(itself)
        : List.of(
            itself, new Action(SERVICE + "TagResource", made, tags, keys, Map.of(), Map.of()));
  }

  private static String action(Call call) {
    return SERVICE + call.operation().name();
  }
}
