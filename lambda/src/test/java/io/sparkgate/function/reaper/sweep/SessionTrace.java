package io.sparkgate.function.reaper.sweep;

import io.sparkgate.function.reaper.SessionState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The life of a session as it would go if no reaper ended it.
 *
 * @param states from when it is in which state; the last is where it ends
 * @param tags from when it has which tags
 */
record SessionTrace(
    String application,
    String id,
    Instant createdAt,
    NavigableMap<Instant, SessionState> states,
    NavigableMap<Instant, Map<String, String>> tags) {

  static final String IDLE_TAG = "idle-minutes";
  static final String KEEP_TAG = "keep-until";

  private static final Duration LIFETIME = Duration.ofHours(24);
  private static final List<Integer> TIMEOUTS = List.of(60, 60, 60, 60, 480, 1_000_000);
  private static final List<String> LIMITS = List.of("15", "20", "45", "90", "600", "soon");

  /** Empty before it is created. */
  @Nullable SessionState state(Instant now) {
    Map.Entry<Instant, SessionState> state = states.floorEntry(now);
    return state == null ? null : state.getValue();
  }

  @Nullable Instant startedAt(Instant now) {
    return latest(SessionState.STARTED, now);
  }

  /** When it last became idle; being busy since does not take that back. */
  @Nullable Instant idleSince(Instant now) {
    return latest(SessionState.IDLE, now);
  }

  Map<String, String> tagsAt(Instant now) {
    Map.Entry<Instant, Map<String, String>> entry = tags.floorEntry(now);
    return entry == null ? Map.of() : entry.getValue();
  }

  private @Nullable Instant latest(SessionState which, Instant now) {
    return states.headMap(now, true).descendingMap().entrySet().stream()
        .filter(entry -> entry.getValue() == which)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  /**
   * A life by chance: some hang while they start, some are never used, most work and pause until
   * their own timeout or the service's lifetime ends them; some are tagged on the way.
   *
   * @param pause between two statements, on average
   */
  static SessionTrace random(
      String application, String id, Instant createdAt, Duration pause, Random random) {
    TreeMap<Instant, SessionState> states = new TreeMap<>();
    states.put(createdAt, SessionState.SUBMITTED);
    Instant now = createdAt.plusSeconds(5);
    states.put(now, SessionState.STARTING);
    Instant end = createdAt.plus(LIFETIME);
    int kind = random.nextInt(20);
    if (kind > 0) {
      now = now.plusSeconds(60 + random.nextInt(120));
      states.put(now, SessionState.STARTED);
      if (kind > 1) {
        now = now.plus(some(Duration.ofMinutes(2), random));
        end = work(states, now, end, pause, random);
      }
    }
    states.tailMap(end, true).clear();
    states.put(end, SessionState.TERMINATED);
    return new SessionTrace(application, id, createdAt, states, tags(createdAt, end, random));
  }

  private static Instant work(
      TreeMap<Instant, SessionState> states,
      Instant from,
      Instant last,
      Duration pause,
      Random random) {
    Duration timeout = Duration.ofMinutes(TIMEOUTS.get(random.nextInt(TIMEOUTS.size())));
    Instant now = from;
    while (now.isBefore(last)) {
      states.put(now, SessionState.BUSY);
      now = now.plus(some(Duration.ofMinutes(4), random));
      states.put(now, SessionState.IDLE);
      Duration idle = random.nextInt(6) == 0 ? Duration.ofDays(2) : some(pause, random);
      if (idle.compareTo(timeout) > 0) {
        Instant end = now.plus(timeout);
        return end.isBefore(last) ? end : last;
      }
      now = now.plus(idle);
    }
    return last;
  }

  private static TreeMap<Instant, Map<String, String>> tags(
      Instant from, Instant to, Random random) {
    TreeMap<Instant, Map<String, String>> tags = new TreeMap<>();
    Map<String, String> current = new HashMap<>();
    Instant now = from;
    while (random.nextInt(3) == 0) {
      String limit = LIMITS.get(random.nextInt(LIMITS.size()));
      String until = now.plus(some(Duration.ofHours(2), random)).toString();
      switch (random.nextInt(4)) {
        case 0 -> current.put(IDLE_TAG, limit);
        case 1 -> current.put(KEEP_TAG, until);
        case 2 -> current.remove(IDLE_TAG);
        default -> current.remove(KEEP_TAG);
      }
      tags.put(now, Map.copyOf(current));
      now = now.plus(some(Duration.between(from, to).dividedBy(3), random));
    }
    return tags;
  }

  /** Around this, and sometimes far from it. */
  private static Duration some(Duration mean, Random random) {
    return Duration.ofMillis(1 + (long) (mean.toMillis() * -Math.log(1 - random.nextDouble())));
  }
}
