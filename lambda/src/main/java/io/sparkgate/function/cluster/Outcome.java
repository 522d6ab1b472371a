package io.sparkgate.function.cluster;

import java.util.Map;

/** What a call comes to. */
sealed interface Outcome {

  /**
   * The request is complete.
   *
   * @param attributes of the resource
   */
  record Done(String reason, Map<String, String> attributes) implements Outcome {

    Done(String reason) {
      this(reason, Map.of());
    }
  }

  /** Not yet. */
  record Wait(String reason) implements Outcome {}

  /** The request fails with the message. */
  record Fail(String message) implements Outcome {}
}
