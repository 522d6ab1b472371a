package io.sparkgate.function.reaper.sweep;

import static io.sparkgate.function.reaper.sweep.Sweeping.config;
import static io.sparkgate.function.reaper.sweep.Sweeping.idle;
import static io.sparkgate.function.stub.Operation.LIST_SESSIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.reaper.Subject;
import java.io.OutputStream;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A list comes to its end whatever the service answers. The stub's token 0 is its first page. */
class SweepPagesTest {

  @AutoClose private final Sweeping sweeping = new Sweeping();

  /** As many calls as all these tests need, and no more: a list without an end runs out of time. */
  private Tally sweep(String... applications) {
    return sweeping.sweep(
        config(applications),
        () -> sweeping.emr.calls().size() < 20 ? Duration.ofMinutes(1) : Duration.ZERO);
  }

  @Test
  void takesAnEmptyTokenForTheEnd() {
    sweeping.emr.application("app1").put(idle("s1", 90));
    sweeping.emr.always(LIST_SESSIONS).answering("nextToken", "");

    Tally tally = sweep("app1");

    assertThat(sweeping.outcomes()).containsExactly("s1 terminated");
    assertThat(tally.scanned(Subject.SESSION)).isEqualTo(1);
    assertThat(tally.failure()).isEmpty();
    assertThat(sweeping.emr.calls().stream().filter(LIST_SESSIONS)).hasSize(1);
  }

  @Test
  void failsOnATokenThatIsGivenAgainAndJudgesOnceWhatWasListed() {
    sweeping.emr.application("app1").put(idle("s1", 90)).put(idle("s2", 20));
    sweeping.emr.application("app2").put(idle("s3", 90));
    sweeping
        .emr
        .always(LIST_SESSIONS.and(call -> call.application().equals("app1")))
        .answering("nextToken", "0");

    Tally tally = sweep("app1", "app2");

    assertThat(sweeping.outcomes())
        .containsExactly("app1 failed", "s2 kept", "s1 terminated", "s3 terminated");
    assertThat(tally.scanned(Subject.SESSION)).isEqualTo(3);
    assertThat(tally.failure())
        .hasValue(
            "1 failed, the first is application app1: RepeatedToken: the answer names a page"
                + " that was read before; the rest of the list cannot be read");
  }

  @Test
  void failsOnPagesThatGoInACircle() {
    sweeping.emr.application("app1").put(idle("s1", 90)).put(idle("s2", 90));
    sweeping.emr.next(1, LIST_SESSIONS).answering("nextToken", "0");
    sweeping.emr.next(1, LIST_SESSIONS).answering("nextToken", "1");
    sweeping.emr.always(LIST_SESSIONS).answering("nextToken", "0");

    Tally tally = sweep("app1");

    assertThat(sweeping.outcomes())
        .containsExactly("app1 failed", "s1 terminated", "s2 terminated");
    assertThat(tally.scanned(Subject.SESSION)).isEqualTo(2);
  }

  /** So that the alarm sees it: that counts the function's errors. */
  @Test
  void failsTheFunction() {
    sweeping.emr.application("app1").put(idle("s1", 20));
    sweeping.emr.next(10, LIST_SESSIONS).answering("nextToken", "0");

    assertThatThrownBy(
            () ->
                sweeping.handle(
                    config("app1"), Duration.ofMinutes(1), OutputStream.nullOutputStream()))
        .isInstanceOf(SweepFailed.class)
        .hasMessageContaining("application app1: RepeatedToken");
  }

  /** The rest of the list was not read, so nothing is known of it. */
  @Test
  void listsAgainInTheNextSweep() {
    sweeping.emr.application("app1").put(idle("s1", 1));
    sweeping.emr.next(2, LIST_SESSIONS).answering("nextToken", "0");
    Sweeping.Warm warm = sweeping.warm(config("app1"));
    warm.sweep();

    warm.sweep();

    assertThat(sweeping.emr.calls().stream().filter(LIST_SESSIONS)).hasSize(3);
  }
}
