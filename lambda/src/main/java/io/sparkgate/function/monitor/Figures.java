package io.sparkgate.function.monitor;

import io.sparkgate.border.MonitorMetrics;
import io.sparkgate.function.aws.Billed;
import io.sparkgate.function.reaper.Listed;
import io.sparkgate.function.reaper.Owner;
import io.sparkgate.function.reaper.SessionState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The figures of one application in one pass, by metric name. */
final class Figures {

  private static final int DIGITS = 6;

  private final Map<String, Object> figures = new LinkedHashMap<>();
  private final List<BigDecimal> readySeconds = new ArrayList<>();
  private final Map<String, Integer> liveByOwner = new TreeMap<>();
  private final Map<String, BigDecimal> dollarsByOwner = new TreeMap<>();
  private final @Nullable Prices prices;
  private final Instant now;
  private int live;
  private int told;
  private Billed billed = Billed.NOTHING;

  /**
   * Of what is known, and counts what is news in it.
   *
   * @param passed since the pass before
   */
  Figures(
      Collection<Known> all,
      Memory memory,
      @Nullable Prices prices,
      Pool pool,
      Duration passed,
      Instant now) {
    this.prices = prices;
    this.now = now;
    gauges(all.stream().filter(Known::isLive).toList(), pool, passed);
    counts(all, memory);
    pool(pool);
  }

  /** Whether there is something to tell but for a pool that waits. */
  boolean isSomebodyThere() {
    return live > 0 || told > 0;
  }

  Map<String, Object> figures() {
    return figures;
  }

  List<BigDecimal> readySeconds() {
    return readySeconds;
  }

  Map<String, Integer> liveByOwner() {
    return liveByOwner;
  }

  Map<String, BigDecimal> dollarsByOwner() {
    return dollarsByOwner;
  }

  private void gauges(List<Known> sessions, Pool pool, Duration passed) {
    live = sessions.size();
    int busy = count(sessions, SessionState.BUSY);
    int idle = count(sessions, SessionState.IDLE);
    Duration oldest = Duration.ZERO;
    Duration busiest = Duration.ZERO;
    Duration idled = Duration.ZERO;
    for (Known known : sessions) {
      liveByOwner.merge(Owner.of(known.work().seen()), 1, Integer::sum);
      Optional<Duration> since = known.work().session().flatMap(one -> one.idleFor(now));
      oldest = longer(oldest, since.orElse(Duration.ZERO));
      idled = idled.plus(shorter(passed, since.orElse(Duration.ZERO)));
      busiest = longer(busiest, busyFor(known));
    }
    figures.put(MonitorMetrics.SESSIONS_LIVE, live);
    figures.put(
        MonitorMetrics.SESSIONS_STARTING,
        count(sessions, SessionState.SUBMITTED) + count(sessions, SessionState.STARTING));
    figures.put(MonitorMetrics.SESSIONS_READY, count(sessions, SessionState.STARTED));
    figures.put(MonitorMetrics.SESSIONS_IDLE, idle);
    figures.put(MonitorMetrics.SESSIONS_BUSY, busy);
    figures.put(MonitorMetrics.OLDEST_IDLE_SECONDS, oldest.toSeconds());
    figures.put(MonitorMetrics.LONGEST_BUSY_SECONDS, busiest.toSeconds());
    if (live > 0) {
      figures.put(
          MonitorMetrics.BUSY_PERCENT, rounded(BigDecimal.valueOf(100L * busy / (double) live)));
    }
    figures.put(
        MonitorMetrics.IDLE_MINUTES, rounded(BigDecimal.valueOf(idled.toMillis() / 60_000.0)));
    if (prices != null) {
      // Executors that have nothing to do are let go after a minute, the driver stays.
      BigDecimal driver = prices.of(pool.driver());
      figures.put(
          MonitorMetrics.IDLE_DOLLARS_PER_HOUR, rounded(driver.multiply(BigDecimal.valueOf(idle))));
    }
  }

  private void counts(Collection<Known> all, Memory memory) {
    int starts = 0;
    int failures = 0;
    int ends = 0;
    boolean ended = false;
    for (Known known : all) {
      starts += isNews(known, Moment.STARTED, memory) ? 1 : 0;
      failures += isNews(known, Moment.FAILED, memory) ? 1 : 0;
      ends += isNews(known, Moment.ENDED, memory) ? 1 : 0;
      Instant ready = known.work().startedAt();
      if (isNews(known, Moment.READY, memory) && ready != null) {
        Duration time = Listed.between(known.work().listed().createdAt(), ready);
        readySeconds.add(BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros());
      }
      if (known.isSettled(now) && isNews(known, Moment.BILLED, memory)) {
        ended = true;
        billed = billed.plus(known.billed());
        if (prices != null) {
          dollarsByOwner.merge(
              Owner.of(known.work().seen()), prices.of(known.billed()), BigDecimal::add);
        }
      }
    }
    figures.put(MonitorMetrics.SESSION_STARTS, starts);
    figures.put(MonitorMetrics.SESSION_FAILURES, failures);
    figures.put(MonitorMetrics.SESSION_ENDS, ends);
    if (ended) {
      figures.put(MonitorMetrics.VCPU_HOURS, billed.vcpuHours());
      figures.put(MonitorMetrics.MEMORY_GB_HOURS, billed.memoryGbHours());
      if (prices != null) {
        figures.put(MonitorMetrics.DOLLARS, rounded(prices.of(billed)));
      }
    }
  }

  private void pool(Pool pool) {
    if (prices != null && pool.waits()) {
      figures.put(MonitorMetrics.POOL_IDLE_DOLLARS_PER_HOUR, rounded(prices.of(pool.perHour())));
    }
  }

  /** Whether it is to be counted now, and never again. */
  private boolean isNews(Known known, Moment moment, Memory memory) {
    Optional<Instant> time =
        known.isGone() && moment != Moment.STARTED && moment != Moment.READY
            ? gone(known, moment)
            : moment.of(known.work());
    if (time.isEmpty() || !known.story().counted.add(moment) || !memory.isNews(time.get())) {
      return false;
    }
    told++;
    return true;
  }

  /** What is gone has ended, though nobody knows how. */
  private static Optional<Instant> gone(Known known, Moment moment) {
    boolean session = known.work().session().isPresent();
    return moment == Moment.BILLED || moment == Moment.ENDED && session
        ? Optional.of(known.asked())
        : moment.of(known.work());
  }

  /** Since when is not said but for the last change. */
  private Duration busyFor(Known known) {
    Instant since = known.work().updatedAt();
    return known.work().in(SessionState.BUSY)
        ? Listed.between(since == null ? known.asked() : since, now)
        : Duration.ZERO;
  }

  private static int count(List<Known> sessions, SessionState state) {
    return (int) sessions.stream().filter(known -> known.work().in(state)).count();
  }

  static BigDecimal rounded(BigDecimal value) {
    return value.setScale(DIGITS, RoundingMode.HALF_UP).stripTrailingZeros();
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
