package io.sparkgate.function.reaper.sweep;

import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.reaper.sweep.Outcome.Kind;
import java.util.Comparator;

/** How far a sweep got with one application. Several threads may tell it something at once. */
final class Progress {

  /** First those that got the least: else one could use up the time or the cap again and again. */
  static final Comparator<Progress> LEAST_SERVED =
      Comparator.<Progress>comparingInt(each -> each.ended).thenComparingInt(each -> each.looks);

  private final String application;
  private int looks;
  private int ended;
  private volatile boolean unfinished;

  Progress(String application) {
    this.application = application;
  }

  String application() {
    return application;
  }

  /** Whether time or the cap left something of it. */
  boolean unfinished() {
    return unfinished;
  }

  synchronized void looked() {
    looks++;
  }

  synchronized void ended() {
    ended++;
  }

  Outcome outcome(ServiceCallException e) {
    Outcome outcome = Outcome.of(e);
    return outcome.kind() == Kind.LEFT ? left(outcome.reason()) : outcome;
  }

  Outcome left(String reason) {
    unfinished = true;
    return new Outcome(Kind.LEFT, reason);
  }
}
