package io.sparkgate.benchmark.cost;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Plays one notebook, step by step. Whoever comes back to a session that is gone starts another
 * one, waits for it, and loads everything again; what follows is late by that.
 */
final class Replay {

  /** There is nothing more to do. */
  static final long NEVER = Long.MAX_VALUE;

  private final Notebook notebook;
  private final Variant variant;
  private final Service service;
  private final Habits habits;
  private final Duration timeout;

  /** What the session still has to run, in seconds each. */
  private final Deque<Long> work = new ArrayDeque<>();

  private int sent;
  private boolean live;
  private boolean pooled;
  private long created;

  /** Everything up to here is counted. */
  private long clock;

  private long lastUse;
  private long executorsUntil;
  private long starting;
  private long busy;
  private long idle;
  private long executors;
  private int sessions;
  private int warm;
  private int lostToday;
  private int lostLater;

  Replay(Notebook notebook, Variant variant, Service service, Habits habits) {
    this.notebook = notebook;
    this.variant = variant;
    this.service = service;
    this.habits = habits;
    this.timeout = variant.callers().timeout(notebook, service);
  }

  static Usage of(Notebook notebook, Variant variant, Service service, Habits habits) {
    return new Team(variant, service, habits).play(new Month(List.of(notebook)));
  }

  int owner() {
    return notebook.owner();
  }

  boolean isLive() {
    return live;
  }

  /** Whether a limit may end it then. */
  boolean isIdle(long now) {
    return live && work.isEmpty() && clock <= now;
  }

  long idleSince() {
    return clock;
  }

  /** When the next step is to be made. */
  long next() {
    if (live && !work.isEmpty()) {
      return clock;
    }
    long wanted = wanted();
    return live ? Math.min(wanted, ends()) : wanted;
  }

  /** When its user is the next to do something. */
  private long wanted() {
    if (sent < notebook.statements().size()) {
      return Math.max(notebook.statements().get(sent).at(), clock);
    }
    boolean stops = live && notebook.stopped();
    return stops ? clock + habits.care().stopsAfter().toSeconds() : NEVER;
  }

  /** Makes the step that {@link #next} announced. */
  void step(Team team) {
    long now = next();
    if (!live) {
      start(now, team);
      work.add(notebook.statements().get(sent++).seconds());
    } else if (!work.isEmpty()) {
      run(work.getFirst(), team);
    } else if (now >= ends() || sent == notebook.statements().size()) {
      end(now, team);
    } else {
      idle += now - clock;
      clock = now;
      work.add(notebook.statements().get(sent++).seconds());
    }
  }

  private void start(long now, Team team) {
    if (sessions > 0) {
      if (now / Month.DAY == lastUse / Month.DAY) {
        lostToday++;
      } else {
        lostLater++;
      }
      work.addFirst(habits.care().redo().toSeconds());
    }
    sessions++;
    live = true;
    created = now;
    pooled = team.takes(now);
    warm += pooled ? 1 : 0;
    long seconds = (pooled ? service.warmStart() : service.start()).toSeconds();
    starting += seconds;
    clock = now + seconds;
    executorsUntil = clock;
    team.started(this, now);
  }

  /** Runs what comes next; what the service's end cuts is run again, from its beginning. */
  private void run(long seconds, Team team) {
    long left = created + service.maxAge().toSeconds() - clock;
    if (seconds <= left) {
      count(seconds);
      work.removeFirst();
    } else if (left > 0) {
      count(left);
    } else {
      long last = clock;
      end(last, team);
      start(last, team);
    }
  }

  private void count(long seconds) {
    long until = clock + seconds + service.executorIdle().toSeconds();
    executors += service.executors() * (until - Math.max(clock, executorsUntil));
    executorsUntil = until;
    busy += seconds;
    clock += seconds;
  }

  /** Ends the session that its user may come back to. */
  void end(long when, Team team) {
    lastUse = clock;
    idle += when - clock;
    clock = when;
    executors -= service.executors() * Math.max(0, executorsUntil - when);
    live = false;
    team.ended(this, when, pooled);
  }

  private long ends() {
    return variant.ends(created, clock, timeout, service);
  }

  Usage usage() {
    return new Usage(starting, busy, idle, executors, 0, sessions, warm, lostToday, lostLater);
  }
}
