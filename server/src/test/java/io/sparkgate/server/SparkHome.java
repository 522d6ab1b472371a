package io.sparkgate.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/** Spark as a release of EMR has it: without the Spark Connect server, in {@code SPARK_HOME}. */
final class SparkHome {
  private static final List<Path> CLASS_PATH =
      Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
          .map(Path::of)
          .toList();

  private SparkHome() {}

  /** One whose server is {@link FakeServer}, which is up in no time. */
  static Path fake(Path home, String core) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    write(
        home,
        core,
        java
            + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xmx32m $SPARK_SUBMIT_OPTS -cp "
            + Path.of("target/test-classes").toAbsolutePath()
            + " io.sparkgate.server.FakeServer");
    return home;
  }

  /** Spark 3.5.6 itself, of the class path of the tests. */
  static Path real(Path home) {
    String jars =
        CLASS_PATH.stream()
            .filter(entry -> entry.toString().endsWith(".jar"))
            .filter(jar -> !jar.equals(connectJar()))
            .filter(jar -> !jar.toString().matches(".*/org/(junit|assertj)/.*"))
            .map(Path::toString)
            .collect(Collectors.joining(":"));
    write(
        home,
        "spark-core_2.12-3.5.6.jar",
        Jdk17.find().resolve("bin/java")
            + " "
            + JavaModuleOptions.defaultModuleOptions()
            + " -Xmx1g -XX:TieredStopAtLevel=1 $SPARK_SUBMIT_OPTS"
            + (" -cp \"$SPARK_CONF_DIR:" + jars + "\"")
            + " org.apache.spark.deploy.SparkSubmit");
    return home;
  }

  /** Spark's own server. */
  static Path connectJar() {
    return CLASS_PATH.stream()
        .filter(jar -> jar.getFileName().toString().startsWith("spark-connect_"))
        .findFirst()
        .orElseThrow();
  }

  /** The name of Spark's core says which Spark it is. */
  private static void write(Path home, String core, String command) {
    try {
      Path submit = home.resolve("bin/spark-submit");
      Files.createDirectories(submit.getParent());
      Files.createDirectories(home.resolve("jars"));
      Files.createFile(home.resolve("jars").resolve(core));
      Files.writeString(submit, "#!/bin/bash\nexec " + command + " \"$@\"\n");
      if (!submit.toFile().setExecutable(true)) {
        throw new IOException(submit + " cannot be made executable");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
