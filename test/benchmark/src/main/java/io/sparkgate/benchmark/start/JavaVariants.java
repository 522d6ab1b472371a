package io.sparkgate.benchmark.start;

import io.sparkgate.benchmark.service.Certificates;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;

/**
 * Functions in Java as Lambda's managed runtimes lay them out and start them: AWS's runtime
 * interface client is the class path, the function lies in {@code lib}, and the JVM has the serial
 * collector, C1 only and 85 % of the memory for its heap. It begins with a 64th of it, as the JDK
 * has it.
 */
final class JavaVariants {

  /** What {@code SweepFunction} deploys with, in MiB. */
  static final int MEMORY = 512;

  /** The document that configures ours; {@code ReaperConfig} in {@code lambda} says its fields. */
  private static final String CONFIGURATION =
      """
      {"applications": ["00app0001"], "idleMinutes": 30, "keepTag": "sparkgate:keep-until",
       "maxTerminations": 1000, "dryRun": false,
       "rates": {"listSessions": {"perSecond": 10000, "burst": 10000},
                 "getSession": {"perSecond": 10000, "burst": 10000},
                 "terminateSession": {"perSecond": 10000, "burst": 10000}}}
      """;

  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.";
  private static final int WARNS_OF_NATIVE_CODE = 24;

  private final Built built;
  private final Certificates certificates;
  private final Path directory;
  private final Path library;

  /**
   * Prepares what they share.
   *
   * @param directory for the files of the functions
   */
  JavaVariants(Built built, Certificates certificates, Path directory) throws IOException {
    this.built = built;
    this.certificates = certificates;
    this.directory = directory;
    this.library = extractLibrary();
  }

  Variant ours() throws IOException {
    Path task = Files.createDirectories(directory.resolve("sparkgate"));
    Path lib = Files.createDirectories(task.resolve("lib"));
    Files.createSymbolicLink(lib.resolve("functions.jar"), built.functionsJar());
    return new Variant(
        Variant.OURS,
        task,
        command("io.sparkgate.function.reaper.sweep.ReaperHandler"),
        Map.of("SPARKGATE_REAPER", CONFIGURATION));
  }

  Variant naive() throws IOException {
    Path task = Files.createDirectories(directory.resolve("naive"));
    Files.createSymbolicLink(task.resolve("lib"), built.naive());
    return new Variant(
        Variant.NAIVE,
        task,
        command("io.sparkgate.naive.NaiveReaper"),
        Map.of("REAPER", "{\"idleMinutes\": 30}"));
  }

  private List<String> command(String handler) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:MaxHeapSize=%dk".formatted(MEMORY * 1024 * 85 / 100));
    command.add("-XX:InitialHeapSize=%dk".formatted(MEMORY * 1024 / 64));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    if (Runtime.version().feature() >= WARNS_OF_NATIVE_CODE) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-Djavax.net.ssl.trustStore=" + certificates.trustStore());
    command.add("-Djavax.net.ssl.trustStoreType=JKS");
    command.add("-D" + CLIENT + "runtimeapi.NativeClient.JNI=" + library);
    command.addAll(List.of("-cp", built.runtime() + File.separator + "*"));
    command.addAll(List.of(CLIENT + "AWSLambda", handler));
    return command;
  }

  /** The managed runtimes have it as a file; by itself the client would unpack it at each start. */
  private Path extractLibrary() throws IOException {
    String architecture = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    Path copy = directory.resolve("libaws-lambda-jni.so");
    Path jar;
    try (var files = Files.newDirectoryStream(built.runtime(), "*-runtime-interface-client-*")) {
      jar = files.iterator().next();
    }
    try (JarFile file = new JarFile(jar.toFile());
        InputStream content =
            file.getInputStream(
                file.getEntry("jni/libaws-lambda-jni.linux-" + architecture + ".so"))) {
      Files.copy(content, copy);
    }
    return copy;
  }
}
