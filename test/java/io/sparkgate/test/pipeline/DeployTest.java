package io.sparkgate.test.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.test.pipeline.Unpacked.Ended;
import io.sparkgate.test.pipeline.Unpacked.Started;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code pipeline/deploy} with a CLI that records what it is asked. */
class DeployTest {

  private static final String DEPLOYS =
      "deploy SparkConnect-dev --exclusively --app cdk.out --require-approval never --ci"
          + " --progress events --outputs-file outputs-dev.json";
  private static final String DIAGNOSES =
      "diagnose SparkConnect-dev --app cdk.out --unstable=diagnose";

  @TempDir private Path home;

  @Test
  void deploysWhatWasBuilt() throws Exception {
    Ended deploy = failing("exit 0").run("deploy", "dev");

    assertThat(deploy.code()).isZero();
    assertThat(Files.readAllLines(home.resolve("asked"))).containsExactly(DEPLOYS);
    assertThat(deploy.lastLine())
        .isEqualTo(
            "deploy: SparkConnect-dev is as it was built; its outputs are in outputs-dev.json");
  }

  /** Of a failure the CLI looks for the cause as another role, and goes on where it may not. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "ToolkitError: The stack named SparkConnect-dev failed to deploy: UPDATE_ROLLBACK_COMPLETE: No"
            + "|SparkConnect-dev was not deployed: mend what is named above and build again, or run"
            + " this again where it was a passing fault; docs/lifecycle.md",
        "current credentials could not be used to assume 'arn:aws:iam::1:role/cdk-x-lookup-role-1-r'"
            + "|SparkConnect-dev was not deployed: mend what is named above and build again, or run"
            + " this again where it was a passing fault; docs/lifecycle.md",
        "UPDATE_FAILED Received response status [FAILED] from custom resource. Message returned:"
            + " Application 00f1 is in use by session s1"
            + "|SparkConnect-dev was not changed, because people use it: wait for the sessions named"
            + " above or end them and run this again, or let deployments wait for them by"
            + " \"onUpdate\": \"drain 30\" of dev in cdk.json and build again; docs/lifecycle.md",
        "UPDATE_ROLLBACK_FAILED Application 00f1 is in use by session s1"
            + "|SparkConnect-dev is in a failed rollback: mend what its events above name (end live"
            + " sessions), continue by ./cdkw rollback SparkConnect-dev --app cdk.out, then run this"
            + " again; docs/lifecycle.md",
      })
  void asksForTheCauseAndSaysWhatToDo(String said, String sentence) throws Exception {
    Ended deploy =
        failing(
                """
                case $1 in
                  deploy) echo "%s" >&2; exit 1 ;;
                  diagnose) echo the cause; exit 1 ;;
                esac"""
                    .formatted(said))
            .run("deploy", "dev");

    assertThat(deploy.code()).isEqualTo(1);
    assertThat(Files.readAllLines(home.resolve("asked"))).containsExactly(DEPLOYS, DIAGNOSES);
    assertThat(deploy.err()).contains(said, "the cause");
    assertThat(deploy.lastLine()).isEqualTo("deploy: " + sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "ExpiredToken: The security token included in the request is expired"
            + "|the AWS credentials have expired; sign in again, or let the CI take new ones",
        "UPDATE_IN_PROGRESS; ExpiredToken"
            + "|the AWS credentials have expired; sign in again, or let the CI take new ones; meanwhile"
            + " CloudFormation goes on with what it was told",
        "current credentials could not be used to assume 'arn:aws:iam::1:role/cdk-x-deploy-role-1-r'"
            + "|the AWS credentials may not become arn:aws:iam::1:role/cdk-x-deploy-role-1-r; take"
            + " those that may, or bootstrap account and Region if nobody has",
      })
  void asksForNoCauseWhereTheCredentialsAreIt(String said, String cause) throws Exception {
    Ended deploy = failing("echo \"" + said + "\"; exit 1").run("deploy", "dev");

    assertThat(deploy.code()).isEqualTo(1);
    assertThat(Files.readAllLines(home.resolve("asked"))).containsExactly(DEPLOYS);
    assertThat(deploy.lastLine()).isEqualTo("deploy: SparkConnect-dev was not deployed: " + cause);
  }

  @Test
  void refusesAnEnvironmentThatWasNotBuilt() throws Exception {
    Ended deploy = failing("exit 0").run("deploy", "prod");

    assertThat(deploy.code()).isEqualTo(2);
    assertThat(home.resolve("asked")).doesNotExist();
    assertThat(deploy.err())
        .isEqualTo(
            "deploy: unknown environment 'prod'; the assembly has dev. Name one of these, or add it"
                + " to \"environments\" in cdk.json and run ./pipeline/build\n");
  }

  /** As a CI does it: the command alone gets the signal, and the CLI has processes of its own. */
  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void leavesNothingRunningBehindASignal(String signal, int code) throws Exception {
    Unpacked unpacked = failing("./helper & wait");
    unpacked.command(
        "helper",
        """
        trap 'echo >helper.ended; exit' TERM
        sleep 60 &
        echo >helper.runs
        # Its sleep may be ended before itself.
        while :; do wait; done""");
    Started deploy = unpacked.start("deploy", "dev");
    deploy.await("helper.runs");

    deploy.signal(signal);

    Ended ended = deploy.end();
    assertThat(ended.code()).isEqualTo(code);
    assertThat(home.resolve("helper.ended")).exists();
    assertThat(ended.lastLine())
        .isEqualTo(
            "deploy: ended by SIG%s; CloudFormation goes on with what it was told: wait until"
                    .formatted(signal)
                + " SparkConnect-dev is IN_PROGRESS no more (./cdkw "
                + DIAGNOSES
                + ", or its events in AWS's console), then run this again");
  }

  private Unpacked failing(String how) throws Exception {
    return Unpacked.of(home, "dev").withCli("echo \"$*\" >>asked\n" + how);
  }
}
