package io.sparkgate.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * A role that callers may become.
 *
 * @param uniqueId the first half of {@code aws:userid}, {@code AROA…}
 * @param trust its AssumeRolePolicyDocument, with references resolved
 * @param maxSessionDuration for how long a caller may become it at most
 * @param statements of its policies, asked at each call
 */
public record Role(
    String arn,
    String uniqueId,
    JsonNode trust,
    Duration maxSessionDuration,
    Supplier<List<JsonNode>> statements) {

  /** Who became it: {@code arn:aws:sts::…:assumed-role/Role/session}. */
  static String sessionArn(String roleArn, String sessionName) {
    String[] parts = roleArn.split(":", 6);
    String name = roleArn.substring(roleArn.lastIndexOf('/') + 1);
    return String.join(
        ":", "arn", parts[1], "sts", "", parts[4], "assumed-role/" + name + "/" + sessionName);
  }
}
