package io.sparkgate.benchmark.session;

/**
 * Seconds of one session.
 *
 * @param ready from StartSession until the session takes calls
 * @param connected then, until PySpark is connected
 * @param row then, until it has the row of SELECT 1
 */
record Times(double ready, double connected, double row) {

  /** As the client prints them. */
  static Times parse(String line) {
    String[] parts = line.strip().split(" ");
    return new Times(
        Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
  }

  double all() {
    return ready + connected + row;
  }
}
