package io.sparkgate.sandbox.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Jdk17Test {
  private static final Path RUNNING = Path.of("/running");

  @TempDir private Path disk;

  @Test
  void prefersItsOwnVariable() throws IOException {
    Path own = jdk("own", "17.0.2");
    Path general = jdk("general", "17.0.15");
    var environment =
        Map.of("SPARKGATE_JAVA17_HOME", own.toString(), "JAVA_HOME", general.toString());
    assertThat(Jdk17.find(RUNNING, environment, List.of())).isEqualTo(own);
  }

  @Test
  void passesOverWhatIsNo17() throws IOException {
    Path newer = jdk("newer", "25.0.1");
    jdk("jvm/a-older", "1.8.0_402");
    jdk("jvm/b-newer", "21");
    Files.createDirectories(disk.resolve("jvm/c-nothing"));
    Files.writeString(Files.createDirectories(disk.resolve("jvm/d-empty")).resolve("release"), "");
    Path found = jdk("jvm/e-found", "17");
    assertThat(
            Jdk17.find(
                RUNNING,
                Map.of("JAVA_HOME", newer.toString()),
                List.of(disk.resolve("absent"), disk.resolve("jvm"))))
        .isEqualTo(found);
  }

  @Test
  void knowsHowMacsKeepThem() throws IOException {
    Path found = jdk("JavaVirtualMachines/temurin-17.jdk/Contents/Home", "17.0.9");
    var places = List.of(disk.resolve("JavaVirtualMachines"));
    assertThat(Jdk17.find(RUNNING, Map.of(), places)).isEqualTo(found);
  }

  @Test
  void saysWhatItFoundWhereItLookedAndWhatToDo() throws IOException {
    Path newer = jdk("jvm/newer", "25.0.1");
    Path wrong = disk.resolve("wrong");
    var environment = Map.of("SPARKGATE_JAVA17_HOME", wrong.toString());
    assertThatThrownBy(() -> Jdk17.find(newer, environment, List.of(disk.resolve("jvm"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Spark 3.5 needs a JDK 17. Found %s (25.0.1), %s (no JDK);".formatted(newer, wrong)
                + " looked in SPARKGATE_JAVA17_HOME, JAVA_HOME and %s."
                    .formatted(disk.resolve("jvm"))
                + " Install a JDK 17 and set SPARKGATE_JAVA17_HOME to its home.");
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = disk.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"Any\"\nJAVA_VERSION=\"" + version + "\"\n");
    return home;
  }
}
