package io.sparkgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.sandbox.spark.SessionMemory;
import io.sparkgate.sandbox.template.BadInput;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

  @Test
  void playsTheOnlyStackOfCdkOutInRealTimeUnlessAskedOtherwise() throws BadInput {
    Options options = Options.parse();

    assertThat(options.template()).isEqualTo(Path.of("cdk.out").toAbsolutePath());
    assertThat(options.environment()).isEmpty();
    assertThat(options.port()).isEqualTo(4466);
    assertThat(options.minute()).isEqualTo(60);
    assertThat(options.memory()).isEqualTo(SessionMemory.ofThisMachine());
    assertThat(options.work()).isEqualTo(Path.of("sandbox-work").toAbsolutePath());
  }

  @Test
  void takesEveryOption() throws BadInput {
    assertThat(
            Options.parse(
                "--template",
                "/t.json",
                "--env",
                "dev",
                "--port",
                "0",
                "--minute",
                "0.5",
                "--memory",
                "1.5",
                "--work",
                "/w"))
        .isEqualTo(
            new Options(
                Path.of("/t.json"),
                Optional.of("dev"),
                0,
                0.5,
                new SessionMemory(1536),
                Path.of("/w")));
  }

  @Test
  void letsTheLastOneWin() throws BadInput {
    assertThat(Options.parse("--work", "/script", "--work", "/user").work())
        .isEqualTo(Path.of("/user"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--prot 1     | unknown option --prot; the options are --env, --template, --port, --minute, --memory, --work, --help",
        "--port       | --port lacks its value; write for example --port 4466",
        "--env --port | --env lacks its value; write for example --env dev",
        "--port 70000 | --port received 70000, but takes a number from 0 to 65535",
        "--port 1.5   | --port received 1.5, but takes a number from 0 to 65535",
        "--minute 0   | --minute received 0, but takes a number from 0.1 to 60",
        "--memory 0.5 | --memory received 0.5, but takes a number from 1 to 1024",
        "--memory     | --memory lacks its value; write for example --memory 4",
        "--minute now | --minute received now, but takes a number from 0.1 to 60"
      })
  void rejectsWhatItCannotTakeInOneLine(String arguments, String message) {
    assertThatThrownBy(() -> Options.parse(arguments.split(" ")))
        .isInstanceOf(BadInput.class)
        .hasMessage(message);
  }
}
