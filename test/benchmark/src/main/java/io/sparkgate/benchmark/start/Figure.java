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
  /** The median of those that follow. */
  SWEEP("warm sweep ms", "%.1f"),
  /** Processor time of each of those, on average. */
  SWEEP_CPU("CPU of it ms", "%.1f"),
  /** A sweep that has to connect first. */
  AFTER_PAUSE("after a pause ms", "%.1f"),
  /** The most resident memory. */
  MEMORY("memory MiB", "%.0f"),
  /** Of the service, by each warm sweep. */
  CALLS("calls", "%.0f");

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
