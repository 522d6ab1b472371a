package io.sparkgate.function.cluster;

import io.sparkgate.function.aws.Calls;
import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.aws.ServiceCallException.Kind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.Cluster;
import software.amazon.awssdk.services.emr.model.ClusterStateChangeReason;
import software.amazon.awssdk.services.emr.model.DescribeClusterRequest;
import software.amazon.awssdk.services.emr.model.DescribeStepRequest;
import software.amazon.awssdk.services.emr.model.FailureDetails;
import software.amazon.awssdk.services.emr.model.Instance;
import software.amazon.awssdk.services.emr.model.InstanceFleetType;
import software.amazon.awssdk.services.emr.model.InstanceState;
import software.amazon.awssdk.services.emr.model.ListInstancesRequest;
import software.amazon.awssdk.services.emr.model.StepStateChangeReason;
import software.amazon.awssdk.services.emr.model.StepStatus;
import software.amazon.awssdk.services.emr.model.TerminateJobFlowsRequest;

/** Clusters of EMR, as far as anything is decided on them. */
public final class Clusters {

  private static final Set<String> OVER =
      Set.of("TERMINATING", "TERMINATED", "TERMINATED_WITH_ERRORS");
  private static final Set<String> UP = Set.of("RUNNING", "WAITING");

  private final EmrClient client;
  private final Calls calls;

  public Clusters(EmrClient client, Calls calls) {
    this.client = client;
    this.calls = calls;
  }

  /**
   * A cluster as it is now.
   *
   * @param state by the service's name
   * @param reason why it is in that state, code and message; null where the service does not say
   * @param readyAt since when it takes steps; null before that
   * @param terminationProtected whether the service refuses to terminate it
   */
  public record Seen(
      String id,
      String state,
      @Nullable String reason,
      @Nullable Instant readyAt,
      boolean terminationProtected,
      Map<String, String> tags) {

    /** Whether it ends, or has ended. */
    public boolean isOver() {
      return OVER.contains(state);
    }

    /** Whether it takes work. */
    public boolean isUp() {
      return UP.contains(state);
    }
  }

  /**
   * A step as it is now.
   *
   * @param state by the service's name
   * @param reason all that the service says about it; null where it says nothing
   */
  public record SeenStep(String state, @Nullable String reason) {}

  /** The cluster; empty where there is none by that id. */
  public Optional<Seen> look(String clusterId) throws ServiceCallException {
    DescribeClusterRequest.Builder request = DescribeClusterRequest.builder().clusterId(clusterId);
    try {
      return Optional.of(
          calls.make(
              "DescribeCluster",
              limit ->
                  seen(
                      client
                          .describeCluster(request.overrideConfiguration(limit).build())
                          .cluster())));
    } catch (ServiceCallException e) {
      return emptyIfGone(e);
    }
  }

  /** The step; empty where there is none by that id. */
  public Optional<SeenStep> step(String clusterId, String stepId) throws ServiceCallException {
    DescribeStepRequest.Builder request =
        DescribeStepRequest.builder().clusterId(clusterId).stepId(stepId);
    try {
      return Optional.of(
          calls.make(
              "DescribeStep",
              limit ->
                  seen(
                      client
                          .describeStep(request.overrideConfiguration(limit).build())
                          .step()
                          .status())));
    } catch (ServiceCallException e) {
      return emptyIfGone(e);
    }
  }

  /** The EC2 instance that is the primary node; empty while there is none. */
  public Optional<String> primary(String clusterId) throws ServiceCallException {
    ListInstancesRequest.Builder request =
        ListInstancesRequest.builder()
            .clusterId(clusterId)
            .instanceFleetType(InstanceFleetType.MASTER)
            .instanceStates(InstanceState.RUNNING);
    return calls
        .make(
            "ListInstances",
            limit -> client.listInstances(request.overrideConfiguration(limit).build()))
        .instances()
        .stream()
        .map(Instance::ec2InstanceId)
        .findFirst();
  }

  public void terminate(String clusterId) throws ServiceCallException {
    TerminateJobFlowsRequest.Builder request =
        TerminateJobFlowsRequest.builder().jobFlowIds(List.of(clusterId));
    calls.make(
        "TerminateJobFlows",
        limit -> client.terminateJobFlows(request.overrideConfiguration(limit).build()));
  }

  private static <T> Optional<T> emptyIfGone(ServiceCallException e) throws ServiceCallException {
    if (e.kind() == Kind.NOT_FOUND) {
      return Optional.empty();
    }
    throw e;
  }

  private static Seen seen(Cluster cluster) {
    Map<String, String> tags = new LinkedHashMap<>();
    cluster.tags().forEach(tag -> tags.put(tag.key(), tag.value() == null ? "" : tag.value()));
    ClusterStateChangeReason reason = cluster.status().stateChangeReason();
    return new Seen(
        cluster.id(),
        cluster.status().stateAsString(),
        reason == null ? null : joined(reason.codeAsString(), reason.message()),
        cluster.status().timeline() == null ? null : cluster.status().timeline().readyDateTime(),
        Boolean.TRUE.equals(cluster.terminationProtected()),
        tags);
  }

  private static SeenStep seen(StepStatus status) {
    FailureDetails details = status.failureDetails();
    StepStateChangeReason reason = status.stateChangeReason();
    return new SeenStep(
        status.stateAsString(),
        joined(
            reason == null ? null : joined(reason.codeAsString(), reason.message()),
            details == null ? null : joined(details.reason(), details.message())));
  }

  /** As in "BOOTSTRAP_FAILURE: On the master instance …"; null for nothing. */
  private static @Nullable String joined(@Nullable String first, @Nullable String second) {
    if (first == null || first.isBlank()) {
      return second == null || second.isBlank() ? null : second;
    }
    return second == null || second.isBlank() ? first : first + ": " + second;
  }
}
