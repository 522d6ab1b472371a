package io.sparkgate.function.stub;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A cluster of the stub: it waits for work, and has no steps and no primary node. */
public final class StubCluster {

  private final String id;
  private final Map<String, Map<String, Object>> steps = new ConcurrentHashMap<>();
  private final Map<String, String> tags = new ConcurrentHashMap<>();
  private volatile String state = "WAITING";
  private volatile @Nullable Map<String, Object> reason;
  private volatile @Nullable Instant readyAt;
  private volatile @Nullable String primary;
  private volatile boolean terminationProtected;

  StubCluster(String id) {
    this.id = id;
  }

  public StubCluster state(String state) {
    this.state = state;
    return this;
  }

  /** The same, with why. */
  public StubCluster state(String state, String code, String message) {
    this.reason = Map.of("Code", code, "Message", message);
    return state(state);
  }

  public String state() {
    return state;
  }

  /** Since when it takes steps. */
  public StubCluster readyAt(Instant readyAt) {
    this.readyAt = readyAt;
    return this;
  }

  public StubCluster tag(String key, String value) {
    tags.put(key, value);
    return this;
  }

  /** Nobody can terminate it. */
  public StubCluster terminationProtected() {
    this.terminationProtected = true;
    return this;
  }

  /** The EC2 instance of its primary node; null for none. */
  public StubCluster primary(@Nullable String instanceId) {
    this.primary = instanceId;
    return this;
  }

  /** Adds a step, or changes its state. */
  public StubCluster step(String stepId, String state) {
    steps.put(stepId, Map.of("State", state));
    return this;
  }

  /** The same, with why. */
  public StubCluster step(String stepId, String state, String reason, String message) {
    steps.put(
        stepId,
        Map.of("State", state, "FailureDetails", Map.of("Reason", reason, "Message", message)));
    return this;
  }

  boolean isProtected() {
    return terminationProtected;
  }

  boolean hasStep(String stepId) {
    return steps.containsKey(stepId);
  }

  Map<String, Object> step(String stepId) {
    return Map.of("Id", stepId, "Name", "Install", "Status", steps.get(stepId));
  }

  List<Map<String, Object>> primary() {
    return primary == null ? List.of() : List.of(Map.of("Ec2InstanceId", primary));
  }

  Map<String, Object> details() {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("State", state);
    if (reason != null) {
      status.put("StateChangeReason", reason);
    }
    if (readyAt != null) {
      status.put("Timeline", Map.of("ReadyDateTime", readyAt.toEpochMilli() / 1000.0));
    }
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("Id", id);
    details.put("Status", status);
    details.put("TerminationProtected", terminationProtected);
    List<Map<String, String>> list = new ArrayList<>();
    tags.forEach((key, value) -> list.add(Map.of("Key", key, "Value", value)));
    details.put("Tags", list);
    return details;
  }
}
