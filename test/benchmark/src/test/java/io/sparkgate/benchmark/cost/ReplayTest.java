package io.sparkgate.benchmark.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The start takes 77 s, loading again 2 min, both after what a statement's time says. */
class ReplayTest {

  private static final long NINE = 9 * 3600;
  private static final long START = 77;
  private static final long REDO = 120;
  private static final Statement TEN_MINUTES = new Statement(NINE, 600);

  private static final Callers EIGHT_HOURS = Callers.ALL_EIGHT_HOURS;
  private static final Callers MILLION = Callers.ALL_MILLION;

  @Test
  void theDefaultLetsASessionIdleForAnHour() {
    Usage usage = replay(Callers.DEFAULT, null, TEN_MINUTES);

    assertThat(usage.idle()).isEqualTo(3600);
    assertThat(usage.busy()).isEqualTo(600);
    assertThat(usage.starting()).isEqualTo(START);
    assertThat(usage.sessions()).isEqualTo(1);
    assertThat(usage.lostToday()).isZero();
  }

  @Test
  void theReaperEndsASessionAtTheFirstSweepAtWhichItIsDue() {
    Usage usage = replay(Callers.DEFAULT, Reaper.of(15, 5), TEN_MINUTES);

    // Idle since 9:11:17, due at 9:26:17, swept at 9:30.
    assertThat(usage.idle()).isBetween(15L * 60, 20L * 60).isEqualTo(18 * 60 + 43);
  }

  @Test
  void aRaisedLimitLastsAsLongAsTheCallerAskedFor() {
    assertThat(replay(EIGHT_HOURS, null, TEN_MINUTES).idle()).isEqualTo(8 * 3600);
  }

  @Test
  void theServiceEndsASessionAfter24HoursWhateverItsCallerAskedFor() {
    Usage usage = replay(MILLION, null, TEN_MINUTES);

    assertThat(usage.starting() + usage.busy() + usage.idle()).isEqualTo(24 * 3600);
  }

  @Test
  void theReaperOverrulesARaisedLimit() {
    Reaper reaper = Reaper.of(30, 5);

    assertThat(replay(MILLION, reaper, TEN_MINUTES))
        .isEqualTo(replay(Callers.DEFAULT, reaper, TEN_MINUTES));
  }

  @Test
  void theServicesOwnTimeoutHoldsWhereTheReaperIsSlower() {
    assertThat(replay(Callers.DEFAULT, Reaper.of(60, 5), TEN_MINUTES).idle()).isEqualTo(3600);
  }

  @Test
  void whoeverComesBackInTimeFindsTheSession() {
    Usage usage = replay(Callers.DEFAULT, null, TEN_MINUTES, at(NINE + START + 600 + 3599));

    assertThat(usage.sessions()).isEqualTo(1);
    assertThat(usage.idle()).isEqualTo(3599 + 3600);
    assertThat(usage.lostToday()).isZero();
  }

  @Test
  void whoeverComesBackTooLateStartsAnotherAndLoadsAgain() {
    Usage usage = replay(Callers.DEFAULT, null, TEN_MINUTES, at(NINE + START + 600 + 3600));

    assertThat(usage.sessions()).isEqualTo(2);
    assertThat(usage.lostToday()).isEqualTo(1);
    assertThat(usage.lostLater()).isZero();
    assertThat(usage.starting()).isEqualTo(2 * START);
    assertThat(usage.busy()).isEqualTo(600 + REDO + 60);
    assertThat(usage.idle()).isEqualTo(2 * 3600);
  }

  @Test
  void aReturnOnAnotherDayIsCountedApart() {
    Usage usage = replay(Callers.DEFAULT, null, TEN_MINUTES, at(NINE + Month.DAY));

    assertThat(usage.lostToday()).isZero();
    assertThat(usage.lostLater()).isEqualTo(1);
  }

  @Test
  void aStatementThatTheServicesEndCutsIsRunAgain() {
    long lastMinute = NINE + Month.DAY - 60;

    Usage usage = replay(MILLION, null, TEN_MINUTES, new Statement(lastMinute, 300));

    assertThat(usage.sessions()).isEqualTo(2);
    assertThat(usage.lostToday()).isEqualTo(1);
    assertThat(usage.busy()).isEqualTo(600 + 60 + REDO + 300);
  }

  @Test
  void aStoppedSessionIdlesUntilItIsStopped() {
    Notebook stopped = new Notebook(List.of(TEN_MINUTES), true, 0, 0);

    assertThat(replay(MILLION, null, stopped).idle()).isEqualTo(60);
  }

  @Test
  void executorsStayForAMinuteAfterAStatement() {
    Usage once = replay(Callers.DEFAULT, null, TEN_MINUTES);
    Usage soon = replay(Callers.DEFAULT, null, TEN_MINUTES, at(NINE + START + 600 + 30));
    Usage later = replay(Callers.DEFAULT, null, TEN_MINUTES, at(NINE + START + 600 + 300));

    assertThat(once.executors()).isEqualTo(3 * (600 + 60));
    assertThat(soon.executors()).isEqualTo(3 * (600 + 30 + 60 + 60));
    assertThat(later.executors()).isEqualTo(3 * (600 + 60 + 60 + 60));
  }

  @Test
  void executorsEndWithTheirSession() {
    Service service = Service.DEFAULT;
    Service brief =
        new Service(
            service.driver(),
            service.executor(),
            service.executors(),
            service.executorIdle(),
            service.start(),
            service.warmStart(),
            Duration.ofSeconds(20),
            service.maxAge());
    Notebook notebook = new Notebook(List.of(TEN_MINUTES), false, 0, 0);
    Variant variant = new Variant(Callers.DEFAULT, null);

    assertThat(Replay.of(notebook, variant, brief, Habits.ASSUMED).executors())
        .isEqualTo(3 * (600 + 20));
  }

  private static Statement at(long seconds) {
    return new Statement(seconds, 60);
  }

  private static Usage replay(Callers callers, @Nullable Reaper reaper, Statement... statements) {
    return replay(callers, reaper, new Notebook(List.of(statements), false, 0, 0));
  }

  private static Usage replay(Callers callers, @Nullable Reaper reaper, Notebook notebook) {
    return Replay.of(notebook, new Variant(callers, reaper), Service.DEFAULT, Habits.ASSUMED);
  }
}
