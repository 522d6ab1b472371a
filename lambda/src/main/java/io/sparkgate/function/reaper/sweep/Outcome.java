package io.sparkgate.function.reaper.sweep;

import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.reaper.Decision;
import io.sparkgate.function.reaper.Seen;
import io.sparkgate.function.reaper.Subject;
import org.jspecify.annotations.Nullable;

/**
 * What became of a session or a job run in a sweep.
 *
 * @param reason one sentence for a human
 * @param error what went wrong, if anything did
 */
record Outcome(Kind kind, String reason, @Nullable ServiceCallException error) {

  /** The names are those in the records. */
  enum Kind {
    KEPT("kept"),
    EXEMPT("exempt"),
    UNKNOWN("unknown"),
    TERMINATED("terminated"),
    WOULD_TERMINATE("wouldTerminate"),
    CANCELLED("cancelled"),
    WOULD_CANCEL("wouldCancel"),
    /** Had ended by itself. */
    GONE("gone"),
    FAILED("failed"),
    /** Not finished with, for want of time or by the cap; the next sweep looks again. */
    LEFT("left");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }

    /** Of one that was ended. */
    static Kind ended(Subject subject) {
      return subject == Subject.SESSION ? TERMINATED : CANCELLED;
    }

    /** Of one that would have been, but for a dry run. */
    static Kind wouldBeEnded(Subject subject) {
      return subject == Subject.SESSION ? WOULD_TERMINATE : WOULD_CANCEL;
    }
  }

  Outcome(Kind kind, String reason) {
    this(kind, reason, null);
  }

  static Outcome of(ServiceCallException e) {
    return e.kind() == ServiceCallException.Kind.OUT_OF_TIME
        ? new Outcome(Kind.LEFT, "the sweep ran out of time")
        : new Outcome(Kind.FAILED, "the service could not be asked or refused", e);
  }

  /** Of one that is not to be ended. */
  static Outcome of(Seen<?> one, Decision decision) {
    if (one.ended()) {
      return new Outcome(Kind.GONE, "already " + one.listed().state());
    }
    Kind kind =
        switch (decision.verdict()) {
          case KEEP -> Kind.KEPT;
          case UNKNOWN -> Kind.UNKNOWN;
          case EXEMPT -> Kind.EXEMPT;
          case TERMINATE -> throw new IllegalArgumentException(decision.toString());
        };
    return new Outcome(kind, decision.reason());
  }

  Outcome after(String circumstance) {
    return new Outcome(kind, circumstance + reason, error);
  }
}
