package io.sparkgate.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * An identity and what it may.
 *
 * @param principalArn what {@code aws:PrincipalArn} is: the role's ARN, not the role session's
 */
record Caller(Identity identity, String principalArn, List<JsonNode> statements) {}
