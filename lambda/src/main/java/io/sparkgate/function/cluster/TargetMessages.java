package io.sparkgate.function.cluster;

import io.sparkgate.function.resource.Texts;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why the load balancer does not let anybody through to the server. */
final class TargetMessages {

  private TargetMessages() {}

  static String neverHealthy(Task.Health task, Targets.Health health, Duration elapsed) {
    return Texts.limited(
        ("The load balancer does not find the Spark Connect server on port %d of %s healthy "
                + "after %d minutes: it is %s%s.")
            .formatted(
                task.port(), task.instanceId(), elapsed.toMinutes(), health.state(), said(health)),
        " What to do: %s; then deploy again.".formatted(remedy(task, health.reason())));
  }

  static String noTargetGroup(Task.Health task) {
    return ("There is no target group %s (any more), so that no load balancer can reach the Spark "
            + "Connect server. What to do: deploy again; if somebody deleted it, remove the "
            + "endpoint, deploy, add it again, and deploy, which makes a new one.")
        .formatted(task.targetGroupArn());
  }

  private static String said(Targets.Health health) {
    if (health.reason() == null) {
      return health.description() == null ? "" : " (%s)".formatted(health.description());
    }
    return health.description() == null
        ? " (%s)".formatted(health.reason())
        : " (%s: %s)".formatted(health.reason(), health.description());
  }

  private static String remedy(Task.Health task, @Nullable String reason) {
    int port = task.port();
    String instance = task.instanceId();
    String journal =
        "see what the server says (on the primary node: journalctl -u spark-connect -n 100)";
    return switch (Objects.requireNonNullElse(reason, "")) {
      case "Target.Timeout" ->
          ("let port %d through: nothing answers, so either the security group of the primary node"
                  + " does not let it in from the load balancer's, or the load balancer's does not"
                  + " let it out to the node's; if both do, the server is overloaded")
              .formatted(port);
      case "Target.FailedHealthChecks" ->
          "%s: the connection to port %d of %s is refused or breaks off, so nothing listens there"
              .formatted(journal, port, instance);
      case "Target.ResponseCodeMismatch" ->
          ("see what listens on port %d of %s: it answers, but not as a Spark Connect server does"
                  + " (gRPC status 12)")
              .formatted(port, instance);
      case "Target.NotRegistered" ->
          "see whether somebody took %s out of the target group".formatted(instance);
      case "Target.NotInUse" ->
          ("see that a listener forwards to the target group, and that the load balancer has a"
                  + " subnet in the availability zone of %s")
              .formatted(instance);
      case "Target.InvalidState" ->
          "see why %s does not run: it is stopped or terminated".formatted(instance);
      case "Target.DeregistrationInProgress" ->
          "see who takes %s out of the target group".formatted(instance);
      default -> journal;
    };
  }
}
