package io.sparkgate.benchmark.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.benchmark.Options;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CostBenchmarkTest {

  @Test
  void aBriefRunPrintsEveryTableAndDrawsNothing() throws Exception {
    String printed = run();

    assertThat(printed)
        .contains("| the service's 60 min (default) ")
        .contains("| reaper 10 min, 30% raised ")
        .contains("| and 10 in warm hours ")
        .contains("| no reaper, at most 1 each ")
        .contains("| 61 s ")
        .contains("| 100 ")
        .contains("| 15 min ")
        .contains("| never stop a session ")
        .contains("us-east-1, x86: USD 0.052624 per vCPU-hour");
    assertThat(CostBenchmark.PICTURE).doesNotExist();
  }

  @Test
  void aRunRepeatsItself() throws Exception {
    assertThat(run()).isEqualTo(run());
  }

  private static String run() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new CostBenchmark()
        .run(new Options(true, 0, false), new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }
}
