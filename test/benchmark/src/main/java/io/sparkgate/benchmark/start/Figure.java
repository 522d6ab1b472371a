package io.sparkgate.benchmark.start;

/** What is measured of a process, in the order of the columns. */
enum Figure {
  /** From its start until it asked for its first event. */
  INIT("INIT ms", "%.0f"),
  /** From that event until the answer. */
  INVOCATION("first sweep ms", "%.0f"),
  /** From its start until the first answer. */
  FIRST("first answer ms", "%.0f"),
  /** Processor time until then. */
  FIRST_CPU("CPU until then s", "%.2f"),
  /** The median of those that follow, of sessions that are new to the function. */
  SWEEP("warm sweep ms", "%.1f"),
  /** Processor time of each of those, on average. */
  SWEEP_CPU("CPU of it ms", "%.1f"),
  /** Calls of each of those. */
  CALLS("calls", "%.0f"),
  /** The median of sweeps of sessions that the function has seen before. */
  KNOWN("known sessions ms", "%.1f"),
  /** Processor time of each of those, on average. */
  KNOWN_CPU("CPU of it ms", "%.1f"),
  /** Calls of each of those. */
  KNOWN_CALLS("calls", "%.0f"),
  /** A sweep that has to connect first. */
  AFTER_PAUSE("after a pause ms", "%.1f"),
  /** The most resident memory. */
  MEMORY("memory MiB", "%.0f");

  private final String column;
  private final String format;

  Figure(String column, String format) {
    this.column = column;
    this.format = format;
  }

  String column() {
    return column;
  }

  String show(double value) {
    return format.formatted(value);
  }
}
