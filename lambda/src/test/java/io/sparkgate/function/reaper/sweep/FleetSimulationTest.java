package io.sparkgate.function.reaper.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.function.reaper.IdleTag;
import io.sparkgate.function.reaper.Rule;
import io.sparkgate.function.reaper.sweep.FleetSimulation.Fleet;
import io.sparkgate.function.reaper.sweep.FleetSimulation.Result;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the memory spares, the terminations are the same, sweep by sweep: the simulation throws
 * where they are not.
 */
class FleetSimulationTest {

  private static final Rule IDLE = new Rule.Idle(Duration.ofMinutes(60), null);
  private static final Rule IDLE_BY_TAG =
      new Rule.Idle(
          Duration.ofMinutes(60),
          new IdleTag(SessionTrace.IDLE_TAG, Duration.ofMinutes(15), Duration.ofMinutes(240)));
  private static final Rule MAX_AGE = new Rule.MaxAge(Duration.ofHours(9));
  private static final Rule STARTING = new Rule.Starting(Duration.ofMinutes(30));
  private static final Rule UNUSED = new Rule.Unused(Duration.ofMinutes(50));

  static Stream<Arguments> fleetsAndPolicies() {
    List<Fleet> fleets =
        List.of(
            FleetSimulation.SPARSE.of(40),
            FleetSimulation.BUSY.of(8),
            FleetSimulation.VERY_SPARSE.of(60),
            FleetSimulation.DENSE.of(1));
    List<List<Rule>> policies =
        List.of(
            List.of(IDLE),
            List.of(IDLE, STARTING),
            List.of(IDLE_BY_TAG, STARTING),
            List.of(IDLE_BY_TAG, MAX_AGE, STARTING, UNUSED),
            List.of(IDLE, UNUSED));
    return fleets.stream()
        .flatMap(fleet -> policies.stream().map(rules -> Arguments.of(fleet, rules)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("fleetsAndPolicies")
  void terminatesTheSameWithAndWithoutMemory(Fleet fleet, List<Rule> rules) {
    for (long seed = 1; seed <= 3; seed++) {
      Result result = FleetSimulation.run(fleet, rules, seed, 0);

      assertThat(result.terminations()).isPositive();
      assertThat(result.calls()).isLessThan(result.callsWithoutMemory());
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("fleetsAndPolicies")
  void terminatesTheSameWhereCallsFail(Fleet fleet, List<Rule> rules) {
    Result result = FleetSimulation.run(fleet, rules, 4, 7);

    assertThat(result.terminations()).isPositive();
  }
}
