package io.sparkgate.benchmark;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** A table in Markdown, its columns aligned so that it also reads well in a terminal. */
public final class Table {

  private final String title;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String title, String... columns) {
    this.title = title;
    rows.add(List.of(columns));
  }

  /** Adds a row, which has a cell for each column. */
  public Table row(Object... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException(
          "a row of %d cells in a table of %d columns".formatted(cells.length, rows.get(0).size()));
    }
    rows.add(List.of(cells).stream().map(String::valueOf).toList());
    return this;
  }

  /** Prints it, with an empty line after it. */
  public void print(PrintStream out) {
    out.println("**" + title + "**");
    out.println();
    List<Integer> widths = new ArrayList<>();
    for (int i = 0; i < rows.get(0).size(); i++) {
      int column = i;
      widths.add(rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
    }
    for (int i = 0; i < rows.size(); i++) {
      out.println(line(rows.get(i), widths));
      if (i == 0) {
        out.println(
            "|" + String.join("|", widths.stream().map(w -> "-".repeat(w + 2)).toList()) + "|");
      }
    }
    out.println();
  }

  private static String line(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < row.size(); i++) {
      line.append(" %-".concat(widths.get(i) + "s |").formatted(row.get(i)));
    }
    return line.toString();
  }
}
