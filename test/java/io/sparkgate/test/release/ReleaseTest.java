package io.sparkgate.test.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sparkgate.test.release.Checkout.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A release of this tree into folders, from a checkout elsewhere and by somebody with other rights,
 * and what others make of it.
 */
// As SbomTest: offline Maven leaves the bill of materials out.
@DisabledIfEnvironmentVariable(
    named = "MAVEN_CMD_LINE_ARGS",
    matches = ".*\\s(-o|--offline)(\\s.*)?")
class ReleaseTest {

  /** One that is in nobody's cache, where it would be found before the folder is asked. */
  private static final String VERSION = "987.6.5";

  private static final String ARTIFACT = "sparkgate-constructs-";
  private static final String DIFFERENT =
      "what a release has otherwise than constructs/target, which ./mvnw clean makes anew";
  private static final Path CLIENT = Path.of("../client").toAbsolutePath().normalize();

  @TempDir private static Path directory;
  private static Path maven;
  private static Path wheels;
  private static Checkout checkout;

  @BeforeAll
  static void publish() throws Exception {
    assumeThat(Runtime.version().feature()).as("a release is built with JDK 17").isEqualTo(17);
    assumeThat(System.getenv("CI") != null || Checkout.runs(CLIENT + "/python"))
        .as("a Python is on the PATH")
        .isTrue();
    // Folders as people have them.
    checkout = Checkout.ofThisTree(directory.resolve("a checkout"));
    checkout.git("tag", "v" + VERSION);
    maven = directory.resolve("for maven");
    wheels = directory.resolve("for pip");

    // Elsewhere another language is spoken, and written in another encoding.
    Outcome outcome = release(Map.of("LC_ALL", "C", "JAVA_TOOL_OPTIONS", "-Duser.language=de"));

    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.reason())
        .isEqualTo(
            "release: %s of %s is published: the library to %s, the Python client to %s",
            VERSION, checkout.git("rev-parse", "HEAD"), maven, wheels);
  }

  @Test
  void hasNothingOfThePersonWhoMadeIt() throws Exception {
    for (String part : List.of("", "-sources", "-javadoc")) {
      assertThat(new Jar(published(part + ".jar")).rights()).containsOnly("rw-r--r--", "rwxr-xr-x");
    }
    assertThat(Files.readString(published(".pom")))
        .contains("<version>" + VERSION + "</version>")
        .doesNotContain("SNAPSHOT", "sparkgate-parent");
    assertThat(Files.readString(published("-cyclonedx.json")))
        .contains("pkg:maven/io.sparkgate/sparkgate-constructs@" + VERSION)
        .doesNotContain("SNAPSHOT", directory.toString());
  }

  @Test
  void isMadeOfTheSameBytesAsTheBuildOfThisTree() throws Exception {
    assertThat(others(".jar")).as(DIFFERENT).isEmpty();
    assertThat(others("-sources.jar")).as(DIFFERENT).isEmpty();
  }

  @Test
  @DisabledIfSystemProperty(named = "maven.javadoc.skip", matches = "true")
  void isDocumentedWithTheSameBytesToo() throws Exception {
    assumeThat(isJavadocOfTheseSources())
        .as(
            "the Javadoc in constructs/target is newer than its sources; ./mvnw clean makes it anew")
        .isTrue();
    assertThat(others("-javadoc.jar")).as(DIFFERENT).isEmpty();
  }

  @Test
  void carriesItsLicenceAndWhatIsInside() throws Exception {
    assertThat(new Jar(published(".jar")).checksums(VERSION))
        .containsKeys("META-INF/LICENSE", "META-INF/sbom/functions.cdx.json");
  }

  @Test
  void leavesTheCheckoutAsItWas() throws Exception {
    assertThat(checkout.git("status", "--porcelain")).isEmpty();
    assertThat(checkout.root().resolve("target").toFile().list()).containsExactly("release");
  }

  @Test
  void isTakenTwiceAndNeverReplaced() throws Exception {
    assertThat(release(Map.of()).exitCode()).isZero();
    Path pom = published(".pom");
    byte[] before = Files.readAllBytes(pom);
    try {
      Files.writeString(pom, "another");
      Outcome outcome = release(Map.of());
      assertThat(outcome.exitCode()).isEqualTo(1);
      assertThat(outcome.reason())
          .isEqualTo(
              "release: %s has another %s; a version that is published never changes, so release the"
                  + " next one; nothing was published",
              pom.getParent(), pom.getFileName());
    } finally {
      Files.write(pom, before);
    }
  }

  @Test
  void isUploadedOnceWithThePasswordOfTheSettings() throws Exception {
    Path settings = directory.resolve("settings.xml");
    Files.writeString(
        settings,
        "<settings><servers><server><id>ours</id><username>aws</username>"
            + "<password>${env.OUR_TOKEN}</password></server></servers></settings>");
    Map<String, String> environment =
        Map.of("MAVEN_ARGS", "-s " + settings, "OUR_TOKEN", Registry.PASSWORD);
    try (Registry registry = new Registry()) {
      String[] upload = {VERSION, "--skip-tests", "--maven", "ours::" + registry.url()};

      Outcome first = checkout.release(environment, upload);

      assertThat(first.exitCode()).as("%s", first).isZero();
      for (String part :
          List.of(".pom", ".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json")) {
        String path = maven.relativize(published(part)).toString();
        assertThat(published(part)).hasBinaryContent(registry.files().get(path));
      }

      Outcome second = checkout.release(environment, upload);

      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.reason())
          .contains("did not take " + VERSION + "; Maven's words are above.");
      assertThat(String.join("\n", second.errors())).contains("409");
      assertThat(first + "" + second).doesNotContain(Registry.PASSWORD);
    }
  }

  /** That an app needs no more of this jar, whose bytes are these, PublishedJarTest shows. */
  @Test
  void publishesTheLibraryAlone() {
    assertThat(maven.resolve("io/sparkgate").toFile().list())
        .containsExactly("sparkgate-constructs");
  }

  @Test
  void hasAPythonClientOfTheSameVersion() throws Exception {
    String python = pythonOfTheChecks();
    Path installed = directory.resolve("installed");
    run(
        Map.of(),
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-index",
        "--no-deps",
        "--find-links",
        wheels.toString(),
        "--target",
        installed.toString(),
        "sparkgate==" + VERSION);

    Map<String, String> path = Map.of("PYTHONPATH", installed.toString());
    String ask = "import importlib.metadata as m; print(m.version('sparkgate'))";
    assertThat(run(path, python, "-c", ask)).isEqualTo(VERSION + "\n");
    assertThat(run(path, installed + "/bin/sparkgate", "--help")).contains("usage: sparkgate");
  }

  @Test
  void hasASourceDistributionThatMakesTheSameWheel() throws Exception {
    Path made = directory.resolve("from the sdist");
    run(
        Map.of("SOURCE_DATE_EPOCH", "1767225600"),
        pythonOfTheChecks(),
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-index",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        made.toString(),
        wheels.resolve("sparkgate-" + VERSION + ".tar.gz").toString());

    String wheel = "sparkgate-" + VERSION + "-py3-none-any.whl";
    assertThat(made.resolve(wheel)).hasSameBinaryContentAs(wheels.resolve(wheel));
  }

  private static Outcome release(Map<String, String> environment) throws Exception {
    return checkout.release(
        environment,
        VERSION,
        "--skip-tests",
        "--maven",
        maven.toString(),
        "--wheels",
        wheels.toString());
  }

  private static Path published(String part) {
    return maven
        .resolve("io/sparkgate/sparkgate-constructs")
        .resolve(VERSION)
        .resolve(ARTIFACT + VERSION + part);
  }

  /** Maven's plugin keeps what it made once, whatever has changed in the sources since. */
  private static boolean isJavadocOfTheseSources() throws IOException {
    FileTime made =
        Files.getLastModifiedTime(Path.of("../constructs/target/reports/apidocs/index-all.html"));
    for (String sources : List.of("../constructs/src/main/java", "../constructs/pom.xml")) {
      try (var files = Files.walk(Path.of(sources))) {
        for (Path file : files.toList()) {
          if (Files.getLastModifiedTime(file).compareTo(made) > 0) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** What of it Maven made otherwise of this tree, before these tests. */
  private static Map<String, String> others(String part) throws Exception {
    String version = System.getProperty("project.version");
    Path jar = Path.of("../constructs/target", ARTIFACT + version + part);
    Map<String, String> built = new Jar(jar).checksums(version);
    Map<String, String> others = new Jar(published(part)).checksums(VERSION);
    others.entrySet().removeIf(entry -> entry.getValue().equals(built.get(entry.getKey())));
    // An offline build leaves it out.
    others.keySet().removeIf(name -> name.startsWith("META-INF/sbom/") && !built.containsKey(name));
    return others;
  }

  /** Which has all that the client needs. */
  private static String pythonOfTheChecks() {
    Path python = CLIENT.resolve("target/venv/bin/python");
    assumeThat(System.getenv("CI") != null || Files.exists(python))
        .as("%s is there; client/check makes it", python)
        .isTrue();
    return python.toString();
  }

  private static String run(Map<String, String> environment, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
