package io.sparkgate.sandbox.emrserverless;

import java.time.Duration;
import java.time.Instant;

/** What happens because time passes. */
final class Timers {

  private static final Duration LONGEST_LIFE = Duration.ofHours(24);

  private final Estate estate;
  private final SandboxClock clock;
  private final ApplicationRunner applications;
  private final SessionRunner sessions;
  private final JobRunner jobRuns;
  private final Tokens tokens;

  Timers(
      Estate estate,
      SandboxClock clock,
      ApplicationRunner applications,
      SessionRunner sessions,
      JobRunner jobRuns,
      Tokens tokens) {
    this.estate = estate;
    this.clock = clock;
    this.applications = applications;
    this.sessions = sessions;
    this.jobRuns = jobRuns;
    this.tokens = tokens;
  }

  /** Does what is due by now. */
  void tick() {
    synchronized (estate) {
      Instant now = Present.of(clock).now();
      for (Application application : estate.applications()) {
        for (Session session : application.liveSessions()) {
          endIfDue(session, now);
        }
        for (JobRun run : application.liveJobRuns()) {
          jobRuns.tick(run, now);
        }
        if (application.dueToStop(now)) {
          applications.stop(application, now, "It had no active work for its idle timeout.");
        }
      }
      tokens.forget();
    }
  }

  private void endIfDue(Session session, Instant now) {
    Duration timeout = session.idleTimeout();
    boolean idleTooLong =
        !timeout.isZero()
            && session.idleSince().map(since -> !now.isBefore(since.plus(timeout))).orElse(false);
    if (!now.isBefore(session.createdAt().plus(LONGEST_LIFE))) {
      sessions.terminate(session, "The session reached the limit of 24 hours.");
    } else if (idleTooLong) {
      sessions.terminate(
          session, "The session was idle for %d minutes.".formatted(timeout.toMinutes()));
    }
  }
}
