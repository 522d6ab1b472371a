package io.sparkgate.function.cluster;

import io.sparkgate.function.resource.Texts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why there is no server. */
final class ServerMessages {

  /** CloudFormation runs a step once. */
  private static final String ANOTHER_STEP =
      "deploy with another number in restart(…) of the cluster, or in its setting restart in"
          + " cdk.json, which makes a new step";

  private ServerMessages() {}

  static String stepFailed(Task.Server task, Clusters.SeenStep step) {
    return Texts.limited(
        "Step %s, which installs the Spark Connect server on cluster %s, is %s%s."
            .formatted(task.stepId(), task.clusterId(), step.state(), because(step.reason())),
        step.state().equals("CANCELLED")
            ? " Somebody cancelled it, or the cluster ended. What to do: %s."
                .formatted(ANOTHER_STEP)
            : " What it printed is in "
                + log(task)
                + ". What to do: correct what it names, and deploy again. Until a deployment"
                + " succeeds, the server has the settings of this step or is down: a rollback does"
                + " not run the earlier step again, nor does a deployment of the earlier settings."
                + " To go back to those, %s.".formatted(ANOTHER_STEP));
  }

  static String clusterIsOver(Task.Server task, Clusters.Seen cluster) {
    return Texts.limited(
        "Cluster %s is %s%s, so that no Spark Connect server can be installed on it."
            .formatted(task.clusterId(), cluster.state(), because(cluster.reason())),
        (" What to do: correct what the reason names (aws emr describe-cluster --cluster-id "
                + "%s), and deploy a new cluster by raising its generation.")
            .formatted(task.clusterId()));
  }

  static String noCluster(Task.Server task) {
    return ("There is no cluster %s (any more), so that no Spark Connect server can be installed"
            + " on it. What to do: deploy a new cluster by raising its generation.")
        .formatted(task.clusterId());
  }

  static String noStep(Task.Server task) {
    return ("Cluster %s has no step %s (any more), which installs the Spark Connect server."
            + " What to do: %s.")
        .formatted(task.clusterId(), task.stepId(), ANOTHER_STEP);
  }

  static String noPrimary(Task.Server task, Duration elapsed) {
    return ("Step %s has installed the Spark Connect server, but cluster %s has no running primary "
            + "node after %d minutes. What to do: see what became of it (aws emr list-instances "
            + "--cluster-id %s --instance-fleet-type MASTER), and deploy again.")
        .formatted(task.stepId(), task.clusterId(), elapsed.toMinutes(), task.clusterId());
  }

  static String tooLate(Task.Server task, Clusters.Seen cluster, String step, Duration elapsed) {
    String cause =
        switch (step) {
          case "PENDING" ->
              cluster.isUp()
                  ? "other steps run before it (aws emr list-steps --cluster-id %s)"
                      .formatted(task.clusterId())
                  : "the cluster does not start: see its bootstrap actions and capacity";
          default -> "what it printed is in " + log(task);
        };
    return Texts.limited(
        ("Step %s, which installs the Spark Connect server, is still %s after %d minutes, and "
                + "cluster %s is %s%s")
            .formatted(
                task.stepId(),
                step,
                elapsed.toMinutes(),
                task.clusterId(),
                cluster.state(),
                because(cluster.reason())),
        "; %s. What to do: mend that, and deploy again.".formatted(cause));
  }

  private static String because(@Nullable String reason) {
    return reason == null ? "" : " (%s)".formatted(reason.replaceAll("\\s+", " "));
  }

  private static String log(Task.Server task) {
    return task.logUri() == null
        ? "no log, as the cluster has no LogUri"
        : task.log() + ", where it gets within five minutes";
  }
}
