package io.sparkgate.sandbox.cloudformation;

import java.time.Instant;

/**
 * A stack event.
 *
 * @param logicalId the stack's name where the event is of the stack itself
 * @param physicalId empty when there is none yet
 * @param reason empty when there is none
 */
public record Event(
    Instant time, String logicalId, String type, String physicalId, Status status, String reason) {

  @Override
  public String toString() {
    return "%s %s%s%s"
        .formatted(
            status,
            logicalId,
            physicalId.isEmpty() ? "" : " (" + physicalId + ")",
            reason.isEmpty() ? "" : ": " + reason);
  }
}
