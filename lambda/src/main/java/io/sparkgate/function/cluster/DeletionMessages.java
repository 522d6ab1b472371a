package io.sparkgate.function.cluster;

import java.time.Duration;
import java.util.StringJoiner;

/** Why a cluster is not deleted. */
final class DeletionMessages {

  private DeletionMessages() {}

  /**
   * Somebody uses it.
   *
   * @param waited zero where nobody waited
   */
  static String inUse(Task.Deletion task, Usage.Seen usage, Duration waited) {
    StringJoiner seen = new StringJoiner(", and ");
    if (usage.requests() > 0) {
      seen.add(
          "%d request%s came through its load balancer in the last 5 minutes"
              .formatted(usage.requests(), usage.requests() == 1 ? "" : "s"));
    }
    if (usage.containers() > 1) {
      seen.add(
          "%d containers of YARN ran in the last 10 minutes, of which the server is one"
              .formatted(usage.containers()));
    }
    String id = task.clusterId();
    return ("Cluster %s is %sin use%s, and is not deleted while it is: %s. It was left as it is. "
            + "What to do: have people end their work, or wait, then delete the stack again;"
            + " or end it for them (aws emr modify-cluster-attributes --cluster-id %s"
            + " --no-termination-protected, then aws emr terminate-clusters --cluster-ids %s), and"
            + " delete the stack again.")
        .formatted(
            id,
            waited.isZero() ? "" : "still ",
            waited.isZero() ? "" : " after a wait of %d minutes".formatted(waited.toMinutes()),
            seen,
            id,
            id);
  }
}
