package io.sparkgate.sandbox.emrserverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.sandbox.emrserverless.Plane.Reply;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThrottleTest {

  @Test
  void refusesACallTooMany() {
    Map<String, Rate> rates = Map.of("GetApplication", new Rate(0.5, 2));
    try (Plane plane = new Plane(60, rates).application("")) {
      assertThat(status(plane)).isEqualTo(200);
      assertThat(status(plane)).isEqualTo(200);
      Reply refused = plane.get("/applications/00app");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.type()).isEqualTo("ThrottlingException");
      assertThat(refused.message()).isEqualTo("Rate exceeded");
      assertThat(plane.get("/applications").status()).as("another operation").isEqualTo(200);
      plane.clock.pass(Duration.ofSeconds(1));
      assertThat(status(plane)).as("half a call, by the real clock").isEqualTo(429);
      plane.clock.pass(Duration.ofSeconds(1));
      assertThat(status(plane)).isEqualTo(200);
      assertThat(status(plane)).isEqualTo(429);
      plane.clock.pass(Duration.ofHours(1));
      assertThat(status(plane)).isEqualTo(200);
      assertThat(status(plane)).isEqualTo(200);
      assertThat(status(plane)).as("never more than the burst").isEqualTo(429);
    }
  }

  private static int status(Plane plane) {
    return plane.get("/applications/00app").status();
  }

  @ParameterizedTest
  @CsvSource({
    "GetApplication, 10, 50",
    "StopApplication, 1, 25",
    "GetSession, 10, 50",
    "ListSessions, 1, 25",
    "TerminateSession, 1, 25",
  })
  void knowsTheServicesRates(String operation, double perSecond, int burst) {
    assertThat(Rate.ofService()).containsEntry(operation, new Rate(perSecond, burst));
  }

  @Test
  void namesOperationsThatExist() {
    assertThat(Rate.ofService().keySet()).isSubsetOf(Model.OPERATIONS.keySet());
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "-1, 1", "NaN, 1", "1, 0"})
  void refusesRatesThatLetNothingThrough(double perSecond, int burst) {
    assertThatThrownBy(() -> new Rate(perSecond, burst)).hasMessageContaining("allowed");
  }
}
