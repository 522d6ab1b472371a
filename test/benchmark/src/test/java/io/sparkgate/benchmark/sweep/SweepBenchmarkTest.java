package io.sparkgate.benchmark.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.benchmark.Options;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whether the benchmark works, and nothing of how fast anybody is. */
class SweepBenchmarkTest {

  private static final int TABLES = 3;

  @Test
  void sweepsByEveryStrategyThatThisMachineHas() throws Exception {
    List<String> lines = output();
    // Python may have no boto3 here; the benchmark says so then.
    boolean boto3 = lines.stream().noneMatch(line -> line.startsWith("boto3 is left out"));
    for (Strategy strategy : Strategy.values()) {
      boolean there = boto3 || strategy.kind() != Strategy.Kind.BOTO3;
      assertThat(rows(lines, strategy)).as(strategy.title()).hasSize(there ? TABLES : 0);
    }
    assertThat(lines).filteredOn(line -> line.startsWith("Lower bound: ")).hasSize(TABLES);

    // The list, a look at each session, and for what is due another and the termination.
    assertThat(rows(lines, Strategy.SPARKGATE)).map(Row::accepted).containsExactly(16L, 16L, 32L);
    assertThat(rows(lines, Strategy.SPARKGATE_YOUNG))
        .map(Row::accepted)
        .containsExactly(8L, 8L, 16L);
    assertThat(rows(lines, Strategy.SPARKGATE)).allMatch(Row::nothingLost);
    assertThat(rows(lines, Strategy.SPARKGATE_YOUNG)).allMatch(Row::nothingLost);
  }

  /** A row's cells, after the strategy's name. */
  private record Row(List<String> cells) {

    long accepted() {
      return Long.parseLong(cells.get(0)) - Long.parseLong(cells.get(1));
    }

    boolean nothingLost() {
      return cells.get(2).equals("0") && cells.get(3).equals("0");
    }
  }

  private static List<Row> rows(List<String> lines, Strategy strategy) {
    return lines.stream()
        .map(line -> Stream.of(line.split("\\|")).skip(1).map(String::strip).toList())
        .filter(cells -> !cells.isEmpty() && cells.get(0).equals(strategy.title()))
        .map(cells -> new Row(cells.subList(1, cells.size())))
        .toList();
  }

  private static List<String> output() throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8)) {
      new SweepBenchmark().run(new Options(true, 0, false), out);
    }
    return output.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
