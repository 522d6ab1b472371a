package io.sparkgate.function.lifecycle;

import io.sparkgate.border.Hooks;
import io.sparkgate.function.resource.Fields;
import io.sparkgate.function.resource.RequestFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request of CloudFormation as the custom resource framework passes it on.
 *
 * @param requestId the same in all calls for one request
 * @param logicalId of the custom resource
 * @param physicalId of the resource
 * @param startedAt what the first call answered; null in the first call
 */
record Request(
    String type,
    String resourceType,
    String requestId,
    String logicalId,
    String physicalId,
    Task task,
    @Nullable Instant startedAt) {

  private static final int MAX_MINUTES = 10_080;

  /**
   * Reads it from the event, which is no text for messages: it has an address that lets anybody
   * answer.
   *
   * @throws RequestFailed with one sentence on the first thing that is wrong
   */
  static Request parse(@Nullable Object event) {
    Fields fields = Fields.of(event);
    String type = fields.text("RequestType");
    String resourceType = fields.text("ResourceType");
    Task task =
        switch (resourceType) {
          case Hooks.BEFORE_UPDATE -> beforeUpdate(type, fields);
          case Hooks.BEFORE_DELETE -> beforeDelete(type, fields);
          default ->
              throw fields.wrong(
                  "ResourceType", Hooks.BEFORE_UPDATE + " or " + Hooks.BEFORE_DELETE);
        };
    String physicalId =
        task instanceof Task.Pass pass ? pass.physicalId() : fields.text("PhysicalResourceId");
    return new Request(
        type,
        resourceType,
        fields.text("RequestId"),
        fields.text("LogicalResourceId"),
        physicalId,
        task,
        fields.startedAt());
  }

  /** What does not clear the way calls nobody: at a creation, the function may not even do so. */
  private static Task beforeUpdate(String type, Fields fields) {
    if (type.equals("Delete")) {
      return new Task.Pass(fields.text("PhysicalResourceId"));
    }
    Fields properties = fields.object("ResourceProperties");
    String logicalId = properties.text(Hooks.APPLICATION_LOGICAL_ID);
    Settings wanted = Settings.of(properties);
    StopPolicy policy = policy(properties, "REFUSE, DRAIN or TERMINATE");
    return switch (type) {
      // It is the same as long as the resource is: another would be a replacement.
      case "Create" -> new Task.Pass(fields.text("LogicalResourceId"));
      case "Update" ->
          new Task.BeforeUpdate(
              fields.text("StackId"),
              logicalId,
              wanted.changeFrom(Settings.of(fields.object("OldResourceProperties"))),
              policy);
      default -> throw fields.wrong("RequestType", "Create, Update or Delete");
    };
  }

  /** The application's settings, as far as they tell whether two deployments differ. */
  private record Settings(String fingerprint, List<?> references, String whileStarted) {

    static Settings of(Fields properties) {
      return new Settings(
          properties.text(Hooks.FINGERPRINT),
          properties.list(Hooks.REFERENCES),
          properties.text(Hooks.WHILE_STARTED));
    }

    Task.Change changeFrom(Settings old) {
      if (equals(old)) {
        return Task.Change.NONE;
      }
      return fingerprint.equals(old.fingerprint) && references.equals(old.references)
          ? Task.Change.WHILE_STARTED
          : Task.Change.NEEDS_STOP;
    }
  }

  private static Task beforeDelete(String type, Fields fields) {
    Fields properties = fields.object("ResourceProperties");
    String applicationId = properties.text(Hooks.APPLICATION_ID);
    // An application that the stack leaves behind is nobody's to stop.
    Optional<StopPolicy> policy =
        properties.text(Hooks.POLICY).equals(Hooks.RETAIN)
            ? Optional.empty()
            : Optional.of(policy(properties, "REFUSE, DRAIN, TERMINATE or RETAIN"));
    return switch (type) {
      case "Create", "Update" -> new Task.Pass(applicationId);
      case "Delete" -> {
        String id = fields.text("PhysicalResourceId");
        yield policy.<Task>map(each -> new Task.BeforeDelete(id, each)).orElse(new Task.Pass(id));
      }
      default -> throw fields.wrong("RequestType", "Create, Update or Delete");
    };
  }

  private static StopPolicy policy(Fields properties, String allowed) {
    return switch (properties.text(Hooks.POLICY)) {
      case Hooks.REFUSE -> new StopPolicy.Refuse();
      case Hooks.DRAIN ->
          new StopPolicy.Drain(
              Duration.ofMinutes(properties.whole(Hooks.MAX_WAIT_MINUTES, 1, MAX_MINUTES)));
      case Hooks.TERMINATE -> new StopPolicy.Terminate();
      default -> throw properties.wrong(Hooks.POLICY, allowed);
    };
  }
}
