package io.sparkgate.sandbox.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a template would deploy, as far as the sandbox plays it: names are made up, references are
 * resolved to them.
 *
 * @param stack the name of the stack
 * @param application the properties of AWS::EMRServerless::Application in the words of
 *     CreateApplication (camelCase), its id and ARN; empty in a stack that has only a cluster
 * @param executionRoleArn the role that sessions run as; empty without an application
 * @param cluster the cluster of EMR on EC2 that serves Spark Connect, if there is one
 * @param principals the roles of the template by their logical ids, with their policies
 * @param buckets the names of the template's buckets by their logical ids
 * @param functions the scheduled functions that watch the application, the most frequent first
 * @param parameters those of Parameter Store by their names
 */
public record Blueprint(
    String stack,
    String account,
    String region,
    Optional<Application> application,
    String executionRoleArn,
    Optional<ClusterBlueprint> cluster,
    Map<String, Principal> principals,
    Map<String, String> buckets,
    List<ScheduledFunction> functions,
    Map<String, Parameter> parameters) {

  /** The ARN of a parameter in Parameter Store, or of all below a name that ends in a star. */
  public String parameterArn(String name) {
    return arn("ssm", "parameter/" + name.replaceFirst("^/", ""));
  }

  /** The ARN of something in the stack's account and Region. */
  public String arn(String service, String resource) {
    return String.join(":", "arn", partition(), service, region, account, resource);
  }

  /** What {@code AWS::Partition} is where the stack goes, for example {@code aws}. */
  public String partition() {
    return StackFile.partitionOf(region);
  }

  /** The application before it is created. */
  public record Application(String id, String arn, JsonNode createRequest) {}

  /**
   * A parameter of Parameter Store.
   *
   * @param type String, or StringList for a value that is texts with commas between them
   */
  public record Parameter(String type, String value) {}

  /**
   * A role.
   *
   * @param trust who may assume it, with references resolved
   * @param maxSessionDuration for how long one may assume it at most
   * @param statements of all its policies, with references resolved
   */
  public record Principal(
      String logicalId,
      String arn,
      String uniqueId,
      JsonNode trust,
      Duration maxSessionDuration,
      List<JsonNode> statements) {}

  /**
   * A function, how often it runs, and as whom.
   *
   * @param name what people call it, such as {@code reaper}; no other function has it
   */
  public record ScheduledFunction(
      String name, JavaFunction function, Duration every, String roleLogicalId) {}
}
