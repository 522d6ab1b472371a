package io.sparkgate.function.lifecycle;

import java.time.Duration;

/** What becomes of sessions and job runs that are in the way. */
sealed interface StopPolicy {

  /** They stay, and the deployment fails. */
  record Refuse() implements StopPolicy {}

  /** They are waited for. */
  record Drain(Duration maxWait) implements StopPolicy {}

  /** They are ended. */
  record Terminate() implements StopPolicy {}

  /**
   * They stay, and CloudFormation goes on. Nobody asks for this one.
   *
   * @param reason why they are not in the way
   */
  record LeaveAlone(String reason) implements StopPolicy {}
}
