package io.sparkgate.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.IStableStringProducer;
import software.amazon.awscdk.Lazy;

class ReleaseLabelTest {

  @Test
  void tellsTheSparkVersionThatClientsMustHave() {
    assertThat(ReleaseLabel.EMR_7_13_0.sparkVersion()).contains("3.5.6");
    assertThat(ReleaseLabel.of("emr-7.13.0-20260101").sparkVersion()).contains("3.5.6");
    assertThat(ReleaseLabel.of("emr-9.9.9").sparkVersion()).isEmpty();
  }

  @Test
  void tellsThePythonThatTheWorkersRun() {
    assertThat(ReleaseLabel.EMR_7_13_0.pythonVersion()).contains("3.11");
    assertThat(ReleaseLabel.of("emr-9.9.9").pythonVersion()).isEmpty();
  }

  @Test
  void tellsWhatAClientMustInstallToTheLastVersion() throws IOException {
    String requirements = ReleaseLabel.EMR_7_13_0.pipRequirements().orElseThrow();
    List<String> arguments = List.of(requirements.split(" "));

    assertThat(arguments.get(0)).isEqualTo("\"pyspark[connect]==3.5.6\"");
    assertThat(arguments.subList(1, arguments.size()))
        .allMatch(argument -> argument.matches("[\\w-]+==[\\w.]+"))
        .doesNotHaveDuplicates()
        .contains("pandas==" + pinned("pandas"), "pyarrow==" + pinned("pyarrow"))
        .hasSize((int) constraints().count() - 1);
    assertThat(pinned("pyspark")).isEqualTo("3.5.6");
    assertThat(requirements).hasSizeLessThan(4_096);
    assertThat(ReleaseLabel.of("emr-7.13.0-20260101").pipRequirements()).contains(requirements);
  }

  @Test
  void tellsNothingToInstallForWhatItDoesNotKnow() {
    assertThat(ReleaseLabel.of("emr-9.9.9").pipRequirements()).isEmpty();
    assertThat(ReleaseLabel.of("emr-../../7.13.0").pipRequirements()).isEmpty();
  }

  /** Such as one that was not tried with any client. */
  @Test
  void asksForPySparkAloneWhereNoMoreIsKnown() {
    assertThat(PipRequirements.of("emr-7.99.0", "3.5.9")).isEqualTo("\"pyspark[connect]==3.5.9\"");
  }

  @Test
  void quotesForAShellWhatHoldsForSomePythonsOnly() {
    assertThat(
            PipRequirements.render(
                "3.5.6",
                """
                # seen to work
                pyspark==3.5.6

                numpy==1.26.4 # not 2
                setuptools==80.10.2; python_version >= "3.12"
                """))
        .isEqualTo(
            "\"pyspark[connect]==3.5.6\" numpy==1.26.4"
                + " \"setuptools==80.10.2; python_version >= '3.12'\"");
  }

  private static String pinned(String name) throws IOException {
    return constraints()
        .filter(line -> line.startsWith(name + "=="))
        .map(line -> line.replaceFirst(".*==", ""))
        .findFirst()
        .orElseThrow();
  }

  /** What the tests of the client install. */
  private static Stream<String> constraints() throws IOException {
    return Files.readString(Path.of("../client/constraints/emr-7.13.0.txt"))
        .lines()
        .filter(line -> !line.startsWith("#"));
  }

  @ParameterizedTest
  @CsvSource({
    "emr-7.9.0, emr-7.13.0, true",
    "emr-7.13.0, emr-7.9.0, false",
    "emr-7.13.0, emr-7.13.1, true",
    "emr-7.13.0, emr-8.0.0, true",
    "emr-7.13.0, emr-7.13.0-20260101, false"
  })
  void comparesNumbersNotStrings(String one, String other, boolean before) {
    assertThat(ReleaseLabel.of(one).isBefore(ReleaseLabel.of(other))).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"emr-spark-8.0.0-preview", "7.13.0", "emr-7.13", "latest"})
  void doesNotGuessAVersion(String label) {
    ReleaseLabel release = ReleaseLabel.of(label);
    assertThat(release.isNumbered()).isFalse();
    assertThat(release.isBefore(ReleaseLabel.EMR_7_13_0)).isFalse();
    assertThat(ReleaseLabel.EMR_7_13_0.isBefore(release)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "emr 7.13.0", "emr-7.13.0!"})
  void rejectsCharactersThatTheServiceRejects(String label) {
    assertThatThrownBy(() -> ReleaseLabel.of(label))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + label + "' is not a release label; use 1 to 64 of");
  }

  @Test
  void isEqualByLabel() {
    assertThat(ReleaseLabel.of("emr-7.13.0"))
        .isEqualTo(ReleaseLabel.EMR_7_13_0)
        .hasSameHashCodeAs(ReleaseLabel.EMR_7_13_0)
        .hasToString("emr-7.13.0");
  }

  @Test
  void acceptsTokens() {
    IStableStringProducer producer = () -> "emr-7.13.0";
    ReleaseLabel label = ReleaseLabel.of(Lazy.string(producer));
    assertThat(label.isNumbered()).isFalse();
    assertThat(label.sparkVersion()).isEmpty();
  }
}
