package io.sparkgate.benchmark;

import java.util.List;

/**
 * What was asked for on the command line.
 *
 * @param brief whether to do only as much as shows that the benchmark works
 * @param rounds how often each variant is measured; zero for the benchmark's own number
 * @param all whether to measure also what takes so long that it is estimated otherwise
 */
public record Options(boolean brief, int rounds, boolean all) {

  static final String HELP =
      """
        --brief       only as much as shows that the benchmark works; its figures say nothing
        --rounds N    how often each variant is measured, 1 to 1000 (each benchmark has its own)
        --all         also what takes so long that it is estimated or left out otherwise
      """;

  static Options parse(List<String> arguments) {
    boolean brief = false;
    int rounds = 0;
    boolean all = false;
    for (int i = 0; i < arguments.size(); i++) {
      switch (arguments.get(i)) {
        case "--brief" -> brief = true;
        case "--all" -> all = true;
        case "--rounds" -> rounds = rounds(i + 1 < arguments.size() ? arguments.get(++i) : "");
        default ->
            throw new IllegalArgumentException(
                "%s is no option; allowed: --brief, --rounds N, --all".formatted(arguments.get(i)));
      }
    }
    return new Options(brief, rounds, all);
  }

  private static int rounds(String value) {
    if (value.matches("[1-9][0-9]{0,2}|1000")) {
      return Integer.parseInt(value);
    }
    throw new IllegalArgumentException(
        "--rounds is '%s'; allowed: a whole number from 1 to 1000".formatted(value));
  }

  /** How often to measure: what was asked for, else one of these. */
  public int roundsOr(int full, int brief) {
    return rounds > 0 ? rounds : this.brief ? brief : full;
  }
}
