package io.sparkgate.function.lifecycle;

import java.util.List;

/** What is to be done after a look, before the next one. */
sealed interface Step {

  /** The way is clear. */
  record Done(String reason) implements Step {}

  /** Nothing: what is under way takes its time. */
  record Wait(String reason) implements Step {}

  /** Tell these to end. */
  record End(List<Work> work) implements Step {}

  /** Stop the application. */
  record Stop() implements Step {}

  /** Give up. */
  record Fail(Cause cause) implements Step {}

  enum Cause {
    /** There is work, and the policy is to refuse then. */
    IN_USE,
    /** There still is work after the longest wait that the policy allows. */
    DRAINED_TOO_LONG,
    /** It took too long otherwise. */
    DEADLINE
  }
}
