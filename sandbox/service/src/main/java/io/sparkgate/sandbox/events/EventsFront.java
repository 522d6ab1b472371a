package io.sparkgate.sandbox.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkgate.sandbox.iam.AccessControl;
import io.sparkgate.sandbox.iam.Action;
import io.sparkgate.sandbox.iam.Identity;
import io.sparkgate.sandbox.json11.Fault;
import io.sparkgate.sandbox.json11.Json11Front;
import io.sparkgate.sandbox.template.EventRule;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** EventBridge over HTTP: PutEvents. */
public final class EventsFront extends Json11Front {

  /** The name that requests to it are signed for. */
  public static final String SERVICE = "events";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_ENTRIES = 10;

  private final AccessControl access;
  private final Buses buses;
  private final UnaryOperator<String> arns;
  private final InstantSource clock;

  /**
   * The service.
   *
   * @param arns from resources such as {@code event-bus/default} to ARNs
   * @param clock of the clients
   */
  public EventsFront(
      AccessControl access, Buses buses, UnaryOperator<String> arns, InstantSource clock) {
    super(access, "AWSEvents.");
    this.access = access;
    this.buses = buses;
    this.arns = arns;
    this.clock = clock;
  }

  @Override
  protected JsonNode call(String operation, Identity caller, JsonNode input) throws Fault {
    if (!operation.equals("PutEvents")) {
      throw Fault.unknownOperation("EventBridge", operation, "PutEvents");
    }
    JsonNode entries = input.path("Entries");
    if (entries.isEmpty() || entries.size() > MOST_ENTRIES) {
      throw Fault.of(
          "ValidationException",
          "1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length between 1 and %d, inclusive; it has %d"
              .formatted(MOST_ENTRIES, entries.size()));
    }
    for (JsonNode entry : entries) {
      require(caller, entry);
    }
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode results = answer.putArray("Entries");
    int failed = 0;
    for (JsonNode entry : entries) {
      ObjectNode result = put(caller, entry);
      failed += result.has("ErrorCode") ? 1 : 0;
      results.add(result);
    }
    return answer.put("FailedEntryCount", failed);
  }

  private static String bus(JsonNode entry) {
    return EventRule.busOf(entry.path("EventBusName").asText());
  }

  private void require(Identity caller, JsonNode entry) throws Fault {
    Action action =
        new Action(
            "events:PutEvents",
            arns.apply("event-bus/" + bus(entry)),
            Map.of(),
            List.of(),
            Map.of(),
            Map.of(
                "events:source", entry.path("Source").asText(),
                "events:detail-type", entry.path("DetailType").asText()));
    Fault.ifDenied(access.denial(caller, action));
  }

  /** One entry that is wrong does not keep the others back. */
  private ObjectNode put(Identity caller, JsonNode entry) {
    String source = entry.path("Source").asText();
    String type = entry.path("DetailType").asText();
    if (source.isEmpty() || type.isEmpty()) {
      return error(
          "InvalidArgument",
          "Parameter %s is not valid. Reason: %s is a required argument."
              .formatted(
                  source.isEmpty() ? "Source" : "DetailType",
                  source.isEmpty() ? "Source" : "DetailType"));
    }
    if (source.startsWith("aws.")) {
      return error("NotAuthorizedForSourceException", "Not authorized for the source.");
    }
    if (!buses.has(bus(entry))) {
      return error(
          "ResourceNotFoundException", "Event bus %s does not exist.".formatted(bus(entry)));
    }
    JsonNode detail;
    try {
      detail = JSON.readTree(entry.path("Detail").asText());
    } catch (JsonProcessingException e) {
      return error("MalformedDetail", "Detail is malformed.");
    }
    if (!detail.isObject()) {
      return error("MalformedDetail", "Detail is malformed.");
    }
    ObjectNode event = JSON.createObjectNode().put("version", "0");
    String id = UUID.randomUUID().toString();
    event.put("id", id).put("detail-type", type).put("source", source);
    event.put("account", caller.account());
    event.put("time", time(entry.path("Time")).truncatedTo(ChronoUnit.SECONDS).toString());
    event.put("region", arns.apply("").split(":", 6)[3]);
    ArrayNode resources = event.putArray("resources");
    entry.path("Resources").forEach(resources::add);
    event.set("detail", detail);
    buses.put(bus(entry), event);
    return JSON.createObjectNode().put("EventId", id);
  }

  private Instant time(JsonNode given) {
    if (given.isTextual()) {
      return Instant.parse(given.asText());
    }
    return given.isNumber()
        ? Instant.ofEpochMilli((long) (given.asDouble() * 1000))
        : clock.instant();
  }

  private static ObjectNode error(String code, String message) {
    return JSON.createObjectNode().put("ErrorCode", code).put("ErrorMessage", message);
  }
}
