package io.sparkgate.benchmark.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sessions start in 77 s, or in 30 s by a warm driver; nobody's session ends within 60 minutes. */
class TeamTest {

  private static final long NINE = 9 * 3600;
  private static final long COLD = 77;
  private static final long WARM = 30;
  private static final long MONTH = Month.DAYS * Month.DAY;
  private static final Variant PLAIN = new Variant(Callers.DEFAULT, null);
  private static final WarmPool ONE = new WarmPool(1, null);
  private static final WarmPool OFFICE = new WarmPool(1, WarmPool.Hours.OFFICE);

  @Test
  void aSessionTakesAWarmDriverAndTheNextOneFindsNone() {
    Usage usage = play(PLAIN.with(ONE), notebook(0, NINE), notebook(1, NINE + 1));

    assertThat(usage.warm()).isEqualTo(1);
    assertThat(usage.starting()).isEqualTo(WARM + COLD);
  }

  @Test
  void aWarmDriverComesBackWhenItsSessionEnds() {
    long later = NINE + WARM + 60 + 3600;

    assertThat(play(PLAIN.with(ONE), notebook(0, NINE), notebook(1, later + 1)).warm())
        .isEqualTo(2);
    assertThat(play(PLAIN.with(ONE), notebook(0, NINE), notebook(1, later - 1)).warm())
        .isEqualTo(1);
  }

  @Test
  void aPoolIsPaidWhileNoSessionHasItsDrivers() {
    Usage usage = play(PLAIN.with(new WarmPool(2, null)), notebook(0, NINE));

    assertThat(usage.pool()).isEqualTo(2 * MONTH - (WARM + 60 + 3600));
  }

  @Test
  void warmHoursPayTheTenHoursOfAWorkingDay() {
    assertThat(OFFICE.kept(0, MONTH)).isEqualTo(22 * 10 * 3600);
    assertThat(OFFICE.kept(5 * Month.DAY, 7 * Month.DAY)).isZero();
    assertThat(OFFICE.kept(NINE, NINE + 60)).isEqualTo(60);
  }

  @Test
  void outsideOfWarmHoursAStoppedApplicationHasNoWarmDriver() {
    long evening = 20 * 3600;

    Usage usage = play(PLAIN.with(OFFICE), notebook(0, evening));

    assertThat(usage.warm()).isZero();
  }

  @Test
  void outsideOfWarmHoursASessionKeepsThePoolUntilTheApplicationStops() {
    long evening = 20 * 3600;
    long session = COLD + 60 + 3600;

    Usage usage = play(PLAIN.with(OFFICE), notebook(0, evening));

    assertThat(usage.pool()).isEqualTo(22 * 10 * 3600 + session + 15 * 60);
  }

  @Test
  void beyondALimitWhatLiesIdleForLongestEndsAtTheNextLook() {
    // The first is idle since 9:02:17; the second starts at 9:11 and the look is at 9:15.
    Usage usage =
        play(PLAIN.with(OwnerLimit.of(1)), notebook(0, NINE), notebook(0, NINE + 11 * 60));

    assertThat(usage.idle()).isEqualTo(15 * 60 - COLD - 60 + 3600);
  }

  @Test
  void aLimitIsOfOnePersonAndNotOfAll() {
    Usage usage =
        play(PLAIN.with(OwnerLimit.of(1)), notebook(0, NINE), notebook(1, NINE + 11 * 60));

    assertThat(usage.idle()).isEqualTo(2 * 3600);
  }

  @Test
  void whatIsBusyOutlastsALimit() {
    Notebook busy = new Notebook(List.of(new Statement(NINE, 3600)), false, 0, 0);
    Notebook other = new Notebook(List.of(new Statement(NINE + 60, 3600)), false, 0, 0);

    Usage usage = play(PLAIN.with(OwnerLimit.of(1)), busy, other);

    // The first is done at 10:01:17, and is ended at 10:05.
    assertThat(usage.busy()).isEqualTo(2 * 3600);
    assertThat(usage.idle()).isEqualTo(5 * 60 - COLD + 3600);
  }

  @Test
  void whoeverComesBackAfterALimitFindsNoSession() {
    Statement first = new Statement(NINE, 60);
    Notebook left = new Notebook(List.of(first, new Statement(NINE + 1800, 60)), false, 0, 0);

    Usage usage = play(PLAIN.with(OwnerLimit.of(1)), left, notebook(0, NINE + 11 * 60));

    assertThat(usage.lostToday()).isEqualTo(1);
  }

  @Test
  void withoutPoolAndLimitATeamIsTheSumOfItsNotebooks() {
    Month month = Diary.months(Habits.ASSUMED, 3, 1, 7).get(0);
    Variant variant = new Variant(Callers.MIXED, Reaper.of(30, 5));

    Usage sum =
        month.notebooks().stream()
            .map(each -> Replay.of(each, variant, Service.DEFAULT, Habits.ASSUMED))
            .reduce(Usage.NONE, Usage::plus);

    assertThat(play(variant, month.notebooks())).isEqualTo(sum);
    assertThat(Duration.ofSeconds(sum.idle())).isGreaterThan(Duration.ofHours(1));
  }

  private static Notebook notebook(int owner, long at) {
    return new Notebook(List.of(new Statement(at, 60)), false, owner, 0);
  }

  private static Usage play(Variant variant, Notebook... notebooks) {
    return play(variant, List.of(notebooks));
  }

  private static Usage play(Variant variant, List<Notebook> notebooks) {
    return new Team(variant, Service.DEFAULT, Habits.ASSUMED).play(new Month(notebooks));
  }
}
