package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the service tells of a session and of a job run alike. */
final class WorkView {

  private WorkView() {}

  /**
   * Adds it to what else is told.
   *
   * @param holding the session's, or that of the attempt that is told of
   * @param settings of its application
   */
  static void add(ObjectNode json, Work work, Holding holding, JsonNode settings, Present present) {
    json.set("tags", Tags.json(work.tags()));
    holding.startedAt().ifPresent(time -> json.set("startedAt", present.json(time)));
    holding.endedAt().ifPresent(time -> json.set("endedAt", present.json(time)));
    if (settings.has("networkConfiguration")) {
      json.set("networkConfiguration", settings.get("networkConfiguration"));
    }
    if (!work.stretches().isEmpty()) {
      json.put("totalExecutionDurationSeconds", holding.seconds(present.now()));
      json.set(
          "totalResourceUtilization", ResourceUse.total(work.stretches(), present.now()).json());
      json.set(
          "billedResourceUtilization", ResourceUse.billed(work.stretches(), present.now()).json());
    }
  }
}
