package io.sparkgate.function.cluster;

import io.sparkgate.border.ClusterHooks;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What is to be answered to what was seen; pure. */
final class Decisions {

  /** For how long it is tried to see something that could be answered at once. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  /** After which what the function was just allowed surely counts: assumed, not seen. */
  private static final Duration ALLOWED = Duration.ofMinutes(2);

  private Decisions() {}

  /** When a task gives up: before the framework does, which would not say why. */
  static Duration deadline(Task task) {
    if (task instanceof Task.Server) {
      return Duration.ofMinutes(ClusterHooks.SERVER_MINUTES);
    }
    if (task instanceof Task.Health) {
      return Duration.ofMinutes(ClusterHooks.TARGET_MINUTES);
    }
    return task instanceof Task.Deletion deletion
            && deletion.policy().maxWait().compareTo(PATIENCE) > 0
        ? deletion.policy().maxWait()
        : PATIENCE;
  }

  /**
   * For how long a refused call may be due to a policy that was made a moment ago. Not at a
   * deletion, which finds policies that are old.
   */
  static Duration untilAllowed(Task task) {
    return task instanceof Task.Deletion ? Duration.ZERO : ALLOWED;
  }

  /**
   * Whether the server is up.
   *
   * @param cluster empty where there is none
   * @param step empty where there is none
   * @param primary empty where no instance is the primary node
   */
  static Outcome ofServer(
      Task.Server task,
      Optional<Clusters.Seen> cluster,
      Optional<Clusters.SeenStep> step,
      Optional<String> primary,
      Duration elapsed) {
    if (cluster.isEmpty()) {
      return new Outcome.Fail(ServerMessages.noCluster(task));
    }
    if (cluster.get().isOver()) {
      return new Outcome.Fail(ServerMessages.clusterIsOver(task, cluster.get()));
    }
    if (step.isEmpty()) {
      return new Outcome.Fail(ServerMessages.noStep(task));
    }
    String state = step.get().state();
    boolean late = elapsed.compareTo(deadline(task)) >= 0;
    return switch (state) {
      case "COMPLETED" ->
          primary
              .<Outcome>map(
                  instance ->
                      new Outcome.Done(
                          "the server is up on " + instance,
                          Map.of(ClusterHooks.PRIMARY_INSTANCE_ID, instance)))
              .orElseGet(
                  () ->
                      late
                          ? new Outcome.Fail(ServerMessages.noPrimary(task, elapsed))
                          : new Outcome.Wait("no instance is the primary node"));
      case "FAILED", "CANCELLED", "INTERRUPTED" ->
          new Outcome.Fail(ServerMessages.stepFailed(task, step.get()));
      default ->
          late
              ? new Outcome.Fail(
                  ServerMessages.tooLate(task, cluster.get(), step.get().state(), elapsed))
              : new Outcome.Wait(
                  "the step is %s, the cluster %s".formatted(state, cluster.get().state()));
    };
  }

  /** Whether the load balancer finds the server healthy. */
  static Outcome ofTarget(Task.Health task, Targets.Health health, Duration elapsed) {
    if (health.isHealthy()) {
      return new Outcome.Done("the load balancer finds the server healthy");
    }
    return elapsed.compareTo(deadline(task)) >= 0
        ? new Outcome.Fail(TargetMessages.neverHealthy(task, health, elapsed))
        : new Outcome.Wait("the target is %s (%s)".formatted(health.state(), health.reason()));
  }

  /** Whether the cluster may be replaced. */
  static Outcome ofReplacement(Task.Replacement task) {
    return task.changes().isEmpty()
        ? new Outcome.Done("the cluster stays, or its replacement is consented to")
        : new Outcome.Fail(ReplacementMessages.refused(task));
  }

  /** Whether the cluster may be deleted, where the policy is to ask. */
  static Outcome ofDeletion(Task.Deletion task, Usage.Seen usage, Duration elapsed) {
    if (!usage.isUsed()) {
      return new Outcome.Done("nobody uses the cluster");
    }
    return switch (task.policy().kind()) {
      case TERMINATE, RETAIN ->
          new Outcome.Done("the policy is to %s".formatted(task.policy().kind()));
      case REFUSE -> new Outcome.Fail(DeletionMessages.inUse(task, usage, Duration.ZERO));
      case DRAIN ->
          elapsed.compareTo(task.policy().maxWait()) >= 0
              ? new Outcome.Fail(DeletionMessages.inUse(task, usage, elapsed))
              : new Outcome.Wait("somebody uses the cluster");
    };
  }
}
