package io.sparkgate.sandbox.emrserverless;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionStateTest {

  @ParameterizedTest
  @CsvSource({
    // state, LAUNCHED, READY, RUNS, RESTS, TERMINATE, ENDED; - where the event means nothing
    "SUBMITTED,   STARTING, -,       -,    -,    TERMINATING, FAILED",
    "STARTING,    -,        STARTED, -,    -,    TERMINATING, FAILED",
    "STARTED,     -,        -,       BUSY, IDLE, TERMINATING, FAILED",
    "IDLE,        -,        -,       BUSY, IDLE, TERMINATING, FAILED",
    "BUSY,        -,        -,       BUSY, IDLE, TERMINATING, FAILED",
    "TERMINATING, -,        -,       -,    -,    -,           TERMINATED",
    "TERMINATED,  -,        -,       -,    -,    -,           -",
    "FAILED,      -,        -,       -,    -,    -,           -",
  })
  void leadsFromStateToState(
      SessionState state,
      String launched,
      String ready,
      String runs,
      String rests,
      String terminate,
      String ended) {
    assertThat(SessionEvent.values())
        .extracting(event -> state.after(event).map(Enum::name).orElse("-"))
        .containsExactly(launched, ready, runs, rests, terminate, ended);
  }
}
