package io.sparkgate.benchmark.cost;

import java.time.Duration;

/**
 * Plays one notebook. Whoever comes back to a session that is gone starts another one, waits for
 * it, and loads everything again; what follows is late by that.
 */
final class Replay {

  private final Variant variant;
  private final Service service;
  private final Habits habits;
  private final Duration timeout;

  private long created;

  /** Everything up to here is counted. */
  private long clock;

  private long executorsUntil;
  private long starting;
  private long busy;
  private long idle;
  private long executors;
  private int sessions;
  private int lostToday;
  private int lostLater;

  private Replay(Notebook notebook, Variant variant, Service service, Habits habits) {
    this.variant = variant;
    this.service = service;
    this.habits = habits;
    this.timeout = variant.callers().timeout(notebook, service);
  }

  static Usage of(Notebook notebook, Variant variant, Service service, Habits habits) {
    Replay replay = new Replay(notebook, variant, service, habits);
    notebook.statements().forEach(replay::send);
    replay.leave(notebook.stopped());
    return replay.usage();
  }

  private void send(Statement statement) {
    long now = Math.max(statement.at(), clock);
    if (sessions == 0) {
      start(now);
    } else if (ends() <= now) {
      lose(now);
    } else {
      idle += now - clock;
      clock = now;
    }
    work(statement.seconds());
  }

  private void start(long now) {
    sessions++;
    created = now;
    starting += service.start().toSeconds();
    clock = now + service.start().toSeconds();
    executorsUntil = clock;
  }

  private void lose(long now) {
    if (now / Month.DAY == clock / Month.DAY) {
      lostToday++;
    } else {
      lostLater++;
    }
    end(ends());
    start(now);
    work(habits.care().redo().toSeconds());
  }

  private void work(long seconds) {
    long last = created + service.maxAge().toSeconds();
    if (clock + seconds > last) {
      run(last - clock);
      lose(last);
    }
    run(seconds);
  }

  private void run(long seconds) {
    long until = clock + seconds + service.executorIdle().toSeconds();
    executors += service.executors() * (until - Math.max(clock, executorsUntil));
    executorsUntil = until;
    busy += seconds;
    clock += seconds;
  }

  private void leave(boolean stopped) {
    long stops = clock + habits.care().stopsAfter().toSeconds();
    end(stopped ? Math.min(stops, ends()) : ends());
  }

  private void end(long when) {
    idle += when - clock;
    clock = when;
    executors -= service.executors() * Math.max(0, executorsUntil - when);
  }

  private long ends() {
    return variant.ends(created, clock, timeout, service);
  }

  private Usage usage() {
    return new Usage(starting, busy, idle, executors, sessions, lostToday, lostLater);
  }
}
