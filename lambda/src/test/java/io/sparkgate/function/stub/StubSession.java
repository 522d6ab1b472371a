package io.sparkgate.function.stub;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session as the service holds it.
 *
 * @param state any text; those the service does not have are for tests of what is to come
 * @param missing the fields that no answer shows, for tests of what the service should not do
 */
public record StubSession(
    String id,
    String state,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant idleSince,
    Map<String, String> tags,
    Set<String> missing) {

  public StubSession {
    tags = Map.copyOf(tags);
    missing = Set.copyOf(missing);
  }

  /** One that was created and started at the same moment, without tags and never idle. */
  public static StubSession of(String id, String state, Instant createdAt) {
    return new StubSession(id, state, createdAt, createdAt, null, Map.of(), Set.of());
  }

  public static StubSession idle(String id, Instant createdAt, Instant idleSince) {
    return new StubSession(id, "IDLE", createdAt, createdAt, idleSince, Map.of(), Set.of());
  }

  public StubSession withTag(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(tags);
    more.put(key, value);
    return new StubSession(id, state, createdAt, startedAt, idleSince, more, missing);
  }

  public StubSession withState(String state) {
    return new StubSession(id, state, createdAt, startedAt, idleSince, tags, missing);
  }

  public StubSession without(String... fields) {
    return new StubSession(id, state, createdAt, startedAt, idleSince, tags, Set.of(fields));
  }

  /** What the list shows, and a field from the future. */
  Map<String, Object> summary(String application) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("applicationId", application);
    json.put("sessionId", id);
    json.put(
        "arn",
        "arn:aws:emr-serverless:us-east-1:123456789012:/applications/%s/sessions/%s"
            .formatted(application, id));
    json.put("name", "notebook-" + id);
    json.put("state", state);
    json.put("stateDetails", "");
    json.put("releaseLabel", "emr-7.13.0");
    json.put("executionRoleArn", "arn:aws:iam::123456789012:role/spark");
    json.put("createdBy", "arn:aws:sts::123456789012:assumed-role/developers/alice");
    json.put("createdAt", seconds(createdAt));
    json.put("updatedAt", seconds(createdAt));
    json.put("fieldFromTheFuture", Map.of("nested", List.of(1, "two")));
    json.keySet().removeAll(missing);
    return json;
  }

  Map<String, Object> details(String application) {
    Map<String, Object> json = summary(application);
    if (startedAt != null) {
      json.put("startedAt", seconds(startedAt));
    }
    if (idleSince != null) {
      json.put("idleSince", seconds(idleSince));
    }
    json.put("idleTimeoutMinutes", 60);
    json.put("tags", tags);
    json.keySet().removeAll(missing);
    return json;
  }

  private static BigDecimal seconds(Instant time) {
    return BigDecimal.valueOf(time.toEpochMilli(), 3);
  }
}
