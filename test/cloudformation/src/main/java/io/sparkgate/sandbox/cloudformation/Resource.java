package io.sparkgate.sandbox.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.template.BadInput;
import io.sparkgate.sandbox.template.StackTemplate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * A resource as it is deployed.
 *
 * @param physicalId empty when nothing was made
 * @param properties with references resolved
 * @param attributes what Fn::GetAtt gives, beside what the template package makes up
 * @param origin the template that it was last deployed from
 */
record Resource(
    String logicalId,
    String type,
    String physicalId,
    JsonNode properties,
    JsonNode attributes,
    StackTemplate origin,
    Status status,
    String reason,
    Instant updated) {

  static final String APPLICATION = "AWS::EMRServerless::Application";
  static final String FUNCTION = "AWS::Lambda::Function";
  static final String ROLE = "AWS::IAM::Role";

  String arn() throws Failed {
    try {
      return origin.arn(logicalId);
    } catch (BadInput e) {
      throw new Failed(String.valueOf(e.getMessage()));
    }
  }

  boolean isCustom() {
    return type.startsWith("Custom::");
  }

  /** The resources that it waited for, and that wait for its deletion. */
  Set<String> dependencies() {
    return origin.dependencies(logicalId);
  }

  /** Whether a policy of its template, such as DeletionPolicy, keeps it. */
  boolean isKeptBy(String policy, boolean afterFailedCreate) {
    String value = origin.attribute(logicalId, policy);
    return value.equals("Retain") || value.equals("RetainExceptOnCreate") && !afterFailedCreate;
  }

  Resource in(Status next, String why) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return new Resource(
        logicalId, type, physicalId, properties, attributes, origin, next, why, now);
  }

  /** The same again, where a change has made nothing. */
  Made asMade() {
    return new Made(physicalId, attributes);
  }

  Resource made(Made made) {
    return new Resource(
        logicalId,
        type,
        made.physicalId(),
        properties,
        made.attributes(),
        origin,
        status,
        reason,
        updated);
  }

  Resource with(JsonNode otherProperties, StackTemplate from) {
    return new Resource(
        logicalId, type, physicalId, otherProperties, attributes, from, status, reason, updated);
  }

  Event event() {
    return new Event(updated, logicalId, type, physicalId, status, reason);
  }
}
