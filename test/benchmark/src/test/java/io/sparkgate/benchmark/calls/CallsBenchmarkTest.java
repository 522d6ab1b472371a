package io.sparkgate.benchmark.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.benchmark.Options;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CallsBenchmarkTest {

  @Test
  void printsARowForEachFleet() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    new CallsBenchmark().run(new Options(true, 0, false), new PrintStream(printed, true));

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("| sparse ", "| busy ", "| very sparse ", "| dense ", "times fewer");
  }
}
