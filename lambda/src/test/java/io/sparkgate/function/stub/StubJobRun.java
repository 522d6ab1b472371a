package io.sparkgate.function.stub;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A job run as the service holds it.
 *
 * @param state any text
 */
public record StubJobRun(String id, String state, Instant createdAt) {

  public StubJobRun withState(String state) {
    return new StubJobRun(id, state, createdAt);
  }

  /** What the list shows. */
  Map<String, Object> summary(String application) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("applicationId", application);
    json.put("id", id);
    json.put("name", "etl-" + id);
    json.put("mode", "BATCH");
    json.put(
        "arn",
        "arn:aws:emr-serverless:us-east-1:123456789012:/applications/%s/jobruns/%s"
            .formatted(application, id));
    json.put("createdBy", "arn:aws:sts::123456789012:assumed-role/pipelines/nightly");
    json.put("createdAt", BigDecimal.valueOf(createdAt.toEpochMilli(), 3));
    json.put("updatedAt", BigDecimal.valueOf(createdAt.toEpochMilli(), 3));
    json.put("executionRole", "arn:aws:iam::123456789012:role/spark");
    json.put("state", state);
    json.put("stateDetails", "");
    json.put("releaseLabel", "emr-7.13.0");
    return json;
  }
}
