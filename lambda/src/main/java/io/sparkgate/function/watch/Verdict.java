package io.sparkgate.function.watch;

import org.jspecify.annotations.Nullable;

/**
 * What is to be said of something that was looked at.
 *
 * @param outcome one word for the record
 * @param problem a sentence on what is wrong and what to do; null when nothing is
 */
record Verdict(String outcome, @Nullable String problem) {

  /** Of what cannot be told. */
  static Verdict unknown(String outcome, String what, @Nullable String why, String remedy) {
    return new Verdict(outcome, "%s is unknown: %s; what to do: %s".formatted(what, why, remedy));
  }
}
