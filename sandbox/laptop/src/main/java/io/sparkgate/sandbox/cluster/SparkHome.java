package io.sparkgate.sandbox.cluster;

import io.sparkgate.sandbox.spark.SpokenRefusals;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A folder that looks like Spark's, made of the jars that the sandbox has: without the Spark
 * Connect server, so that what the step brings is what runs, as on EMR's Spark 3.5.
 */
final class SparkHome {
  private static final String SCRIPT = "spark-submit.sh";

  private final Path directory;

  private SparkHome(Path directory) {
    this.directory = directory;
  }

  /**
   * Makes it.
   *
   * @param overrides settings that win over all files
   * @param events a file that hears when the server starts and ends
   */
  static SparkHome make(
      Path directory,
      Path javaHome,
      long heapMebibytes,
      String python,
      Map<String, String> overrides,
      Path events)
      throws IOException {
    Path jars = Files.createDirectories(directory.resolve("jars"));
    for (Path jar : jars()) {
      String name = jar.getFileName().toString();
      if (!name.startsWith("spark-connect_") && !name.startsWith("sparkgate-")) {
        Files.createSymbolicLink(jars.resolve(name), jar);
      }
    }
    // Hadoop's S3 client loads it; the rest of the sandbox is not for Spark's eyes.
    jar(jars.resolve("sandbox-s3.jar"), SpokenRefusals.class);
    Path server = directory.resolve("sandbox-server.jar");
    jar(server, ClusterServer.class);

    var flags = new ArrayList<String>();
    flags.addAll(
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx" + heapMebibytes + "m"));
    flags.addAll(List.of("-Dfile.encoding=UTF-8", "-Duser.timezone=UTC"));
    flags.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
    flags.add("-Djava.io.tmpdir=" + events.resolveSibling("tmp"));
    flags.add("-D" + ClusterServer.SANDBOX + "=" + ProcessHandle.current().pid());
    flags.add("-D" + ClusterServer.EVENTS + "=" + events);
    var settings = new ArrayList<String>();
    overrides.forEach((name, value) -> settings.addAll(List.of("--conf", name + "=" + value)));
    ShellScript.of(SCRIPT)
        .with("sandbox", Long.toString(ProcessHandle.current().pid()))
        .with("java", javaHome.resolve("bin").resolve("java").toString())
        .with("flags", flags)
        .with("home", directory.toString())
        .with("python", python)
        .with("settings", settings)
        .with("main", ClusterServer.class.getName())
        .with("server", server.toString())
        .with("events", events.toString())
        .write(directory.resolve("bin").resolve("spark-submit"));
    return new SparkHome(directory);
  }

  Path directory() {
    return directory;
  }

  /** Those of this JVM; of the sandbox's own jar, those beside it. */
  private static List<Path> jars() throws IOException {
    var jars = new ArrayList<Path>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry).toAbsolutePath();
      if (path.getFileName().toString().equals("sandbox.jar")) {
        try (Stream<Path> beside = Files.list(path.resolveSibling("lib"))) {
          beside.filter(file -> file.toString().endsWith(".jar")).forEach(jars::add);
        }
      } else if (entry.endsWith(".jar")) {
        jars.add(path);
      }
    }
    return jars;
  }

  private static void jar(Path file, Class<?>... classes) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        var jar = new JarOutputStream(out)) {
      for (Class<?> one : classes) {
        String entry = one.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new ZipEntry(entry));
        try (InputStream bytes = one.getResourceAsStream("/" + entry)) {
          bytes.transferTo(jar);
        }
      }
    }
  }
}
