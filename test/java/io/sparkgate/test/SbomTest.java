package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** What the published artifact says is in it, unless the build was told to leave that out. */
@DisabledIfSystemProperty(named = "maven.javadoc.skip", matches = "true")
@DisabledIfSystemProperty(named = "sbom.phase", matches = "none")
// Maven leaves out, with a warning, what has to be online.
@DisabledIfEnvironmentVariable(
    named = "MAVEN_CMD_LINE_ARGS",
    matches = ".*\\s(-o|--offline)(\\s.*)?")
class SbomTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ARTIFACT =
      "../constructs/target/sparkgate-constructs-" + System.getProperty("project.version");

  @Test
  void namesWhatMavenBringsToAnApp() throws IOException {
    assertThat(purls(library()))
        .anyMatch(purl -> purl.startsWith("pkg:maven/software.amazon.awscdk/aws-cdk-lib@"))
        .anyMatch(purl -> purl.startsWith("pkg:maven/software.constructs/constructs@"))
        .anyMatch(purl -> purl.startsWith("pkg:maven/org.apache.spark/spark-connect_2.12@"))
        .noneMatch(purl -> purl.contains("junit"));
  }

  @Test
  void namesWhatTravelsInTheFunctionsJar() throws IOException {
    assertThat(purls(functions()))
        .anyMatch(purl -> purl.startsWith("pkg:maven/software.amazon.awssdk/aws-core@"))
        .anyMatch(
            purl -> purl.startsWith("pkg:maven/software.amazon.awssdk/third-party-jackson-core@"))
        .anyMatch(purl -> purl.startsWith("pkg:maven/org.slf4j/slf4j-nop@"))
        // Lambda's runtime brings it.
        .noneMatch(purl -> purl.contains("aws-lambda-java-core"))
        .noneMatch(purl -> purl.contains("junit"));
  }

  @Test
  void isTheSameOfEveryBuild() throws IOException {
    for (JsonNode sbom : List.of(library(), functions())) {
      assertThat(sbom.get("bomFormat").asText()).isEqualTo("CycloneDX");
      assertThat(sbom.findValue("timestamp")).isNull();
      assertThat(sbom.findValue("serialNumber")).isNull();
    }
  }

  private static JsonNode library() throws IOException {
    Path sbom = Path.of(ARTIFACT + "-cyclonedx.json");
    assertThat(sbom)
        .as("is made by a build that is online and has no -Dmaven.javadoc.skip")
        .exists();
    return JSON.readTree(Files.readAllBytes(sbom));
  }

  private static JsonNode functions() throws IOException {
    try (JarFile jar = new JarFile(ARTIFACT + ".jar")) {
      assertThat(jar.getEntry("META-INF/sbom/functions.cdx.json"))
          .as("is made by a build that is online and has no -Dmaven.javadoc.skip")
          .isNotNull();
      try (InputStream sbom =
          jar.getInputStream(jar.getEntry("META-INF/sbom/functions.cdx.json"))) {
        return JSON.readTree(sbom);
      }
    }
  }

  private static List<String> purls(JsonNode sbom) {
    return StreamSupport.stream(sbom.get("components").spliterator(), false)
        .map(component -> component.get("purl").asText())
        .toList();
  }
}
