package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code pipeline/codebuild}, beside a command that tells what it was started with. */
class CodeBuildCommandTest {

  private static final String ROLE = "arn:aws:iam::111122223333:role/SparkConnect-prod-Deploy";

  @TempDir private Path directory;

  private record Ended(int code, String output) {}

  @BeforeEach
  void copy() throws IOException {
    Files.copy(Path.of("../pipeline/codebuild"), directory.resolve("codebuild"));
    Files.writeString(
        directory.resolve("deploy"),
        "echo \"$AWS_PROFILE $AWS_REGION $AWS_DEFAULT_REGION: $*\"; cat \"$AWS_CONFIG_FILE\"; exit 7\n");
  }

  @Test
  void startsTheCommandAsTheRoleOfTheEnvironment() throws Exception {
    assertThat(run("prod", "eu-west-1", ROLE, "deploy", "--verbose", "a b"))
        .isEqualTo(
            new Ended(
                7,
                """
                sparkgate eu-west-1 eu-west-1: prod --verbose a b
                [profile sparkgate]
                role_arn = %s
                role_session_name = sparkgate-prod
                credential_source = EcsContainer
                region = eu-west-1
                """
                    .formatted(ROLE)));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "prod eu-west-1, \"it takes ENV REGION ROLE COMMAND, and received 2 of them; see --help\"",
        "prod eu-west-1 Deploy deploy, \"ROLE received 'Deploy', but takes the ARN of a role; it is the output GateRoleArn or DeployRoleArn of the environment\"",
        "prod eu-west-1 arn:aws:iam::1:role/R build, \"COMMAND received 'build', but takes gate, deploy or smoke\""
      })
  void saysWhatItCannotTake(String arguments, String message) throws Exception {
    assertThat(run(arguments.split(" "))).isEqualTo(new Ended(2, "codebuild: " + message + "\n"));
  }

  @Test
  void saysHowItIsUsed() throws Exception {
    assertThat(run("--help").code()).isZero();
  }

  private Ended run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("sh", directory.resolve("codebuild").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TMPDIR", directory.toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }
}
