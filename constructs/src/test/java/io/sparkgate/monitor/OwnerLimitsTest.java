package io.sparkgate.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.serverless.Prices;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Token;

class OwnerLimitsTest {

  @Test
  void endNothingUntilTheyAreEnforced() {
    OwnerLimits limits = OwnerLimits.none().atMost(3).dailyBudget(12.5);

    assertThat(limits.end()).isFalse();
    assertThat(limits.toConfiguration()).containsEntry("dryRun", true);
    assertThat(limits.enforce().end()).isTrue();
    assertThat(limits.end()).as("the first are as they were").isFalse();
  }

  @Test
  void endWhatIdlesForLongestUnlessToldOtherwise() {
    assertThat(OwnerLimits.none().atMost(3).toConfiguration())
        .isEqualTo(
            Map.of("maxSessions", 3, "end", "longestIdle", "warnPercent", 80, "dryRun", true));
    assertThat(
            OwnerLimits.none()
                .dailyBudget(20)
                .warnAt(50)
                .endingNewest()
                .enforce()
                .toConfiguration())
        .isEqualTo(
            Map.of("end", "newest", "dailyDollars", 20.0, "warnPercent", 50, "dryRun", false));
  }

  @Test
  void takeNoNumbersThatLimitNothing() {
    assertThatThrownBy(() -> OwnerLimits.none().atMost(0))
        .hasMessage(
            "OwnerLimits: atMost received 0 sessions, but takes 1 to 1000; leave it out for any"
                + " number");
    assertThatThrownBy(() -> OwnerLimits.none().dailyBudget(0))
        .hasMessage(
            "OwnerLimits: dailyBudget received 0.0 dollars, but takes 0.01 to 1000000; leave it out"
                + " for any amount");
    assertThatThrownBy(() -> OwnerLimits.none().dailyBudget(Double.NaN))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> OwnerLimits.none().warnAt(101))
        .hasMessage("OwnerLimits: warnAt received 101 percent, but takes 1 to 100");
  }

  @Test
  void takeNoNumbersThatOnlyTheDeploymentKnows() {
    for (ThrowingCallable token :
        List.<ThrowingCallable>of(
            () -> OwnerLimits.none().atMost(Token.asNumber(Map.of("Ref", "P")).intValue()),
            () -> OwnerLimits.none().warnAt(Token.asNumber(Map.of("Ref", "P")).intValue()),
            () -> OwnerLimits.none().dailyBudget(Token.asNumber(Map.of("Ref", "P")).doubleValue()),
            () ->
                Prices.of(
                    Token.asNumber(Map.of("Ref", "P")).doubleValue(), 0, 0, "our contract"))) {
      assertThatThrownBy(token)
          .hasMessageContaining(" received a number that is known only when the stack is deployed");
    }
  }

  @Test
  void takeTheLeastAndTheMostThatTheySayTheyTake() {
    assertThat(OwnerLimits.none().atMost(1).dailyBudget(0.01).warnAt(1).toConfiguration())
        .containsEntry("maxSessions", 1)
        .containsEntry("dailyDollars", 0.01)
        .containsEntry("warnPercent", 1);
    assertThat(OwnerLimits.none().atMost(1000).dailyBudget(1_000_000).warnAt(100).toConfiguration())
        .containsEntry("maxSessions", 1000)
        .containsEntry("dailyDollars", 1_000_000.0)
        .containsEntry("warnPercent", 100);
    assertThatThrownBy(() -> OwnerLimits.none().atMost(1001))
        .hasMessageContaining("1001 sessions, but takes 1 to 1000");
    assertThatThrownBy(() -> OwnerLimits.none().dailyBudget(1_000_000.01))
        .hasMessageContaining("1000000.01 dollars, but takes 0.01 to 1000000");
    assertThatThrownBy(() -> OwnerLimits.none().warnAt(0))
        .hasMessageContaining("0 percent, but takes 1 to 100");
  }
}
