package io.sparkgate.test.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.test.pipeline.Unpacked.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code pipeline/drift} with a CLI that answers as the pinned one does. */
class DriftTest {

  private static final String FOUND = "Number of resources with drift: ";

  private static final String MANIFEST =
      """
      {"version": "48.0.0", "artifacts": {"SparkConnect-dev": {
        "type": "aws:cloudformation:stack",
        "environment": "aws://111122223333/eu-west-1",
        "properties": {"templateFile": "SparkConnect-dev.template.json"}}}}""";

  @TempDir private Path home;

  @ParameterizedTest
  @CsvSource({"0", "0 (3 unchecked)"})
  void isContentWhereNothingDiffers(String summary) throws Exception {
    Ended drift = of("echo '" + FOUND + summary + "'").run("drift", "dev");

    assertThat(drift.code()).isZero();
    assertThat(Files.readAllLines(home.resolve("asked")))
        .containsExactly("drift SparkConnect-dev --app cdk.out --fail");
    assertThat(drift.lastLine())
        .isEqualTo(
            "drift: nothing in SparkConnect-dev was changed by hand; resources with drift: "
                + summary);
  }

  @Test
  void saysWhatToDoAboutWhatItFinds() throws Exception {
    Ended drift = of("echo '" + FOUND + "2 (3 unchecked)'; exit 1").run("drift", "dev");

    assertThat(drift.code()).isEqualTo(1);
    assertThat(drift.lastLine())
        .isEqualTo(
            "drift: SparkConnect-dev was changed by hand, resources with drift: 2 (3 unchecked)."
                + " Put what shall stay into cdk.json or the code; deploy the rest away by ./cdkw"
                + " deploy SparkConnect-dev --app cdk.out --revert-drift, or by hand");
  }

  /** The CLI itself exits with 0 for the second. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "echo not authorized to perform DetectStackDrift; exit 1"
            + "|not authorized to perform DetectStackDrift",
        "echo 'SparkConnect-dev: No drift results available'; echo 'Number of resources with drift: 0'"
            + "|CloudFormation had no result; run this again",
        "echo nothing|nothing",
      })
  void isNotContentWhereItIsNotKnown(String cli, String reason) throws Exception {
    Ended drift = of(cli).run("drift", "dev");

    assertThat(drift.code()).isEqualTo(1);
    assertThat(drift.lastLine())
        .isEqualTo(
            "drift: it was not found out whether SparkConnect-dev was changed by hand: " + reason);
  }

  /** With the pinned CLI: its words are what the command goes by. */
  @Test
  void readsWhatTheCliSays() throws Exception {
    Unpacked unpacked = Unpacked.of(home, "dev").withTheCli();
    unpacked.write("cdk.out/manifest.json", MANIFEST);
    unpacked.write(
        "cdk.out/SparkConnect-dev.template.json",
        "{\"Resources\":{\"Letters\":{\"Type\":\"AWS::SQS::Queue\"}}}");
    try (FakeAws aws = FakeAws.start();
        unpacked) {
      assertThat(unpacked.signedIn(aws).run("drift", "dev").lastLine())
          .isEqualTo(
              "drift: nothing in SparkConnect-dev was changed by hand; resources with drift: 0 (1"
                  + " unchecked)");

      aws.changed("Letters");

      Ended drift = unpacked.run("drift", "dev");
      assertThat(drift.code()).isEqualTo(1);
      assertThat(drift.err()).contains("Letters");
      assertThat(drift.lastLine())
          .startsWith("drift: SparkConnect-dev was changed by hand, resources with drift: 1. Put");
    }
  }

  private Unpacked of(String cli) throws Exception {
    return Unpacked.of(home, "dev").withCli("echo \"$*\" >>asked; " + cli);
  }
}
