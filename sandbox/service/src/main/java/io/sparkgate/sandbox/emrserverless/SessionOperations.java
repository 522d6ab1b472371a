package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** The operations on sessions that exist. The estate is held, the call is authorized and valid. */
final class SessionOperations {

  /** Above all numbers of sessions. */
  private static final long GROUP = 1L << 40;

  private final Estate estate;
  private final Arns arns;
  private final Views views;
  private final SessionRunner runner;
  private final Tokens tokens;

  SessionOperations(Estate estate, Arns arns, Views views, SessionRunner runner, Tokens tokens) {
    this.estate = estate;
    this.arns = arns;
    this.views = views;
    this.runner = runner;
    this.tokens = tokens;
  }

  JsonNode get(Call call) {
    return empty().set("session", views.session(session(call), call.present()));
  }

  /** Newer ones first, and by state where states are asked for. */
  JsonNode list(Call call) {
    JsonNode states = call.input().path("states");
    Instant after = call.time("createdAtAfter", Instant.MIN);
    Instant before = call.time("createdAtBefore", Instant.MAX);
    List<Session> found =
        estate.application(call.text("applicationId")).sessions().stream()
            .filter(session -> States.selects(states, session.state()))
            .filter(session -> !session.createdAt().isBefore(after))
            .filter(session -> !session.createdAt().isAfter(before))
            .toList();
    return Page.of(
        "sessions",
        found,
        session ->
            (states.isEmpty() ? 0 : session.state().ordinal()) * GROUP + GROUP - session.number(),
        session -> views.sessionSummary(session, call.present()),
        call.input());
  }

  JsonNode endpoint(Call call) {
    Session session = session(call);
    if (!session.state().up()) {
      throw Fault.validation(
          "Session %s has no endpoint in state %s; it has one in STARTED, IDLE and BUSY."
              .formatted(session.id(), session.state()));
    }
    Tokens.Issued issued = tokens.issue(session);
    ObjectNode answer =
        ids(session).put("endpoint", arns.endpoint(session.id())).put("authToken", issued.token());
    return answer.set("authTokenExpiresAt", Times.json(issued.expiresAt()));
  }

  /** A session that has ended already is as its caller wants it. */
  JsonNode terminate(Call call) {
    Session session = session(call);
    runner.terminate(session, "Terminated by " + call.caller().arn() + ".");
    return ids(session);
  }

  /**
   * The driver's own Spark UI, or that of its history; nothing while it starts and ends, and where
   * it never ran.
   */
  JsonNode dashboard(Call call) {
    ObjectNode answer = empty();
    Session session = estate.session(call.text("applicationId"), call.text("resourceId"));
    runner.sparkUi(session).ifPresent(url -> answer.put("url", url));
    return answer;
  }

  private Session session(Call call) {
    return estate.session(call.text("applicationId"), call.text("sessionId"));
  }

  private static ObjectNode ids(Session session) {
    return empty().put("applicationId", session.applicationId()).put("sessionId", session.id());
  }

  private static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }
}
