package io.sparkgate.function.aws;

import io.sparkgate.border.SessionEvents;
import io.sparkgate.function.Json;
import io.sparkgate.function.aws.ServiceCallException.Kind;
import io.sparkgate.function.aws.SignedCalls.Request;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;

/** One bus of EventBridge, on which events are put. */
public final class EventBus {

  /** What a bus may be called. */
  public static final Pattern NAME = Pattern.compile("[/._A-Za-z0-9-]{1,256}");

  /** The most that PutEvents takes at once. */
  static final int BATCH = 10;

  /**
   * An event of Sparkgate's.
   *
   * @param time when it happened
   */
  public record Event(String detailType, Instant time, Map<String, Object> detail) {}

  /** An event that the bus did not take, and why. */
  public record Refused(Event event, ServiceCallException why) {}

  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", "AWSEvents.PutEvents");

  private final SignedCalls events;
  private final Calls calls;
  private final String name;

  /** The client, which outlasts an invocation. */
  public static SignedCalls client(Map<String, String> environment) {
    return new SignedCalls("events", "EVENTBRIDGE", environment);
  }

  public EventBus(SignedCalls events, Calls calls, String name) {
    this.events = events;
    this.calls = calls;
    this.name = name;
  }

  /** Puts them, and tells which the bus did not take: all of a batch, or some of it. */
  public List<Refused> put(List<Event> all) {
    List<Refused> refused = new ArrayList<>();
    for (int from = 0; from < all.size(); from += BATCH) {
      List<Event> batch = all.subList(from, Math.min(from + BATCH, all.size()));
      try {
        refused.addAll(putBatch(batch));
      } catch (ServiceCallException e) {
        batch.forEach(event -> refused.add(new Refused(event, e)));
      }
    }
    return refused;
  }

  /** The record of an event that was not put. */
  public static Map<String, Object> line(Refused refused) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("type", "event");
    line.put("detailType", refused.event().detailType());
    line.put("detail", refused.event().detail());
    line.put("outcome", "failed");
    line.put("reason", "the event could not be put");
    line.put("error", Map.of("type", refused.why().type(), "message", refused.why().said()));
    return line;
  }

  private List<Refused> putBatch(List<Event> batch) throws ServiceCallException {
    Map<String, Object> entries = Map.of("Entries", batch.stream().map(this::entry).toList());
    byte[] body = Json.write(entries).getBytes(StandardCharsets.UTF_8);
    byte[] said =
        events.make(
            calls,
            "PutEvents",
            "event bus " + name,
            new Request(SdkHttpMethod.POST, "/", HEADERS, body));
    Object answer = Json.parse(new String(said, StandardCharsets.UTF_8));
    List<Refused> refused = new ArrayList<>();
    if (Json.field(answer, "Entries") instanceof List<?> results) {
      for (int i = 0; i < Math.min(results.size(), batch.size()); i++) {
        String code = Json.text(results.get(i), "ErrorCode");
        if (code != null) {
          refused.add(new Refused(batch.get(i), refusal(code, results.get(i))));
        }
      }
    }
    return refused;
  }

  private ServiceCallException refusal(String code, @Nullable Object result) {
    String message = "%s (event bus %s)".formatted(Json.text(result, "ErrorMessage"), name);
    Kind kind = code.startsWith("Throttling") ? Kind.THROTTLED : Kind.OTHER;
    return new ServiceCallException(kind, "PutEvents", code, message, null);
  }

  private Map<String, Object> entry(Event event) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("Source", SessionEvents.SOURCE);
    entry.put("DetailType", event.detailType());
    entry.put("Time", event.time().getEpochSecond());
    entry.put("EventBusName", name);
    entry.put("Detail", Json.write(event.detail()));
    return entry;
  }
}
