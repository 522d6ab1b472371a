package io.sparkgate.function.cluster;

import java.util.HashMap;
import java.util.Map;

/** Requests as CloudFormation makes them for the custom resources of a cluster. */
final class Events {

  static final String STACK_ID = "arn:aws:cloudformation:eu-west-1:123456789012:stack/lake/5f3c";
  static final String TARGET_GROUP =
      "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/spark/0123456789abcdef";

  private Events() {}

  static Map<String, Object> server(String type) {
    return event(
        type,
        "Custom::SparkgateServer",
        Map.of("ClusterId", "j-1", "StepId", "s-1", "LogUri", "s3://logs/emr/"));
  }

  static Map<String, Object> target(String type) {
    return event(
        type,
        "Custom::SparkgateTarget",
        Map.of("TargetGroupArn", TARGET_GROUP, "InstanceId", "i-1", "Port", "15002"));
  }

  static Map<String, Object> replacement(
      Map<String, ?> before, Map<String, ?> after, String generation) {
    Map<String, Object> event =
        event(
            "Update",
            "Custom::SparkgateBeforeReplacement",
            Map.of("Generation", generation, "Properties", after));
    event.put("OldResourceProperties", Map.of("Generation", "1", "Properties", before));
    return event;
  }

  static Map<String, Object> createBeforeReplacement() {
    return event(
        "Create",
        "Custom::SparkgateBeforeReplacement",
        Map.of("Generation", "1", "Properties", Map.of("ReleaseLabel", "emr-7.13.0")));
  }

  static Map<String, Object> delete(String policy) {
    return beforeDelete("Delete", "j-1", policy);
  }

  static Map<String, Object> beforeDelete(String type, String clusterId, String policy) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("ClusterId", clusterId);
    properties.put("TargetGroupArn", TARGET_GROUP);
    properties.put("Policy", policy);
    if (policy.equals("DRAIN")) {
      properties.put("MaxWaitMinutes", "30");
    }
    Map<String, Object> event = event(type, "Custom::SparkgateBeforeDelete", properties);
    event.put("PhysicalResourceId", "j-1");
    return event;
  }

  private static Map<String, Object> event(
      String type, String resourceType, Map<String, ?> properties) {
    Map<String, Object> event = new HashMap<>();
    event.put("RequestType", type);
    event.put("RequestId", "request-1");
    event.put("ResponseURL", "https://bucket.example/answer?X-Amz-Signature=hush");
    event.put("StackId", STACK_ID);
    event.put("ResourceType", resourceType);
    event.put("LogicalResourceId", "Hook1234");
    event.put("PhysicalResourceId", "Hook1234");
    event.put("ResourceProperties", properties);
    return event;
  }
}
