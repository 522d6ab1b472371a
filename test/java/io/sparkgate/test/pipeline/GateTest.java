package io.sparkgate.test.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.test.pipeline.Unpacked.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code pipeline/gate} with a CLI that answers as the pinned one does; see VerdictTest for that.
 */
class GateTest {

  /** What the CLI says at the end of a difference, and only there. */
  private static final String ENDS = "echo 'Number of stacks with differences: 1' >&2; ";

  @TempDir private Path home;

  @ParameterizedTest
  @CsvSource({
    "0, 0, nothing",
    "0, 1, broadening",
    "1, 0, destructive",
    "1, 1, both",
  })
  void asksTheCliForOneKindAtATime(int destructive, int broadening, String verdict)
      throws Exception {
    Ended gate =
        Unpacked.of(home, "dev")
            .withCli(
                "echo \"$*\" >>asked; "
                    + ENDS
                    + "case $* in *destructive) exit %d;; *) exit %d;; esac"
                        .formatted(destructive, broadening))
            .run("gate", "dev");

    assertThat(gate.out()).isEqualTo("verdict=" + verdict + "\n");
    assertThat(gate.code()).isZero();
    assertThat(Files.readAllLines(home.resolve("asked")))
        .containsExactly(
            "diff SparkConnect-dev --exclusively --app cdk.out --method=template --fail-on=destructive",
            "diff SparkConnect-dev --exclusively --app cdk.out --method=template --fail-on=broadening");
  }

  @Test
  void leavesItsOutputToTheVerdictWhateverTheCliPrintsThere() throws Exception {
    Ended gate =
        Unpacked.of(home, "dev")
            .with("CI", "true")
            .withCli("echo '[~] a difference'; echo 'Number of stacks with differences: 1'")
            .run("gate", "dev");

    assertThat(gate.out()).isEqualTo("verdict=nothing\n");
    assertThat(gate.err()).containsOnlyOnce("[~] a difference");
  }

  @Test
  void saysNoWhereItIsStrict() throws Exception {
    Ended gate = Unpacked.of(home, "prod").withCli(ENDS + "exit 1").run("gate", "prod", "--strict");

    assertThat(gate.code()).isEqualTo(1);
    assertThat(gate.out()).isEqualTo("verdict=both\n");
    assertThat(gate.lastLine())
        .isEqualTo(
            "gate: a deployment of SparkConnect-prod widens what is permitted, and replaces or"
                + " deletes what is listed above; --strict takes only \"nothing\", so let somebody"
                + " agree to it and then deploy");
  }

  @Test
  void goesOnWhereItIsStrictAndThereIsNothing() throws Exception {
    Ended gate = Unpacked.of(home, "prod").withCli(ENDS).run("gate", "prod", "--strict");

    assertThat(gate.code()).isZero();
    assertThat(gate.out()).isEqualTo("verdict=nothing\n");
  }

  /** The CLI exits with 1 for a finding and for whatever went wrong. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo half a difference; echo Connection reset >&2; exit 1",
        "echo half a difference; echo Connection reset >&2; exit 0",
        "echo 'Number of stacks with differences: 1'; echo Connection reset >&2; exit 137",
        "case $* in *broadening) echo Connection reset >&2; exit 1;; esac;"
            + " echo 'Number of stacks with differences: 1'",
      })
  void hasNoVerdictWhereTheDifferenceFails(String cli) throws Exception {
    Ended gate = Unpacked.of(home, "dev").withCli(cli).run("gate", "dev");

    assertThat(gate.out()).isEmpty();
    assertThat(gate.code()).isEqualTo(1);
    assertThat(gate.lastLine())
        .isEqualTo(
            "gate: no verdict, because the difference of SparkConnect-dev was not found:"
                + " Connection reset");
  }

  @Test
  void namesTheEnvironmentsThatThereAre() throws Exception {
    Ended gate = Unpacked.of(home, "dev", "prod").run("gate", "prd");

    assertThat(gate.code()).isEqualTo(2);
    assertThat(gate.out()).isEmpty();
    assertThat(gate.err())
        .isEqualTo(
            "gate: unknown environment 'prd'; the assembly has dev, prod. Name one of these, or add"
                + " it to \"environments\" in cdk.json and run ./pipeline/build\n");
  }

  @Test
  void asksForAnAssembly() throws Exception {
    Ended gate = new Unpacked(home).run("gate", "dev");

    assertThat(gate.code()).isEqualTo(2);
    assertThat(gate.err())
        .isEqualTo(
            "gate: there is no assembly in %s/cdk.out; run ./pipeline/build, or unpack assembly.tar and start pipeline/gate there\n"
                .formatted(home.toRealPath()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|no environment is named; the assembly has dev, prod: ./pipeline/gate ENV",
        "dev prod|two environments, 'dev' and 'prod'; name one at a time",
        "dev --force|there is no option --force; it takes --against FILE and --strict",
        "dev --against|--against is '', and there is no such file; name one with a template",
        "dev --against gone|--against is 'gone', and there is no such file; name one with a template",
        "dev --against notes|--against is 'notes', which is no template: it has no Resources",
      })
  void saysWhatIsWrongWithItsArguments(String arguments, String sentence) throws Exception {
    Unpacked unpacked = Unpacked.of(home, "dev", "prod");
    unpacked.write("notes", "hello\n");

    Ended gate = unpacked.run("gate", arguments == null ? new String[0] : arguments.split(" "));

    assertThat(gate.code()).isEqualTo(2);
    assertThat(gate.out()).isEmpty();
    assertThat(gate.err()).isEqualTo("gate: " + sentence + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"build", "gate", "deploy", "drift"})
  void tellsHowToUseIt(String command) throws Exception {
    Ended help = new Unpacked(home).run(command, "--help");

    assertThat(help.code()).isZero();
    assertThat(help.out()).startsWith("./pipeline/" + command).contains("exit codes: 0");
    assertThat(help.err()).isEmpty();
  }
}
