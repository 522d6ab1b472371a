package io.sparkgate.test;

import io.sparkgate.test.DeployedStack.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table of who is let through by which call, as docs/security.md has it. */
final class PersonaTable {

  private static final Path PAGE = Path.of("../docs/security.md");

  /** Somebody, and who started what the call is about; an admin sets no owner. */
  record Attempt(Person caller, Person starter) {}

  /** All attempts of a column come to the same. */
  record Column(String title, List<Attempt> attempts) {

    static Column of(String title, Attempt... attempts) {
      return new Column(title, List.of(attempts));
    }
  }

  private PersonaTable() {}

  /**
   * Tries everything.
   *
   * @param denies whether this caller is denied this call
   */
  static String of(
      List<ServiceCall> calls,
      List<Column> columns,
      BiFunction<ServiceCall, Attempt, Boolean> denies) {
    List<String> lines = new ArrayList<>();
    lines.add(row("call", columns.stream().map(Column::title)));
    lines.add("|---".repeat(columns.size() + 1) + "|");
    for (ServiceCall call : calls) {
      lines.add(row(call.name(), columns.stream().map(column -> cell(call, column, denies))));
    }
    return String.join("\n", lines);
  }

  private static String row(String first, Stream<String> cells) {
    return Stream.concat(Stream.of(first), cells).collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String cell(
      ServiceCall call, Column column, BiFunction<ServiceCall, Attempt, Boolean> denies) {
    List<String> answers =
        column.attempts().stream()
            .map(attempt -> denies.apply(call, attempt) ? "no" : "yes")
            .toList();
    return answers.stream().distinct().count() == 1 ? answers.get(0) : answers.toString();
  }

  /** The table below a heading. */
  static String onThePage(String heading) throws IOException {
    return Files.readString(PAGE)
        .lines()
        .dropWhile(line -> !line.equals("### " + heading))
        .dropWhile(line -> !line.startsWith("|"))
        .takeWhile(line -> line.startsWith("|"))
        .collect(Collectors.joining("\n"));
  }
}
