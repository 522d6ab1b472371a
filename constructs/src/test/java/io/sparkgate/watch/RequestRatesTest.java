package io.sparkgate.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.serverless.EmrServerlessApplication;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.Stack;

class RequestRatesTest {

  @Test
  void givesTheFunctionItsShareOfEachRate() {
    RequestRates rates =
        RequestRates.share(25).listSessions(2, 30).getSession(100, 200).terminateSession(0.1, 1);

    assertThat(rates.toConfiguration(1))
        .isEqualTo(
            Map.of(
                "listSessions", Map.of("perSecond", 0.5, "burst", 7),
                "getSession", Map.of("perSecond", 25.0, "burst", 50),
                "terminateSession", Map.of("perSecond", 0.03, "burst", 1)));
  }

  @Test
  void givesTheFunctionItsShareOfTheRatesOnJobRuns() {
    RequestRates rates =
        RequestRates.share(25).listJobRuns(2, 30).getJobRun(100, 200).cancelJobRun(0.1, 1);

    assertThat(rates.toConfigurationOfJobRuns(1))
        .isEqualTo(
            Map.of(
                "listJobRuns", Map.of("perSecond", 0.5, "burst", 7),
                "getJobRun", Map.of("perSecond", 25.0, "burst", 50),
                "cancelJobRun", Map.of("perSecond", 0.03, "burst", 1)));
    assertThat(RequestRates.share(100).toConfigurationOfJobRuns(1))
        .isEqualTo(
            Map.of(
                "listJobRuns", Map.of("perSecond", 1.0, "burst", 25),
                "getJobRun", Map.of("perSecond", 10.0, "burst", 50),
                "cancelJobRun", Map.of("perSecond", 1.0, "burst", 25)));
  }

  static Stream<Arguments> wrongRates() {
    return Stream.of(
        Arguments.of(
            RequestRates.share(0),
            "requestRates received a share of 0 percent, but takes 1 to 100"),
        Arguments.of(
            RequestRates.share(101),
            "requestRates received a share of 101 percent, but takes 1 to 100"),
        Arguments.of(
            RequestRates.share(50).getSession(0, 10),
            "requestRates received 0.0 requests a second for getSession, but takes 0.1 to 1000"),
        Arguments.of(
            RequestRates.share(50).listSessions(Double.NaN, 10),
            "requestRates received NaN requests a second for listSessions, but takes 0.1 to 1000"),
        Arguments.of(
            RequestRates.share(50).terminateSession(1, 0),
            "requestRates received 0 requests at once for terminateSession, but takes 1 to 1000"),
        Arguments.of(
            RequestRates.share(50).cancelJobRun(0, 1),
            "requestRates received 0.0 requests a second for cancelJobRun, but takes 0.1 to 1000"),
        Arguments.of(
            RequestRates.share(50).listJobRuns(1, 1001),
            "requestRates received 1001 requests at once for listJobRuns, but takes 1 to 1000"),
        Arguments.of(
            RequestRates.share(50).getJobRun(1001, 1),
            "requestRates received 1001.0 requests a second for getJobRun, but takes 0.1 to 1000"));
  }

  @ParameterizedTest
  @MethodSource("wrongRates")
  void rejectsWhatTheFunctionCouldNotKeep(RequestRates rates, String message) {
    Stack stack = new Stack();
    IdleSessionReaper.Builder reaper =
        IdleSessionReaper.Builder.create(stack, "Reaper")
            .watch(EmrServerlessApplication.fromApplicationId(stack, "App", "00f1"))
            .requestRates(rates);

    assertThatThrownBy(reaper::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Default/Reaper: " + message);
  }
}
