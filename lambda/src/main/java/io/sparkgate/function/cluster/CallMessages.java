package io.sparkgate.function.cluster;

import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.resource.Texts;
import java.time.Duration;

/** Why nothing can be said about a cluster. */
final class CallMessages {

  private CallMessages() {}

  static String denied(Task task, ServiceCallException e) {
    return Texts.limited(
        "The function may not call %s, without which it cannot tell %s: %s."
            .formatted(e.operation(), question(task), Texts.error(e)),
        " What to do: see what limits the function's role, such as a policy of the organization or"
            + " a permissions boundary, allow it there, and "
            + again(task)
            + ".");
  }

  /** The deadline passed and nothing can be seen. */
  static String unseen(Task task, Duration elapsed, String lastError) {
    return Texts.limited(
        "For %d minutes it cannot be found out %s. The last error: %s."
            .formatted(elapsed.toMinutes(), question(task), lastError),
        " When the service answers, %s.".formatted(again(task)));
  }

  private static String question(Task task) {
    if (task instanceof Task.Server server) {
      return "whether the Spark Connect server of cluster %s is up".formatted(server.clusterId());
    }
    if (task instanceof Task.Health health) {
      return "whether the load balancer finds the Spark Connect server on %s healthy"
          .formatted(health.instanceId());
    }
    if (task instanceof Task.Deletion deletion) {
      return "whether cluster %s, which is to be deleted, is in use"
          .formatted(deletion.clusterId());
    }
    return "whether the cluster may be replaced";
  }

  private static String again(Task task) {
    return task instanceof Task.Deletion ? "delete the stack again" : "deploy again";
  }
}
