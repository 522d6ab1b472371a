package io.sparkgate.benchmark.cost;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Plays what a team does in a month, in the order of time: pools and limits are shared. */
final class Team {

  private static final long MONTH = Month.DAYS * Month.DAY;

  private final Variant variant;
  private final Service service;
  private final Habits habits;

  /** What happens next; a turn whose moment is not its replay's next any more is skipped. */
  private final PriorityQueue<Turn> turns =
      new PriorityQueue<>(Comparator.comparing(Turn::at).thenComparing(Turn::number));

  private final Map<Integer, List<Replay>> live = new HashMap<>();
  private int numbers;
  private int sessions;
  private int taken;
  private long pool;
  private long counted;
  private long stopsAt;

  Team(Variant variant, Service service, Habits habits) {
    this.variant = variant;
    this.service = service;
    this.habits = habits;
  }

  private record Turn(long at, int number, Runnable does) {}

  Usage play(Month month) {
    List<Replay> replays =
        month.notebooks().stream()
            .map(notebook -> new Replay(notebook, variant, service, habits))
            .toList();
    replays.forEach(this::await);
    while (!turns.isEmpty()) {
      turns.remove().does().run();
    }
    count(MONTH);
    return replays.stream().map(Replay::usage).reduce(Usage.ofPool(pool), Usage::plus);
  }

  private void await(Replay replay) {
    long at = replay.next();
    if (at < Replay.NEVER) {
      turns.add(new Turn(at, numbers++, () -> turn(replay, at)));
    }
  }

  private void turn(Replay replay, long at) {
    if (replay.next() == at) {
      replay.step(this);
      await(replay);
    }
  }

  /** Whether a session that starts then takes a warm driver. */
  boolean takes(long now) {
    count(now);
    WarmPool warm = variant.pool();
    if (warm == null || taken == warm.drivers() || !isStarted(warm, now)) {
      return false;
    }
    taken++;
    return true;
  }

  private boolean isStarted(WarmPool warm, long now) {
    return sessions > 0 || now < stopsAt || warm.kept(now, now + 1) > 0;
  }

  void started(Replay replay, long now) {
    sessions++;
    live.computeIfAbsent(replay.owner(), owner -> new ArrayList<>()).add(replay);
    look(replay.owner(), now);
  }

  void ended(Replay replay, long now, boolean pooled) {
    count(now);
    sessions--;
    taken -= pooled ? 1 : 0;
    stopsAt = now + WarmPool.AUTO_STOP.toSeconds();
    live.getOrDefault(replay.owner(), List.of()).remove(replay);
  }

  private void look(int owner, long now) {
    OwnerLimit limit = variant.limit();
    if (limit != null && live.getOrDefault(owner, List.of()).size() > limit.sessions()) {
      long at = limit.looks(now);
      turns.add(new Turn(at, numbers++, () -> enforce(limit, owner, at)));
    }
  }

  private void enforce(OwnerLimit limit, int owner, long now) {
    List<Replay> his = live.getOrDefault(owner, List.of());
    List<Replay> idle =
        his.stream()
            .filter(replay -> replay.isIdle(now))
            .sorted(Comparator.comparing(Replay::idleSince))
            .limit(Math.max(0, his.size() - limit.sessions()))
            .toList();
    for (Replay replay : idle) {
      replay.end(now, this);
      await(replay);
    }
    look(owner, now + 1);
  }

  /** Counts the warm drivers that nobody has, up to then. */
  private void count(long now) {
    long until = Math.min(now, MONTH);
    WarmPool warm = variant.pool();
    if (warm != null && until > counted) {
      long started = sessions > 0 ? until - counted : warm.startedWithout(counted, until, stopsAt);
      pool += (warm.drivers() - taken) * started;
    }
    counted = Math.max(counted, until);
  }
}
