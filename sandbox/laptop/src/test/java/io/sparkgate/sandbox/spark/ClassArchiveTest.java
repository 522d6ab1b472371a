package io.sparkgate.sandbox.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That drivers start faster from one is for the benchmark to say; here, that none breaks them. */
class ClassArchiveTest {
  @TempDir private Path directory;
  private Path file;
  private ClassArchive archive;

  @BeforeEach
  void nameIt() {
    file = directory.resolve("sandbox.jsa");
    archive = new ClassArchive(file);
  }

  @Test
  void isNotUsedWhereThereIsNone() {
    assertThat(archive.flags()).isEmpty();
  }

  @Test
  void isUsedOnceItIsKept() throws Exception {
    archive.keep(made("classes"));

    assertThat(archive.flags()).containsExactly("-XX:SharedArchiveFile=" + file);
  }

  @Test
  void takesTheLastOne() throws Exception {
    archive.keep(made("classes"));
    archive.keep(made("other classes"));

    assertThat(archive.flags()).hasSize(1);
    assertThat(file).hasContent("other classes");
  }

  /** Over such a one a JVM crashes, and each session would fail. */
  @Test
  void isNotUsedWhenItIsDamaged() throws Exception {
    archive.keep(made("classes"));

    Files.writeString(file, "clashes");
    assertThat(archive.flags()).isEmpty();

    Files.writeString(file, "class");
    assertThat(archive.flags()).isEmpty();
  }

  /** What is made by another JDK has another header; that the JVM refuses by itself. */
  @Test
  void isLeftAsideByTheJvmWhenItIsAnothers() throws Exception {
    archive.keep(made("not of this JVM"));
    var command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(archive.flags());
    command.add("-version");

    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
  }

  private Path made(String content) throws IOException {
    return Files.writeString(directory.resolve("made"), content);
  }
}
