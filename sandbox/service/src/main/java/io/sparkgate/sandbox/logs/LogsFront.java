package io.sparkgate.sandbox.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkgate.sandbox.iam.AccessControl;
import io.sparkgate.sandbox.iam.Action;
import io.sparkgate.sandbox.iam.Identity;
import io.sparkgate.sandbox.json11.Fault;
import io.sparkgate.sandbox.json11.Json11Front;
import io.sparkgate.sandbox.logs.LogGroups.LogEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** CloudWatch Logs over HTTP: FilterLogEvents. */
public final class LogsFront extends Json11Front {

  /** The name that requests to it are signed for. */
  public static final String SERVICE = "logs";

  private static final int MOST_EVENTS = 10_000;

  private final AccessControl access;
  private final LogGroups groups;
  private final UnaryOperator<String> arns;
  private final UnaryOperator<Instant> shown;

  /**
   * The service.
   *
   * @param arns from resources such as {@code log-group:name} to ARNs
   * @param shown from a time of the sandbox to what its clients take it for
   */
  public LogsFront(
      AccessControl access,
      LogGroups groups,
      UnaryOperator<String> arns,
      UnaryOperator<Instant> shown) {
    super(access, "Logs_20140328.");
    this.access = access;
    this.groups = groups;
    this.arns = arns;
    this.shown = shown;
  }

  @Override
  protected JsonNode call(String operation, Identity caller, JsonNode input) throws Fault {
    if (!operation.equals("FilterLogEvents")) {
      throw Fault.unknownOperation("CloudWatch Logs", operation, "FilterLogEvents");
    }
    String group =
        input
            .path("logGroupName")
            .asText(
                input.path("logGroupIdentifier").asText().replaceFirst("^arn:.*:log-group:", ""))
            .replaceFirst(":\\*$", "");
    // So AWS's own refusals name it, reports say; a grant on the group's ARN alone does not do.
    String resource = arns.apply("log-group:" + group + ":log-stream:");
    Fault.ifDenied(access.denial(caller, Action.on("logs:FilterLogEvents", resource, Map.of())));
    if (!groups.has(group)) {
      throw Fault.of("ResourceNotFoundException", "The specified log group does not exist.");
    }
    return filter(group, input);
  }

  private JsonNode filter(String group, JsonNode input) throws Fault {
    FilterPattern pattern =
        FilterPattern.parse(input.path("filterPattern").asText())
            .orElseThrow(
                () ->
                    Fault.of(
                        "InvalidParameterException",
                        "The sandbox does not know the filter pattern %s; it knows the empty one, and { $.field = \"value\" } joined by && or ||"
                            .formatted(input.path("filterPattern").asText())));
    long start = input.path("startTime").asLong(0);
    long end = input.path("endTime").asLong(Long.MAX_VALUE);
    long after = after(input.path("nextToken").asText("-1"));
    int limit = input.path("limit").asInt(MOST_EVENTS);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode events = answer.putArray("events");
    answer.putArray("searchedLogStreams");
    List<LogEvent> all = groups.events(group);
    for (LogEvent event : all) {
      long time = shown.apply(event.at()).toEpochMilli();
      if (event.number() > after
          && time >= start
          && time <= end
          && pattern.matches(event.message())) {
        if (events.size() == limit) {
          return answer.put("nextToken", String.valueOf(after));
        }
        events.add(json(event, time));
        after = event.number();
      }
    }
    return answer;
  }

  private static ObjectNode json(LogEvent event, long time) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("logStreamName", "sandbox")
        .put("timestamp", time)
        .put("message", event.message())
        .put("ingestionTime", time)
        .put("eventId", String.valueOf(event.number()));
  }

  private static long after(String token) throws Fault {
    if (!token.matches("-?[0-9]{1,18}")) {
      throw Fault.of("InvalidParameterException", "The specified nextToken is invalid.");
    }
    return Long.parseLong(token);
  }
}
