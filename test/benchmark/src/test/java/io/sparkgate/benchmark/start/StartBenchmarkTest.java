package io.sparkgate.benchmark.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.benchmark.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Whether the benchmark works, and nothing of what it finds. */
class StartBenchmarkTest {

  @Test
  @EnabledOnOs(OS.LINUX)
  void measuresEveryVariantThatThisMachineHas() throws Exception {
    List<String> lines = output("start", "--brief");
    // Python may have no boto3 here; the benchmark says so then.
    boolean python = lines.stream().noneMatch(line -> line.startsWith(Variant.BOTO3));
    for (String variant : List.of(Variant.OURS, Variant.NAIVE, Variant.BOTO3)) {
      boolean there = python || !variant.equals(Variant.BOTO3);
      assertThat(lines)
          .filteredOn(line -> line.startsWith("| " + variant + "  "))
          .as(variant)
          .hasSize(there ? 2 : 0)
          .allMatch(line -> line.matches("\\|[^|]+(\\| [0-9.]+ +){10}\\| - +(\\| [0-9]+ +)\\|"));
    }
    assertThat(lines).contains("Every sweep terminated exactly the 5 sessions that were due.");
  }

  private static List<String> output(String... arguments) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      Main.main(arguments);
    } finally {
      System.setOut(before);
    }
    return output.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
