package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.test.release.Consumer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
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
    Consumer consumer = new Consumer(directory);

    Path out = consumer.synthesize(registry, PUBLISHED);

    JsonNode resources = new Synthesized(out).template("Lakehouse").get("Resources");
    assertThat(resources.findValuesAsText("Type"))
        .contains("AWS::EMRServerless::Application", "AWS::Lambda::Function");
    assertThat(DeployedFunction.of(new Synthesized(out), "Lakehouse").jar()).exists();
    assertThat(new Synthesized(out).template("OnEc2").get("Resources").findValuesAsText("Type"))
        .contains("AWS::EMR::Cluster", "AWS::EMR::Step");
    assertThat(consumer.fetched())
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
}
