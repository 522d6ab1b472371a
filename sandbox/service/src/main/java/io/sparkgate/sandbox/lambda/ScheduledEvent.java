package io.sparkgate.sandbox.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sparkgate.sandbox.template.Blueprint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** The event that EventBridge Scheduler sends where a schedule has no input of its own. */
public final class ScheduledEvent {

  private ScheduledEvent() {}

  /** An event of a time. */
  public static JsonNode at(Instant time, Blueprint blueprint) {
    var event = JsonNodeFactory.instance.objectNode();
    event
        .put("version", "0")
        .put("id", UUID.randomUUID().toString())
        .put("detail-type", "Scheduled Event")
        .put("source", "aws.scheduler")
        .put("account", blueprint.account())
        .put("time", time.truncatedTo(ChronoUnit.SECONDS).toString())
        .put("region", blueprint.region())
        .put("detail", "{}");
    event
        .putArray("resources")
        .add(
            "arn:aws:scheduler:%s:%s:schedule/default/sandbox"
                .formatted(blueprint.region(), blueprint.account()));
    return event;
  }
}
