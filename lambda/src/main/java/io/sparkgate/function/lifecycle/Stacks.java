package io.sparkgate.function.lifecycle;

import io.sparkgate.function.service.Calls;
import io.sparkgate.function.service.ServiceCallException;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackResourceRequest;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDetail;

/** What CloudFormation knows of a stack's resources. */
final class Stacks {

  private final CloudFormationClient client;
  private final Calls calls;

  Stacks(CloudFormationClient client, Calls calls) {
    this.client = client;
    this.calls = calls;
  }

  /**
   * A resource that there is.
   *
   * @param touchedAt when CloudFormation last began or finished something with it
   */
  record Resource(String physicalId, Instant touchedAt) {}

  /** The resource; empty where there is none, or none yet. */
  Optional<Resource> find(String stackId, String logicalId) throws ServiceCallException {
    DescribeStackResourceRequest.Builder request =
        DescribeStackResourceRequest.builder().stackName(stackId).logicalResourceId(logicalId);
    try {
      StackResourceDetail found =
          calls.make(
              "DescribeStackResource",
              limit ->
                  client
                      .describeStackResource(request.overrideConfiguration(limit).build())
                      .stackResourceDetail());
      String physicalId = found.physicalResourceId();
      return physicalId == null || physicalId.isEmpty()
          ? Optional.empty()
          : Optional.of(new Resource(physicalId, found.lastUpdatedTimestamp()));
    } catch (ServiceCallException e) {
      if (e.kind() == ServiceCallException.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
