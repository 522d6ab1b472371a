package io.sparkgate.benchmark.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.benchmark.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether the benchmark works, and nothing of what it finds. */
class SynthesisBenchmarkTest {

  @Test
  void synthesizesEveryVariant() throws Exception {
    List<String> lines = output("synthesis", "--brief");

    for (Variant variant : Variant.ALL) {
      assertThat(lines)
          .filteredOn(line -> line.startsWith("| " + variant.name() + "  "))
          .singleElement()
          .asString()
          .matches("\\|[^|]+(\\| \\d+\\.\\d\\d +){2}\\| [1-9]\\d* +\\|");
    }
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
