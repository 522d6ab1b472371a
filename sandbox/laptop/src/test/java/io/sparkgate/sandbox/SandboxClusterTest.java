package io.sparkgate.sandbox;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.sandbox.template.BadInput;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SandboxClusterTest {

  /** Or its server would end again and again, as if the step were wrong. */
  @Test
  void refusesAFolderThatNoUnitTakes() {
    assertThatThrownBy(() -> SandboxCluster.requireNoSpaces(Path.of("/home/me/My Projects/work")))
        .isInstanceOf(BadInput.class)
        .hasMessage(
            "--work is /home/me/My Projects/work, but the unit of a cluster's server takes no path with"
                + " spaces; name a folder without");
    assertThatCode(() -> SandboxCluster.requireNoSpaces(Path.of("/home/me/work")))
        .doesNotThrowAnyException();
  }
}
