package io.sparkgate.function.reaper.sweep;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * How many sessions, or job runs, a sweep may still end. What finds the cap reached waits for one
 * that is given back, because what it was for is not due any more: only what waits when all is done
 * was kept back by the cap.
 *
 * @param <T> what ends one
 */
final class Cap<T> {

  private final Queue<T> waiting = new ArrayDeque<>();
  private int left;

  Cap(int terminations) {
    left = terminations;
  }

  /** Whether this one may go on; otherwise it waits. */
  synchronized boolean admits(T one) {
    if (left == 0) {
      waiting.add(one);
      return false;
    }
    left--;
    return true;
  }

  /** The first that waited, whose turn it is now to be admitted. */
  synchronized Optional<T> giveBack() {
    left++;
    return Optional.ofNullable(waiting.poll());
  }

  synchronized List<T> waiting() {
    return List.copyOf(waiting);
  }
}
