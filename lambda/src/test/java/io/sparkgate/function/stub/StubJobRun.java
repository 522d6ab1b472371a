package io.sparkgate.function.stub;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A job run as the service holds it.
 *
 * @param state any text
 * @param mode any text
 * @param attemptCreatedAt when the attempt began that is made now
 * @param more fields that a look shows besides
 * @param missing the fields that no answer shows, for tests of what the service should not do
 */
public record StubJobRun(
    String id,
    String state,
    String mode,
    Instant createdAt,
    @Nullable Instant attemptCreatedAt,
    Map<String, String> tags,
    Set<String> missing,
    Map<String, Object> more) {

  public StubJobRun {
    tags = Map.copyOf(tags);
    missing = Set.copyOf(missing);
    more = Map.copyOf(more);
  }

  /** A batch job without tags, in its first attempt. */
  public StubJobRun(String id, String state, Instant createdAt) {
    this(id, state, "BATCH", createdAt, null, Map.of(), Set.of(), Map.of());
  }

  /** A streaming job without tags, in its first attempt. */
  public static StubJobRun streaming(String id, String state, Instant createdAt) {
    return new StubJobRun(
        id, state, "STREAMING", createdAt, createdAt, Map.of(), Set.of(), Map.of());
  }

  public StubJobRun withState(String state) {
    return new StubJobRun(id, state, mode, createdAt, attemptCreatedAt, tags, missing, more);
  }

  public StubJobRun withMode(String mode) {
    return new StubJobRun(id, state, mode, createdAt, attemptCreatedAt, tags, missing, more);
  }

  public StubJobRun attemptedAt(Instant attempt) {
    return new StubJobRun(id, state, mode, createdAt, attempt, tags, missing, more);
  }

  public StubJobRun withTag(String key, String value) {
    Map<String, String> all = new LinkedHashMap<>(tags);
    all.put(key, value);
    return new StubJobRun(id, state, mode, createdAt, attemptCreatedAt, all, missing, more);
  }

  /** Over since then, and billed so. */
  public StubJobRun endedAt(Instant time, String vcpu, String memory, String storage) {
    return withState("SUCCESS")
        .with("updatedAt", seconds(time))
        .with("endedAt", seconds(time))
        .with("billedResourceUtilization", Billing.of(vcpu, memory, storage));
  }

  public StubJobRun with(String field, Object value) {
    Map<String, Object> all = new LinkedHashMap<>(more);
    all.put(field, value);
    return new StubJobRun(id, state, mode, createdAt, attemptCreatedAt, tags, missing, all);
  }

  public StubJobRun without(String... fields) {
    return new StubJobRun(id, state, mode, createdAt, attemptCreatedAt, tags, Set.of(fields), more);
  }

  /** What the list shows. */
  Map<String, Object> summary(String application) {
    Map<String, Object> json = shown(application);
    json.put("id", id);
    if (more.containsKey("updatedAt")) {
      json.put("updatedAt", more.get("updatedAt"));
    }
    json.keySet().removeAll(missing);
    return json;
  }

  Map<String, Object> details(String application) {
    Map<String, Object> json = shown(application);
    json.put("jobRunId", id);
    json.put("tags", tags);
    json.put("jobDriver", Map.of("sparkSubmit", Map.of("entryPoint", "s3://code/etl.py")));
    json.put("executionTimeoutMinutes", 720);
    json.putAll(more);
    json.put("fieldFromTheFuture", Map.of("nested", "two"));
    json.keySet().removeAll(missing);
    return json;
  }

  private Map<String, Object> shown(String application) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("applicationId", application);
    json.put("name", "etl-" + id);
    json.put("mode", mode);
    json.put(
        "arn",
        "arn:aws:emr-serverless:us-east-1:123456789012:/applications/%s/jobruns/%s"
            .formatted(application, id));
    json.put("createdBy", "arn:aws:sts::123456789012:assumed-role/pipelines/nightly");
    json.put("createdAt", seconds(createdAt));
    json.put("updatedAt", seconds(createdAt));
    if (attemptCreatedAt != null) {
      json.put("attemptCreatedAt", seconds(attemptCreatedAt));
    }
    json.put("executionRole", "arn:aws:iam::123456789012:role/spark");
    json.put("state", state);
    json.put("stateDetails", "");
    json.put("releaseLabel", "emr-7.13.0");
    return json;
  }

  private static BigDecimal seconds(Instant time) {
    return BigDecimal.valueOf(time.toEpochMilli(), 3);
  }
}
