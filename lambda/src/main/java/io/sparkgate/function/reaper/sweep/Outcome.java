package io.sparkgate.function.reaper.sweep;

import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.reaper.Decision;
import io.sparkgate.function.reaper.Session;
import org.jspecify.annotations.Nullable;

/**
 * What became of a session in a sweep.
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
  }

  Outcome(Kind kind, String reason) {
    this(kind, reason, null);
  }

  static Outcome of(ServiceCallException e) {
    return e.kind() == ServiceCallException.Kind.OUT_OF_TIME
        ? new Outcome(Kind.LEFT, "the sweep ran out of time")
        : new Outcome(Kind.FAILED, "the service could not be asked or refused", e);
  }

  /** Of a session that is not to be terminated. */
  static Outcome of(Session session, Decision decision) {
    if (session.state().ended()) {
      return new Outcome(Kind.GONE, "already " + session.state());
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
