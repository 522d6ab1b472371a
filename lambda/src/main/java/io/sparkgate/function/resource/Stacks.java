package io.sparkgate.function.resource;

import io.sparkgate.function.aws.Calls;
import io.sparkgate.function.aws.ServiceCallException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackResourceRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDetail;

/** What CloudFormation knows of a stack and its resources. */
public final class Stacks {

  private final CloudFormationClient client;
  private final Calls calls;

  public Stacks(CloudFormationClient client, Calls calls) {
    this.client = client;
    this.calls = calls;
  }

  /**
   * A resource that there is.
   *
   * @param settled whether all that CloudFormation began with it went well
   * @param touchedAt when CloudFormation last began or finished something with it
   */
  public record Resource(String physicalId, boolean settled, Instant touchedAt) {}

  /**
   * An update of a stack.
   *
   * @param goesBack whether CloudFormation rolls it back
   * @param since when it was begun; null where CloudFormation does not say
   */
  public record Update(boolean goesBack, @Nullable Instant since) {

    /** Whether a rollback finds the resource as it was before the update. */
    public boolean hasNotReached(Resource resource) {
      return goesBack
          && resource.settled()
          && since != null
          && resource.touchedAt().isBefore(since);
    }
  }

  /** The status of the stack. */
  public String status(String stackId) throws ServiceCallException {
    return stack(stackId).stackStatusAsString();
  }

  /** The update that the stack is in. */
  public Update update(String stackId) throws ServiceCallException {
    Stack stack = stack(stackId);
    return new Update(
        stack.stackStatusAsString().startsWith("UPDATE_ROLLBACK"), stack.lastUpdatedTime());
  }

  private Stack stack(String stackId) throws ServiceCallException {
    DescribeStacksRequest.Builder request = DescribeStacksRequest.builder().stackName(stackId);
    return calls
        .make(
            "DescribeStacks",
            limit -> client.describeStacks(request.overrideConfiguration(limit).build()))
        .stacks()
        .get(0);
  }

  /** The resource; empty where there is none, or none yet. */
  public Optional<Resource> find(String stackId, String logicalId) throws ServiceCallException {
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
          : Optional.of(
              new Resource(
                  physicalId,
                  found.resourceStatusAsString().endsWith("_COMPLETE"),
                  found.lastUpdatedTimestamp()));
    } catch (ServiceCallException e) {
      if (e.kind() == ServiceCallException.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
