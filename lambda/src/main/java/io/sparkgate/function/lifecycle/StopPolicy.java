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
   * They stay, and so does the application: a rollback finds it as it was. Nobody asks for this
   * one.
   */
  record LeaveAlone() implements StopPolicy {}
}
