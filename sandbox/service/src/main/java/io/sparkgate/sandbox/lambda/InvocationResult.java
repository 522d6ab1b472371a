package io.sparkgate.sandbox.lambda;

import com.fasterxml.jackson.databind.JsonNode;

/** What came of an invocation. */
public sealed interface InvocationResult {

  /** The function answered; null where it answered nothing, text where it is no JSON. */
  record Response(JsonNode body) implements InvocationResult {}

  /**
   * The function failed, in Lambda's words.
   *
   * @param type the class of an exception, or for example {@code Runtime.ExitError}
   */
  record Failure(String type, String message) implements InvocationResult {}
}
