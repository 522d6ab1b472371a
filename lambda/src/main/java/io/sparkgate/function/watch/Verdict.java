package io.sparkgate.function.watch;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of something that was looked at.
 *
 * @param outcome one word for the record
 * @param problem a sentence on what is wrong and what to do; empty when nothing is
 */
record Verdict(String outcome, Optional<String> problem) {

  static Verdict fine(String outcome) {
    return new Verdict(outcome, Optional.empty());
  }

  static Verdict wrong(String outcome, String problem) {
    return new Verdict(outcome, Optional.of(problem));
  }

  /** Of what cannot be told. */
  static Verdict unknown(String outcome, String what, @Nullable String why, String remedy) {
    return wrong(outcome, "%s is unknown: %s; what to do: %s".formatted(what, why, remedy));
  }
}
