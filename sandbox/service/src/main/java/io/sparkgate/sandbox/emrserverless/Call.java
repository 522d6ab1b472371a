package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkgate.sandbox.iam.Identity;
import java.time.Instant;

/**
 * An authenticated request.
 *
 * @param input all of it, whether it came in the path, the query or the body
 * @param newId the id of what it makes, if it makes something: authorization is about that already
 * @param present when it came
 */
record Call(Operation operation, ObjectNode input, Identity caller, String newId, Present present) {

  /** A member that is there: a path's, or one that was validated as required. */
  String text(String member) {
    return input.path(member).asText();
  }

  /** A time that a client gave, by the sandbox's clock. */
  Instant time(String member, Instant byDefault) {
    return Times.parse(text(member)).map(present::meant).orElse(byDefault);
  }
}
