package io.sparkgate.function.cluster;

import io.sparkgate.border.ClusterHooks;
import io.sparkgate.function.aws.Calls;
import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.aws.ServiceCallException.Kind;
import io.sparkgate.function.resource.RequestRecord;
import io.sparkgate.function.resource.Stacks;
import io.sparkgate.function.resource.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** One look at what a request is about, and what follows from it. */
final class Looking {

  private static final String REPLACED =
      "another cluster has taken its place, which somebody consented to";

  private final Clusters clusters;
  private final Targets targets;
  private final Usage usage;
  private final Stacks stacks;
  private final Request request;
  private final RequestRecord record;
  private final Duration elapsed;
  private final Instant now;

  Looking(
      Services services,
      Calls calls,
      Request request,
      RequestRecord record,
      Instant startedAt,
      Instant now) {
    this.clusters = new Clusters(services.emr(), calls);
    this.targets = new Targets(services.loadBalancing(), calls);
    this.usage = new Usage(services.cloudWatch(), calls);
    this.stacks = new Stacks(services.cloudFormation(), calls);
    this.request = request;
    this.record = record;
    this.elapsed = Duration.between(startedAt, now);
    this.now = now;
  }

  Outcome outcome() {
    Outcome outcome;
    try {
      outcome = look(request.task());
    } catch (ServiceCallException e) {
      outcome = notSeen(e);
    }
    return outcome instanceof Outcome.Fail fail && request.isUpdate()
        ? unlessGoingBack(fail)
        : outcome;
  }

  private Outcome look(Task task) throws ServiceCallException {
    if (task instanceof Task.Server server) {
      return server(server);
    }
    if (task instanceof Task.Health health) {
      return Decisions.ofTarget(health, targets.look(health), elapsed);
    }
    if (task instanceof Task.Replacement replacement) {
      return Decisions.ofReplacement(replacement);
    }
    if (task instanceof Task.Deletion deletion) {
      return deletion(deletion);
    }
    return new Outcome.Done("nothing is to be done for it");
  }

  private Outcome server(Task.Server task) throws ServiceCallException {
    record.put("clusterId", task.clusterId());
    Optional<Clusters.Seen> cluster = clusters.look(task.clusterId());
    boolean there = cluster.isPresent() && !cluster.get().isOver();
    Optional<Clusters.SeenStep> step =
        there ? clusters.step(task.clusterId(), task.stepId()) : Optional.empty();
    Optional<String> primary =
        step.isPresent() && step.get().state().equals("COMPLETED")
            ? clusters.primary(task.clusterId())
            : Optional.empty();
    return Decisions.ofServer(task, cluster, step, primary, elapsed);
  }

  private Outcome deletion(Task.Deletion task) throws ServiceCallException {
    record.put("clusterId", task.clusterId());
    Task.PolicyKind policy = task.policy().kind();
    if (policy == Task.PolicyKind.TERMINATE || policy == Task.PolicyKind.RETAIN) {
      return new Outcome.Done("nobody is asked where the policy is to %s".formatted(policy));
    }
    if (isOver(task.clusterId())) {
      return new Outcome.Done("the cluster is over");
    }
    boolean replaced = isReplaced(task);
    if (replaced && policy == Task.PolicyKind.REFUSE) {
      return new Outcome.Done(REPLACED);
    }
    // Requests come to the one that has taken its place.
    Usage.Seen seen = usage.recent(task.clusterId(), replaced ? null : task.targetGroupArn(), now);
    record.put("requests", seen.requests());
    record.put("containers", seen.containers());
    Outcome outcome = Decisions.ofDeletion(task, seen, elapsed);
    return replaced && outcome instanceof Outcome.Fail ? new Outcome.Done(REPLACED) : outcome;
  }

  /**
   * What may not be looked at is perhaps gone, and its tag with it, by which the function may look
   * at a cluster that was replaced: CloudWatch tells whether anybody uses it all the same.
   */
  private boolean isOver(String clusterId) throws ServiceCallException {
    try {
      return clusters.look(clusterId).map(Clusters.Seen::isOver).orElse(true);
    } catch (ServiceCallException e) {
      if (e.kind() != Kind.DENIED) {
        throw e;
      }
      record.error(Texts.error(e));
      return false;
    }
  }

  /**
   * Whether the stack has another resource by this name already, so that this is the old one that
   * CloudFormation cleans up: assumed, not seen. To refuse then would keep a cluster that nobody
   * finds.
   */
  private boolean isReplaced(Task.Deletion task) throws ServiceCallException {
    try {
      return stacks
          .find(request.stackId(), request.logicalId())
          .map(resource -> !resource.physicalId().equals(task.clusterId()))
          .orElse(false);
    } catch (ServiceCallException e) {
      if (e.kind() != Kind.DENIED) {
        throw e;
      }
      record.error(Texts.error(e));
      return false;
    }
  }

  /** What cannot be seen now may be in the next call; to hurry would only be throttled. */
  private Outcome notSeen(ServiceCallException e) {
    Task task = request.task();
    String error = Texts.error(e);
    record.error(error);
    if (e.kind() == Kind.DENIED) {
      return elapsed.compareTo(Decisions.untilAllowed(task)) < 0
          ? new Outcome.Wait("the function may not look at it, or not yet")
          : new Outcome.Fail(CallMessages.denied(task, e));
    }
    if (e.kind() == Kind.NOT_FOUND && task instanceof Task.Health health) {
      return new Outcome.Fail(TargetMessages.noTargetGroup(health));
    }
    return elapsed.compareTo(Decisions.deadline(task)) >= 0
        ? new Outcome.Fail(CallMessages.unseen(task, elapsed, error))
        : new Outcome.Wait("it could not be looked at");
  }

  /**
   * A rollback is let through: to fail it would leave a stack that takes no deployment, and what it
   * goes back to was there before.
   */
  private Outcome unlessGoingBack(Outcome.Fail fail) {
    try {
      if (!stacks.update(request.stackId()).goesBack()) {
        return fail;
      }
      record.error(fail.message());
      return new Outcome.Done("CloudFormation goes back, which is not stood in the way of", rest());
    } catch (ServiceCallException e) {
      record.error(Texts.error(e));
      // The framework ends this, should it never be answered.
      return e.kind() == Kind.DENIED ? fail : new Outcome.Wait("the stack could not be looked at");
    }
  }

  /** Without its attribute, what refers to the server could not go back either. */
  private Map<String, String> rest() throws ServiceCallException {
    return request.task() instanceof Task.Server task
        ? clusters
            .primary(task.clusterId())
            .map(id -> Map.of(ClusterHooks.PRIMARY_INSTANCE_ID, id))
            .orElse(Map.of())
        : Map.of();
  }
}
