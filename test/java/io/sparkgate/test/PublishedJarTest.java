package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one artifact that is published. */
class PublishedJarTest {

  private static final String VERSION = System.getProperty("project.version");

  /** One that is in nobody's cache, where it would be found before the registry is asked. */
  private static final String PUBLISHED = "0-published-for-this-test";

  private static final Path CONSTRUCTS = Path.of("../constructs/target");
  private static final Path JAR = CONSTRUCTS.resolve("sparkgate-constructs-" + VERSION + ".jar");

  @Test
  void carriesAFunctionWhoseHandlerStarts(@TempDir Path directory) throws Exception {
    Path functions = directory.resolve("functions.jar");
    try (JarFile jar = new JarFile(JAR.toFile());
        InputStream entry =
            jar.getInputStream(jar.getEntry("io/sparkgate/internal/functions.jar"))) {
      Files.copy(entry, functions);
    }

    URL lambdaCore = RequestStreamHandler.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {functions.toUri().toURL(), lambdaCore},
            ClassLoader.getPlatformClassLoader())) {
      Class<?> handler = loader.loadClass("io.sparkgate.function.reaper.sweep.ReaperHandler");

      assertThat(handler.getClassLoader()).isSameAs(loader);
      assertThatThrownBy(() -> handler.getDeclaredConstructor().newInstance())
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .hasMessageContaining("SPARKGATE_REAPER");
    }
  }

  @Test
  void isAllThatAnotherAppNeeds(@TempDir Path directory) throws Exception {
    Path registry = publishTo(directory.resolve("registry"));
    Path out = directory.resolve("cdk.out");

    String output =
        maven(
            directory,
            "-Dregistry=" + registry.toUri(),
            "-Dsparkgate.version=" + PUBLISHED,
            "-Dexec.args=" + out,
            "compile",
            "exec:java");

    assertThat(out.resolve("Lakehouse.template.json")).as(output).exists();
    JsonNode resources = new Synthesized(out).template("Lakehouse").get("Resources");
    assertThat(resources.findValuesAsText("Type"))
        .contains("AWS::EMRServerless::Application", "AWS::Lambda::Function");
    assertThat(DeployedFunction.of(new Synthesized(out), "Lakehouse").jar()).exists();
    assertThat(directory.resolve("repository/io/sparkgate"))
        .isDirectoryContaining("glob:**/sparkgate-constructs")
        .isDirectoryNotContaining("glob:**/sparkgate-lambda")
        .isDirectoryNotContaining("glob:**/sparkgate-parent");
  }

  /** Lays the artifact out as a registry does. */
  private static Path publishTo(Path registry) throws IOException {
    Path version = registry.resolve("io/sparkgate/sparkgate-constructs").resolve(PUBLISHED);
    Files.createDirectories(version);
    Files.copy(JAR, version.resolve("sparkgate-constructs-" + PUBLISHED + ".jar"));
    String pom = Files.readString(CONSTRUCTS.resolve(".flattened-pom.xml"));
    String own = "<version>" + VERSION + "</version>";
    assertThat(pom).containsOnlyOnce(own);
    Files.writeString(
        version.resolve("sparkgate-constructs-" + PUBLISHED + ".pom"),
        pom.replace(own, "<version>" + PUBLISHED + "</version>"));
    return registry;
  }

  /** With a local repository of its own, behind which the other dependencies are found. */
  private static String maven(Path directory, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of("../mvnw").toAbsolutePath().normalize().toString(),
                "-B",
                "-q",
                "-f",
                copyOfConsumer(directory).toString(),
                "-Dmaven.repo.local=" + directory.resolve("repository"),
                "-Dmaven.repo.local.tail=" + System.getProperty("settings.localRepository")));
    command.addAll(List.of(arguments));
    Process maven = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(maven.waitFor()).as(output).isZero();
    return output;
  }

  private static Path copyOfConsumer(Path directory) throws IOException {
    Path source = Path.of("consumer");
    Path target = directory.resolve("consumer");
    try (var files = Files.walk(source)) {
      for (Path file : files.filter(f -> !f.startsWith(source.resolve("target"))).toList()) {
        Files.createDirectories(target.resolve(source.relativize(file)).getParent());
        Files.copy(file, target.resolve(source.relativize(file)));
      }
    }
    return target;
  }
}
