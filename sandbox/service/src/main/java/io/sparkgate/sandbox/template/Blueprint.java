package io.sparkgate.sandbox.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a template would deploy, as far as the sandbox plays it: names are made up, references are
 * resolved to them.
 *
 * @param stack the name of the stack
 * @param application the properties of AWS::EMRServerless::Application in the words of
 *     CreateApplication (camelCase), its id and ARN
 * @param executionRoleArn the role that sessions run as
 * @param principals the roles of the template by their logical ids, with their policies
 * @param buckets the names of the template's buckets by their logical ids
 * @param functions the scheduled functions that watch the application, the most frequent first
 * @param parameters the values of the parameters in Parameter Store by their names
 */
public record Blueprint(
    String stack,
    String account,
    String region,
    Application application,
    String executionRoleArn,
    Map<String, Principal> principals,
    Map<String, String> buckets,
    List<ScheduledFunction> functions,
    Map<String, String> parameters) {

  /** The ARN of a parameter in Parameter Store, or of all below a name that ends in a star. */
  public String parameterArn(String name) {
    String partition = application.arn().split(":", 3)[1];
    String resource = "parameter/" + name.replaceFirst("^/", "");
    return String.join(":", "arn", partition, "ssm", region, account, resource);
  }

  /** The application before it is created. */
  public record Application(String id, String arn, JsonNode createRequest) {}

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
