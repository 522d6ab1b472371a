package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cdk.json at the top, of which all other tests know nothing. */
class SettingsOfDeploymentsTest {

  /** Or a pull request would be green, and the build after it red. */
  @Test
  void canBeSynthesized(@TempDir Path directory) {
    assertThatCode(() -> Synthesized.asDeployed(directory)).doesNotThrowAnyException();
  }
}
