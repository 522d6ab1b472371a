package io.sparkgate.function.lifecycle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Requests as CloudFormation makes them. */
final class Events {

  static final String STACK_ID = "arn:aws:cloudformation:eu-west-1:123456789012:stack/lake/5f3c";
  static final String LOGICAL_ID = "SparkConnectApplication1234";
  static final String SECRET = "X-Amz-Signature=hush";

  /** What settings look like; one letter stands for all of them. */
  static final String A = "a".repeat(64);

  static final String B = "b".repeat(64);

  private static final List<String> REFERENCES = List.of("subnet-1", "sg-1");

  private Events() {}

  static Map<String, Object> createBeforeUpdate(String fingerprint) {
    return beforeUpdate("Create", fingerprint, "REFUSE");
  }

  /** From settings to settings. */
  static Map<String, Object> update(String old, String fingerprint, String policy) {
    Map<String, Object> event = beforeUpdate("Update", fingerprint, policy);
    event.put("PhysicalResourceId", "Before1234");
    event.put(
        "OldResourceProperties", beforeUpdate("Update", old, "REFUSE").get("ResourceProperties"));
    return event;
  }

  /** From settings to settings that differ only in what may change while people work. */
  static Map<String, Object> updateWhileStarted(String old, String whileStarted, String policy) {
    Map<String, Object> event = update(A, A, policy);
    properties(event, "OldResourceProperties").put("WhileStarted", old);
    properties(event, "ResourceProperties").put("WhileStarted", whileStarted);
    return event;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> properties(Map<String, Object> event, String name) {
    return (Map<String, Object>) event.get(name);
  }

  static Map<String, Object> deleteBeforeUpdate() {
    Map<String, Object> event = beforeUpdate("Delete", A, "REFUSE");
    event.put("PhysicalResourceId", "Before1234");
    return event;
  }

  static Map<String, Object> createBeforeDelete(String application) {
    return beforeDelete("Create", application, "REFUSE");
  }

  static Map<String, Object> updateBeforeDelete(String current, String application) {
    Map<String, Object> event = beforeDelete("Update", application, "REFUSE");
    event.put("PhysicalResourceId", current);
    return event;
  }

  static Map<String, Object> delete(String application, String policy) {
    Map<String, Object> event = beforeDelete("Delete", application, policy);
    event.put("PhysicalResourceId", application);
    return event;
  }

  private static Map<String, Object> beforeUpdate(String type, String fingerprint, String policy) {
    Map<String, Object> properties = properties(policy);
    properties.put("ApplicationLogicalId", LOGICAL_ID);
    properties.put("Fingerprint", fingerprint);
    properties.put("WhileStarted", A);
    properties.put("References", REFERENCES);
    return event(type, "Custom::SparkgateBeforeUpdate", properties);
  }

  private static Map<String, Object> beforeDelete(String type, String application, String policy) {
    Map<String, Object> properties = properties(policy);
    properties.put("ApplicationId", application);
    return event(type, "Custom::SparkgateBeforeDelete", properties);
  }

  private static Map<String, Object> properties(String policy) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("ServiceToken", "arn:aws:lambda:eu-west-1:123456789012:function:framework");
    properties.put("Policy", policy);
    if (policy.equals("DRAIN")) {
      properties.put("MaxWaitMinutes", "30");
    }
    return properties;
  }

  private static Map<String, Object> event(
      String type, String resourceType, Map<String, Object> properties) {
    Map<String, Object> event = new HashMap<>();
    event.put("RequestType", type);
    event.put("RequestId", "request-1");
    event.put("ResponseURL", "https://bucket.example/answer?" + SECRET);
    event.put("StackId", STACK_ID);
    event.put("ResourceType", resourceType);
    event.put("LogicalResourceId", "Before1234");
    event.put("ResourceProperties", properties);
    return event;
  }
}
