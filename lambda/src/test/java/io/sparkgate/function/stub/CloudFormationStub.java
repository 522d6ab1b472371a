package io.sparkgate.function.stub;

import com.sun.net.httpserver.HttpExchange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for CloudFormation where it is asked for a stack or a resource of it. A client is
 * pointed at it by {@code AWS_ENDPOINT_URL_CLOUDFORMATION}.
 */
public final class CloudFormationStub extends QueryStub {

  private static final String XMLNS = "http://cloudformation.amazonaws.com/doc/2010-05-15/";

  private record Resource(@Nullable String physicalId, Instant touchedAt, String status) {}

  private record Update(String status, Instant since) {}

  private final Map<String, Resource> resources = new ConcurrentHashMap<>();
  private final Map<String, Update> updates = new ConcurrentHashMap<>();

  private CloudFormationStub() {
    super("cloudformation-stub", XMLNS);
  }

  /** Starts one on a free port. */
  public static CloudFormationStub start() {
    CloudFormationStub stub = new CloudFormationStub();
    stub.listen();
    return stub;
  }

  /**
   * Adds the resource to the stack, or replaces it.
   *
   * @param physicalId null while there is none yet
   * @param touchedAt when its status was updated
   */
  public CloudFormationStub put(
      String stackId, String logicalId, @Nullable String physicalId, Instant touchedAt) {
    return put(stackId, logicalId, physicalId, touchedAt, "UPDATE_COMPLETE");
  }

  /** The same, in a status. */
  public CloudFormationStub put(
      String stackId,
      String logicalId,
      @Nullable String physicalId,
      Instant touchedAt,
      String status) {
    resources.put(stackId + " " + logicalId, new Resource(physicalId, touchedAt, status));
    return this;
  }

  /** Says in which status the stack is, and since when it is updated. */
  public CloudFormationStub update(String stackId, String status, Instant since) {
    updates.put(stackId, new Update(status, since));
    return this;
  }

  @Override
  String answer(HttpExchange exchange, String action, Map<String, List<String>> query)
      throws Refused, InterruptedException {
    Operation operation =
        switch (action) {
          case "DescribeStackResource" -> Operation.DESCRIBE_STACK_RESOURCE;
          case "DescribeStacks" -> Operation.DESCRIBE_STACKS;
          default -> throw unknownAction();
        };
    Call call =
        Requests.call(
            exchange,
            operation,
            query.get("StackName").get(0),
            query.getOrDefault("LogicalResourceId", List.of("")).get(0),
            query);
    hear(call);
    return operation == Operation.DESCRIBE_STACKS ? describeStack(call) : describe(call);
  }

  private String describe(Call call) throws Refused {
    Resource resource = resources.get(call.application() + " " + call.session());
    if (resource == null) {
      throw new Refused(
          new Fault(
              400,
              "ValidationError",
              "Resource %s does not exist for stack %s"
                  .formatted(call.session(), call.application())));
    }
    String physicalId =
        resource.physicalId() == null
            ? ""
            : "<PhysicalResourceId>%s</PhysicalResourceId>".formatted(resource.physicalId());
    return """
        <DescribeStackResourceResponse xmlns="%s"><DescribeStackResourceResult>\
        <StackResourceDetail><LogicalResourceId>%s</LogicalResourceId>%s\
        <ResourceType>AWS::EMRServerless::Application</ResourceType>\
        <LastUpdatedTimestamp>%s</LastUpdatedTimestamp>\
        <ResourceStatus>%s</ResourceStatus></StackResourceDetail>\
        </DescribeStackResourceResult><ResponseMetadata><RequestId>stub-request</RequestId>\
        </ResponseMetadata></DescribeStackResourceResponse>"""
        .formatted(XMLNS, call.session(), physicalId, resource.touchedAt(), resource.status());
  }

  private String describeStack(Call call) throws Refused {
    Update update = updates.get(call.application());
    if (update == null) {
      throw new Refused(
          new Fault(
              400,
              "ValidationError",
              "Stack with id %s does not exist".formatted(call.application())));
    }
    return """
        <DescribeStacksResponse xmlns="%s"><DescribeStacksResult><Stacks><member>\
        <StackName>%s</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime>\
        <LastUpdatedTime>%s</LastUpdatedTime><StackStatus>%s</StackStatus></member></Stacks>\
        </DescribeStacksResult><ResponseMetadata><RequestId>stub-request</RequestId>\
        </ResponseMetadata></DescribeStacksResponse>"""
        .formatted(XMLNS, call.application(), update.since(), update.status());
  }
}
