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
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

class IdlePolicyTest {

  private static final IdlePolicy HALF_AN_HOUR = IdlePolicy.terminateAfter(Duration.minutes(30));

  private final Stack stack = new Stack();

  static Stream<Arguments> wrongPolicies() {
    return Stream.of(
        Arguments.of(
            IdlePolicy.terminateAfter(Duration.minutes(1500)),
            "terminateAfter received 1500 minutes, but takes whole minutes from 1 to 1440, when the"
                + " service ends every session; set sessionLifetime if AWS Support raised that for"
                + " your account"),
        Arguments.of(
            IdlePolicy.terminateAfter(Duration.minutes(0)),
            "terminateAfter received 0 minutes, but takes whole minutes from 1 to 1440"),
        Arguments.of(
            IdlePolicy.terminateAfter(Duration.seconds(90)),
            "terminateAfter received 1.5 minutes, but takes whole minutes from 1 to 1440"),
        Arguments.of(
            HALF_AN_HOUR.maxAge(Duration.hours(25)),
            "maxAge received 1500 minutes, but takes whole minutes from 1 to 1440"),
        Arguments.of(
            HALF_AN_HOUR.startingLimit(Duration.hours(25)),
            "startingLimit received 1500 minutes, but takes whole minutes from 1 to 1440"),
        Arguments.of(
            HALF_AN_HOUR.unusedLimit(Duration.hours(25)),
            "unusedLimit received 1500 minutes, but takes whole minutes from 1 to 1440"),
        Arguments.of(
            HALF_AN_HOUR.limitByTag(Duration.minutes(0), Duration.hours(1)),
            "limitByTag (shortest) received 0 minutes, but takes whole minutes from 1 to 1440"),
        Arguments.of(
            HALF_AN_HOUR.limitByTag(Duration.minutes(40), Duration.hours(1)),
            "limitByTag received 40 to 60 minutes, which does not contain the limit of"
                + " terminateAfter, 30 minutes; widen the bounds or change the limit"),
        Arguments.of(
            HALF_AN_HOUR.maxAge(Duration.minutes(Token.asNumber(Map.of("Ref", "Minutes")))),
            "maxAge received a token, but takes a duration that is known at synthesis"),
        Arguments.of(
            HALF_AN_HOUR.sessionLifetime(Duration.days(8)),
            "sessionLifetime received 11520 minutes, but takes whole minutes from 1 to 10080, a"
                + " week"),
        Arguments.of(
            HALF_AN_HOUR.maxTerminations(0),
            "maxTerminations received 0, but takes 1 to 1000; to terminate nothing use dryRun()"));
  }

  @ParameterizedTest
  @MethodSource("wrongPolicies")
  void rejectsWhatCanNeverBeRight(IdlePolicy policy, String message) {
    assertThatThrownBy(() -> reaper().idlePolicy(policy).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Default/Reaper: " + message);
  }

  @Test
  void rejectsAnIntervalOfMoreThanADay() {
    assertThatThrownBy(() -> reaper().every(Duration.hours(25)).build())
        .hasMessage(
            "Default/Reaper: every received 1500 minutes, but takes whole minutes from 1 to 1440");
  }

  @Test
  void acceptsALimitOverADayWhereSupportRaisedTheLifetime() {
    IdlePolicy policy =
        IdlePolicy.terminateAfter(Duration.hours(25)).sessionLifetime(Duration.hours(48));

    assertThat(reaper().idlePolicy(policy).build().getNode().getPath()).isEqualTo("Default/Reaper");
  }

  @Test
  void warnsWhenTheServiceEndsMostSessionsBeforeTheReaper() {
    IdleSessionReaper reaper =
        reaper().idlePolicy(IdlePolicy.terminateAfter(Duration.minutes(90))).build();

    Annotations.fromStack(stack)
        .hasWarning(
            "*",
            Match.stringLikeRegexp(
                "terminateAfter is 90 minutes, but the service itself ends an idle session after 60"));

    software.amazon.awscdk.Annotations.of(reaper)
        .acknowledgeWarning("@sparkgate/constructs:idleLimitOverServiceDefault");
    Annotations.fromStack(stack).hasNoWarning("*", Match.anyValue());
  }

  @Test
  void warnsWhenSweepsAreRarerThanTheLimit() {
    reaper().idlePolicy(HALF_AN_HOUR).every(Duration.minutes(30)).build();

    Annotations.fromStack(stack)
        .hasWarning(
            "*",
            Match.stringLikeRegexp(
                "a sweep every 30 minutes lets a session idle for up to 60, not 30"));
  }

  @Test
  void hasNothingToSayOfTheDefaults() {
    reaper().build();

    Annotations.fromStack(stack).hasNoWarning("*", Match.anyValue());
  }

  @Test
  void staysAsItIsWhenAnotherIsMadeFromIt() {
    HALF_AN_HOUR.maxAge(Duration.hours(1)).dryRun();

    assertThat(HALF_AN_HOUR.toConfiguration(1))
        .doesNotContainKey("maxAgeMinutes")
        .containsEntry("dryRun", false);
  }

  private IdleSessionReaper.Builder reaper() {
    return IdleSessionReaper.Builder.create(stack, "Reaper")
        .watch(
            EmrServerlessApplication.fromApplicationId(stack, "Application", "00f1cb5c6anuij25"));
  }
}
