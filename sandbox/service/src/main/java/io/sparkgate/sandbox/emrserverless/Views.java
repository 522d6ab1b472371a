package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Applications and sessions as the service shows them. */
final class Views {

  private static final List<String> SUMMARY = List.of("name", "releaseLabel", "type");

  private final Estate estate;
  private final Arns arns;

  Views(Estate estate, Arns arns) {
    this.estate = estate;
    this.arns = arns;
  }

  ObjectNode application(Application application, Present present) {
    ObjectNode json = common(application, present);
    json.put("applicationId", application.id());
    json.setAll((ObjectNode) application.settings().deepCopy());
    json.set("tags", Tags.json(application.tags()));
    return json;
  }

  ObjectNode applicationSummary(Application application, Present present) {
    ObjectNode json = common(application, present);
    json.put("id", application.id());
    for (String member : SUMMARY) {
      if (application.settings().has(member)) {
        json.set(member, application.settings().get(member));
      }
    }
    json.set("architecture", application.settings().get("architecture"));
    return json;
  }

  private static ObjectNode common(Application application, Present present) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("arn", application.arn());
    json.put("state", application.state().name());
    json.set("createdAt", present.json(application.createdAt()));
    json.set("updatedAt", present.json(application.updatedAt()));
    return json;
  }

  /** All that GetSession tells, which is more than a list does. */
  ObjectNode session(Session session, Present present) {
    ObjectNode json = sessionSummary(session, present);
    json.put("idleTimeoutMinutes", session.idleTimeout().toMinutes());
    session.idleSince().ifPresent(time -> json.set("idleSince", present.json(time)));
    if (session.request().has("configurationOverrides")) {
      json.set("configurationOverrides", session.request().get("configurationOverrides"));
    }
    JsonNode settings = estate.application(session.applicationId()).settings();
    WorkView.add(json, session, session.holding(), settings, present);
    return json;
  }

  ObjectNode sessionSummary(Session session, Present present) {
    Application application = estate.application(session.applicationId());
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("applicationId", application.id());
    json.put("sessionId", session.id());
    json.put("arn", arns.session(application.id(), session.id()));
    json.put("state", session.state().name());
    json.put("stateDetails", session.stateDetails());
    json.put("releaseLabel", application.settings().path("releaseLabel").asText());
    json.put("executionRoleArn", session.executionRoleArn());
    json.put("createdBy", session.createdBy());
    json.set("createdAt", present.json(session.createdAt()));
    json.set("updatedAt", present.json(session.updatedAt()));
    if (!session.name().isEmpty()) {
      json.put("name", session.name());
    }
    return json;
  }
}
