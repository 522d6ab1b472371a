package io.sparkgate.function.cluster;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request asks for. */
sealed interface Task {

  /** Nothing but the resource's physical id. */
  record Pass() implements Task {}

  /**
   * Wait until a step has brought the server up.
   *
   * @param logUri below which the logs of steps stand; null where there are none
   */
  record Server(String clusterId, String stepId, @Nullable String logUri) implements Task {

    /** What the step printed, as EMR files it. */
    String log() {
      return logUri == null
          ? "nowhere, as the cluster has no LogUri"
          : "%s/%s/steps/%s/stderr.gz".formatted(logUri.replaceAll("/+$", ""), clusterId, stepId);
    }
  }

  /** Wait until the load balancer finds the server healthy. */
  record Health(String targetGroupArn, String instanceId, int port) implements Task {}

  /**
   * Refuse to replace the cluster, unless somebody consented.
   *
   * @param generation as it is wanted
   * @param changes to what can be set at creation only; none where the generation is another
   */
  record Replacement(String generation, List<Change> changes) implements Task {}

  /** A setting before and after, as they are shown. */
  record Change(String name, String before, String after) {}

  /**
   * Clear the way for the deletion.
   *
   * @param targetGroupArn of the endpoint; null where there is none
   */
  record Deletion(String clusterId, @Nullable String targetGroupArn, Policy policy)
      implements Task {}

  /** What to do about people who use a cluster that is to be deleted. */
  enum PolicyKind {
    REFUSE,
    DRAIN,
    TERMINATE,
    /** Nothing: CloudFormation leaves the cluster behind. */
    RETAIN
  }

  /**
   * The same with its wait.
   *
   * @param maxWait zero but for {@link PolicyKind#DRAIN}
   */
  record Policy(PolicyKind kind, Duration maxWait) {}
}
