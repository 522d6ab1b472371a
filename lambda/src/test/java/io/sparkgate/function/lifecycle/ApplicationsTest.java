package io.sparkgate.function.lifecycle;

import static io.sparkgate.function.lifecycle.Deploying.APPLICATION;
import static io.sparkgate.function.stub.Operation.STOP_APPLICATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.stub.Operation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A list comes to its end whatever the service answers. The stub's token 0 is its first page. */
class ApplicationsTest {

  @AutoClose private final Deploying deploying = new Deploying();

  @ParameterizedTest
  @EnumSource(names = {"LIST_SESSIONS", "LIST_JOB_RUNS"})
  void takesAnEmptyTokenForTheEnd(Operation operation) {
    deploying.session("s1", "IDLE").jobRun("j1", "RUNNING");
    deploying.emr.next(3, operation).answering("nextToken", "");
    Map<String, Object> begun = deploying.begin(Events.delete(APPLICATION, "TERMINATE"));

    deploying.isComplete(begun);

    assertThat(deploying.emr.calls().stream().filter(operation)).hasSize(1);
    assertThat(deploying.lastRecord()).containsEntry("decision", "end").doesNotContainKey("error");
  }

  /** What is not in the list may be in use, so nothing is done. */
  @ParameterizedTest
  @CsvSource({"LIST_SESSIONS, ListSessions", "LIST_JOB_RUNS, ListJobRuns"})
  void failsOnATokenThatIsGivenAgainAndSaysSoInTheEnd(Operation operation, String name) {
    deploying.emr.next(4, operation).answering("nextToken", "0");
    Map<String, Object> begun = deploying.begin(Events.delete(APPLICATION, "TERMINATE"));

    assertThat(deploying.isComplete(begun)).containsEntry("IsComplete", false);
    deploying.pass(Duration.ofMinutes(15));

    assertThatThrownBy(() -> deploying.isComplete(begun))
        .hasMessageStartingWith(
            "Whether application 00app is stopped cannot be found out for 15 minutes, and it is not"
                + " deleted unless it is. The last error: "
                + name
                + ": RepeatedToken: the answer names a page that was read before; the rest of the"
                + " list cannot be read. ");
    assertThat(deploying.emr.calls()).noneMatch(STOP_APPLICATION);
  }
}
