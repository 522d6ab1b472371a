package io.sparkgate.sandbox.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * What runs a handler in the function's JVM: AWS's own runtime interface client, or {@link
 * RuntimeLoop} where the client has no native code for the machine.
 */
record RuntimeClient(String mainClass, List<String> jvmOptions) {

  private static final String PACKAGE = "com.amazonaws.services.lambda.runtime.api.client.";
  private static final String JAR = "aws-lambda-java-runtime-interface-client-";

  private static final Map<String, String> ARCHITECTURES =
      Map.of("amd64", "x86_64", "x86_64", "x86_64", "aarch64", "aarch_64", "arm64", "aarch_64");

  static RuntimeClient ours() {
    return new RuntimeClient(RuntimeLoop.class.getName(), List.of());
  }

  /**
   * Takes AWS's where it runs.
   *
   * @param directory of its jars
   * @param target where its native library goes: by itself it would write it to a fixed file in
   *     /tmp, over that of another user or of a function that is just starting
   */
  static RuntimeClient forThisMachine(Path directory, Path target) throws IOException {
    String library =
        "jni/libaws-lambda-jni.%s-%s.so"
            .formatted(
                isMusl() ? "linux_musl" : "linux",
                ARCHITECTURES.getOrDefault(System.getProperty("os.arch"), "unknown"));
    if (!System.getProperty("os.name").equals("Linux")) {
      return ours();
    }
    // The client needs it between two events; without it the process serves one and dies.
    jar(directory, "utils-lite-");
    try (JarFile file = new JarFile(jar(directory, JAR).toFile())) {
      ZipEntry entry = file.getEntry(library);
      if (entry == null) {
        return ours();
      }
      Path copy = target.resolve("libaws-lambda-jni.so");
      try (InputStream content = file.getInputStream(entry)) {
        Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
      }
      return new RuntimeClient(
          PACKAGE + "AWSLambda", List.of("-D" + PACKAGE + "runtimeapi.NativeClient.JNI=" + copy));
    }
  }

  private static Path jar(Path directory, String prefix) throws IOException {
    Optional<Path> jar = Optional.empty();
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        jar = files.filter(file -> file.getFileName().toString().startsWith(prefix)).findFirst();
      }
    }
    return jar.orElseThrow(
        () ->
            new IOException(
                "%s has no %s*.jar; build the sandbox with './mvnw -pl sandbox/service package'"
                    .formatted(directory, prefix)));
  }

  private static boolean isMusl() throws IOException {
    Path lib = Path.of("/lib");
    if (!Files.isDirectory(lib)) {
      return false;
    }
    try (Stream<Path> files = Files.list(lib)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith("ld-musl-"));
    }
  }
}
