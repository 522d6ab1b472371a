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
 */
public record Blueprint(
    String stack,
    String account,
    String region,
    Application application,
    String executionRoleArn,
    Map<String, Principal> principals,
    Map<String, String> buckets,
    List<ScheduledFunction> functions) {

  /** The application before it is created. */
  public record Application(String id, String arn, JsonNode createRequest) {}

  /**
   * A role.
   *
   * @param statements of all its policies, with references resolved
   */
  public record Principal(
      String logicalId, String arn, String uniqueId, JsonNode trust, List<JsonNode> statements) {}

  /**
   * A function, how often it runs, and as whom.
   *
   * @param name what people call it, such as {@code reaper}; no other function has it
   */
  public record ScheduledFunction(
      String name, JavaFunction function, Duration every, String roleLogicalId) {}
}
