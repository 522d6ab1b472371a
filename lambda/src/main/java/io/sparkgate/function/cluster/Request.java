package io.sparkgate.function.cluster;

import io.sparkgate.border.ClusterHooks;
import io.sparkgate.border.Hooks;
import io.sparkgate.function.Json;
import io.sparkgate.function.resource.Fields;
import io.sparkgate.function.resource.RequestRecord;
import io.sparkgate.function.resource.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A request of CloudFormation as the custom resource framework passes it on.
 *
 * @param requestId the same in all calls for one request
 * @param logicalId of the custom resource
 * @param physicalId of the resource, as it is to be
 * @param startedAt what the first call answered; null in the first call
 */
record Request(
    String type,
    String resourceType,
    String requestId,
    String stackId,
    String logicalId,
    String physicalId,
    Task task,
    @Nullable Instant startedAt) {

  private static final int MAX_MINUTES = 10_080;
  private static final int MAX_PORT = 65_535;

  /** Reads it from the event, or says what is wrong with the first thing that is. */
  static Request parse(@Nullable Object event) {
    Fields fields = Fields.of(event);
    String type = fields.text("RequestType");
    String resourceType = fields.text("ResourceType");
    Task task =
        switch (type) {
          case "Create", "Update" -> wanted(type, resourceType, fields);
          case "Delete" ->
              resourceType.equals(ClusterHooks.BEFORE_DELETE)
                  ? deletion(fields.object("ResourceProperties"), fields.text("PhysicalResourceId"))
                  : new Task.Pass();
          default -> throw fields.wrong("RequestType", "Create, Update or Delete");
        };
    return new Request(
        type,
        resourceType,
        fields.text("RequestId"),
        fields.text("StackId"),
        fields.text("LogicalResourceId"),
        physicalId(type, resourceType, fields),
        task,
        fields.startedAt());
  }

  boolean isUpdate() {
    return type.equals("Update");
  }

  RequestRecord record() {
    return new RequestRecord("cluster", requestId, type, resourceType, logicalId);
  }

  /**
   * What stands before a deletion has the cluster's, so that CloudFormation deletes it where the
   * cluster is replaced. All others keep theirs for as long as they are.
   */
  private static String physicalId(String type, String resourceType, Fields fields) {
    if (type.equals("Delete")) {
      return fields.text("PhysicalResourceId");
    }
    return resourceType.equals(ClusterHooks.BEFORE_DELETE)
        ? fields.object("ResourceProperties").text(ClusterHooks.CLUSTER_ID)
        : fields.text("LogicalResourceId");
  }

  private static Task wanted(String type, String resourceType, Fields fields) {
    Fields properties = fields.object("ResourceProperties");
    return switch (resourceType) {
      case ClusterHooks.SERVER ->
          new Task.Server(
              properties.text(ClusterHooks.CLUSTER_ID),
              properties.text(ClusterHooks.STEP_ID),
              properties.textIfGiven(ClusterHooks.LOG_URI));
      case ClusterHooks.TARGET ->
          new Task.Health(
              properties.text(ClusterHooks.TARGET_GROUP_ARN),
              properties.text(ClusterHooks.INSTANCE_ID),
              properties.whole(ClusterHooks.PORT, 1, MAX_PORT));
      case ClusterHooks.BEFORE_REPLACEMENT ->
          type.equals("Update")
              ? replacement(fields.object("OldResourceProperties"), properties)
              : new Task.Pass();
      case ClusterHooks.BEFORE_DELETE -> {
        // Read for its mistakes, which are better found now than in the middle of a deletion.
        deletion(properties, properties.text(ClusterHooks.CLUSTER_ID));
        yield new Task.Pass();
      }
      default ->
          throw fields.wrong(
              "ResourceType",
              String.join(
                  ", ",
                  ClusterHooks.SERVER,
                  ClusterHooks.TARGET,
                  ClusterHooks.BEFORE_REPLACEMENT,
                  ClusterHooks.BEFORE_DELETE));
    };
  }

  private static Task replacement(Fields old, Fields wanted) {
    String generation = wanted.text(ClusterHooks.GENERATION);
    if (!generation.equals(old.text(ClusterHooks.GENERATION))) {
      return new Task.Replacement(generation, List.of());
    }
    Map<?, ?> before = old.map(ClusterHooks.PROPERTIES);
    Map<?, ?> after = wanted.map(ClusterHooks.PROPERTIES);
    Set<String> names = new TreeSet<>();
    before.keySet().forEach(name -> names.add(String.valueOf(name)));
    after.keySet().forEach(name -> names.add(String.valueOf(name)));
    List<Task.Change> changes = new ArrayList<>();
    for (String name : names) {
      if (!Objects.equals(before.get(name), after.get(name))) {
        changes.add(new Task.Change(name, shown(before.get(name)), shown(after.get(name))));
      }
    }
    return new Task.Replacement(generation, changes);
  }

  private static String shown(@Nullable Object value) {
    return value == null
        ? "not set"
        : Texts.abbreviated(value instanceof String text ? text : Json.write(value));
  }

  private static Task.Deletion deletion(Fields properties, String clusterId) {
    return new Task.Deletion(
        clusterId, properties.textIfGiven(ClusterHooks.TARGET_GROUP_ARN), policy(properties));
  }

  private static Task.Policy policy(Fields properties) {
    return switch (properties.text(Hooks.POLICY)) {
      case Hooks.REFUSE -> new Task.Policy(Task.PolicyKind.REFUSE, Duration.ZERO);
      case Hooks.DRAIN ->
          new Task.Policy(
              Task.PolicyKind.DRAIN,
              Duration.ofMinutes(properties.whole(Hooks.MAX_WAIT_MINUTES, 1, MAX_MINUTES)));
      case Hooks.TERMINATE -> new Task.Policy(Task.PolicyKind.TERMINATE, Duration.ZERO);
      case Hooks.RETAIN -> new Task.Policy(Task.PolicyKind.RETAIN, Duration.ZERO);
      default -> throw properties.wrong(Hooks.POLICY, "REFUSE, DRAIN, TERMINATE or RETAIN");
    };
  }
}
