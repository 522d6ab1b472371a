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
 * @param more fields that answers show besides, in place of what they would say there: of both
 *     operations, but for {@code endedAt} and {@code billedResourceUtilization}, which only a look
 *     shows
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
    Set<String> missing,
    Map<String, Object> more) {

  private static final String LOOKED = "billedResourceUtilization";

  public StubSession {
    tags = Map.copyOf(tags);
    missing = Set.copyOf(missing);
    more = Map.copyOf(more);
  }

  /** One that was created and started at the same moment, without tags and never idle. */
  public static StubSession of(String id, String state, Instant createdAt) {
    return new StubSession(id, state, createdAt, createdAt, null, Map.of(), Set.of(), Map.of());
  }

  public static StubSession idle(String id, Instant createdAt, Instant idleSince) {
    return new StubSession(
        id, "IDLE", createdAt, createdAt, idleSince, Map.of(), Set.of(), Map.of());
  }

  public StubSession withTag(String key, String value) {
    Map<String, String> all = new LinkedHashMap<>(tags);
    all.put(key, value);
    return new StubSession(id, state, createdAt, startedAt, idleSince, all, missing, more);
  }

  public StubSession withState(String state) {
    return new StubSession(id, state, createdAt, startedAt, idleSince, tags, missing, more);
  }

  /** Shows it at a time of change: the list and a look say so as {@code updatedAt}. */
  public StubSession updatedAt(Instant time) {
    return with("updatedAt", seconds(time));
  }

  public StubSession startedAt(Instant time) {
    return new StubSession(id, state, createdAt, time, idleSince, tags, missing, more);
  }

  public StubSession idleSince(@Nullable Instant time) {
    return new StubSession(id, state, createdAt, startedAt, time, tags, missing, more);
  }

  /** Over since then. */
  public StubSession endedAt(Instant time) {
    return withState("TERMINATED").updatedAt(time).with("endedAt", seconds(time));
  }

  /** As the service bills it so far: vCPU, GB of memory and GB of storage, each times hours. */
  public StubSession billed(String vcpu, String memory, String storage) {
    return with(LOOKED, Billing.of(vcpu, memory, storage));
  }

  public StubSession with(String field, Object value) {
    Map<String, Object> all = new LinkedHashMap<>(more);
    all.put(field, value);
    return new StubSession(id, state, createdAt, startedAt, idleSince, tags, missing, all);
  }

  public StubSession without(String... fields) {
    return new StubSession(id, state, createdAt, startedAt, idleSince, tags, Set.of(fields), more);
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
    json.putAll(more);
    json.keySet().removeAll(Set.of("endedAt", LOOKED));
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
    json.putAll(more);
    json.keySet().removeAll(missing);
    return json;
  }

  private static BigDecimal seconds(Instant time) {
    return BigDecimal.valueOf(time.toEpochMilli(), 3);
  }
}
