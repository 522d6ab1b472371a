package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules for templates that the CDK brings; {@code ./cdkw} asks them only to deploy. */
class CdkRulesTest {

  @Test
  void findNothing(@TempDir Path directory) throws Exception {
    FreshSynthesis.run(true, directory, directory.resolve("order"));

    assertThat(Synthesized.read(directory.resolve("validation-report.json")).get("pluginReports"))
        .isEmpty();
  }
}
