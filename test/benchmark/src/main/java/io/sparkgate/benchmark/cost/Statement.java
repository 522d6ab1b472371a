package io.sparkgate.benchmark.cost;

/**
 * Something that keeps a session busy.
 *
 * @param at when it is sent, in seconds since the month began
 * @param seconds how long it runs, less than half a day
 */
record Statement(long at, long seconds) {

  Statement {
    if (at < 0 || seconds < 1 || seconds >= 12 * 3600) {
      throw new IllegalArgumentException(
          "a statement of %d s at %d; allowed: 1 to 43199 s, not before 0".formatted(seconds, at));
    }
  }

  long ends() {
    return at + seconds;
  }
}
