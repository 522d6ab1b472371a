package io.sparkgate.function.reaper.sweep;

import static io.sparkgate.function.reaper.sweep.Sweeping.config;
import static io.sparkgate.function.reaper.sweep.Sweeping.idle;
import static io.sparkgate.function.stub.Operation.GET_SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer without a field that the service promises fails what it is about and nothing else. */
class SweepSessionsTest {

  @AutoClose private final Sweeping sweeping = new Sweeping();

  @ParameterizedTest
  @ValueSource(strings = {"state", "createdAt"})
  void goesOnAfterASessionThatTheListShowsIncompletely(String field) {
    sweeping.emr.application("app1").put(idle("s1", 100).without(field)).put(idle("s2", 90));
    sweeping.emr.application("app2").put(idle("s3", 90));

    Tally tally = sweeping.sweep(config("app1", "app2"));

    assertThat(sweeping.outcomes())
        .containsExactly("app1 failed", "s2 terminated", "s3 terminated");
    assertThat(tally.failure())
        .hasValue(
            "1 failed, the first is application app1: NullPointerException:"
                + " session s1 in the list: %s is missing".formatted(field));
  }

  @Test
  void goesOnAfterASessionThatTheListDoesNotName() {
    sweeping.emr.application("app1").put(idle("s1", 100).without("sessionId")).put(idle("s2", 90));

    Tally tally = sweeping.sweep(config("app1"));

    assertThat(sweeping.outcomes()).containsExactly("app1 failed", "s2 terminated");
    assertThat(tally.failure())
        .hasValueSatisfying(line -> assertThat(line).endsWith("sessionId is missing"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"state", "createdAt"})
  void goesOnAfterASessionThatIsShownIncompletely(String field) {
    sweeping
        .emr
        .application("app1")
        .put(idle("s1", 100))
        .put(idle("s2", 90))
        .afterGets(1, "s1", session -> session.without(field));

    Tally tally = sweeping.sweep(config("app1"));

    assertThat(sweeping.outcomes()).containsExactly("s1 failed", "s2 terminated");
    assertThat(tally.failure())
        .hasValueSatisfying(line -> assertThat(line).endsWith(field + " is missing"));
  }

  /** Both are idle for too long; of the first the service says nothing else that it need not. */
  private void putTwoAndShowTheFirstWith(String field, Object value) {
    sweeping.emr.application("app1").put(idle("s1", 100)).put(idle("s2", 90));
    sweeping
        .emr
        .always(GET_SESSION.of("s1"))
        .answering(
            "session",
            Map.of(
                "applicationId",
                "app1",
                "sessionId",
                "s1",
                "state",
                "IDLE",
                "createdAt",
                1_700_000_000,
                field,
                value));
  }

  @Test
  void saysWhichTagHasNoValue() {
    putTwoAndShowTheFirstWith("tags", Collections.singletonMap("team", null));

    Tally tally = sweeping.sweep(config("app1"));

    assertThat(sweeping.outcomes()).containsExactly("s1 failed", "s2 terminated");
    assertThat(tally.failure())
        .hasValueSatisfying(line -> assertThat(line).endsWith("tag team has no value"));
  }

  /** It may have been idle for long, or not at all. */
  @Test
  void endsNoSessionWhoseIdleTimeIsNoTime() {
    putTwoAndShowTheFirstWith("idleSince", "yesterday");

    Tally tally = sweeping.sweep(config("app1"));

    assertThat(sweeping.outcomes()).containsExactly("s1 failed", "s2 terminated");
    assertThat(tally.failure())
        .hasValueSatisfying(
            line -> assertThat(line).startsWith("1 failed, the first is session s1"));
  }
}
