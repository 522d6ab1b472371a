package io.sparkgate.benchmark;

import java.io.PrintStream;

/** One of the commands: measures variants side by side in one run, and prints tables. */
public interface Benchmark {

  /** The word that selects it on the command line. */
  String name();

  /** One line of help. */
  String summary();

  /**
   * Measures and prints. Progress goes to standard error.
   *
   * @param out for the tables, as Markdown
   */
  void run(Options options, PrintStream out) throws Exception;
}
