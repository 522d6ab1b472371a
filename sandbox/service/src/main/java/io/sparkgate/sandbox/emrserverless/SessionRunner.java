package io.sparkgate.sandbox.emrserverless;

import io.sparkgate.sandbox.emrserverless.Capacity.WarmDriver;
import io.sparkgate.sandbox.emrserverless.Narrator.SessionMove;
import java.time.Instant;
import java.util.Optional;

/**
 * Moves sessions from state to state, by what drivers tell and what users and timers want, and
 * tells of it.
 */
final class SessionRunner {

  private final Estate estate;
  private final SandboxClock clock;
  private final Drivers drivers;
  private final Narrator narrator;

  SessionRunner(Estate estate, SandboxClock clock, Drivers drivers, Narrator narrator) {
    this.estate = estate;
    this.clock = clock;
    this.drivers = drivers;
    this.narrator = narrator;
  }

  /** Starts a new session's driver, if the application has room for it. The estate is held. */
  void launch(Session session, SparkConf conf) {
    tell(session, "", session.stateDetails());
    String problem = makeRoom(session, conf);
    if (!problem.isEmpty()) {
      // All that the service says of it; who runs the sandbox hears more.
      move(session, SessionEvent.ENDED, "Session failed.", problem);
      return;
    }
    try {
      session.drivenBy(
          drivers.start(session.id(), session.executionRoleArn(), conf.values(), new Ear(session)));
    } catch (RuntimeException e) {
      move(session, SessionEvent.ENDED, "The driver did not start: " + e.getMessage());
    }
  }

  private String makeRoom(Session session, SparkConf conf) {
    Application application = estate.application(session.applicationId());
    try {
      Capacity capacity = Capacity.of(conf);
      String shortage = capacity.shortage(application.held(), application.settings());
      if (shortage.isEmpty()) {
        WarmDriver warm =
            capacity.warmDriver(application.settings(), application.warmDriversTaken());
        session.holding().take(capacity, warm.taken());
        move(session, SessionEvent.LAUNCHED, warm.why());
      }
      return shortage;
    } catch (Worker.TooLarge e) {
      return e.getMessage();
    }
  }

  /** Ends a session, if it has not ended. The estate is held. */
  void terminate(Session session, String why) {
    if (move(session, SessionEvent.TERMINATE, why)) {
      session.driver().ifPresentOrElse(Drivers.Driver::stop, () -> ended(session, why));
    }
  }

  /** Where its Spark UI is: the driver's own, then that of its history; empty when it had none. */
  Optional<String> sparkUi(Session session) {
    return session
        .place()
        .map(Session.Place::sparkUi)
        .or(() -> session.state().over() ? drivers.history(session.id()) : Optional.empty());
  }

  private void ended(Session session, String reason) {
    boolean wanted = session.state() == SessionState.TERMINATING;
    move(session, SessionEvent.ENDED, wanted ? session.stateDetails() : reason, reason);
  }

  private boolean move(Session session, SessionEvent event, String details) {
    return move(session, event, details, details);
  }

  private boolean move(Session session, SessionEvent event, String details, String why) {
    SessionState from = session.state();
    Instant now = Present.of(clock).now();
    if (!session.apply(event, now, details)) {
      return false;
    }
    if (session.state().over()) {
      estate.application(session.applicationId()).quiet(now);
    }
    if (session.state() != from) {
      tell(session, from.name(), why);
    }
    return true;
  }

  private void tell(Session session, String from, String why) {
    narrator.session(
        new SessionMove(
            session.updatedAt(),
            session.applicationId(),
            session.id(),
            session.name(),
            session.createdBy(),
            from,
            session.state().name(),
            why));
  }

  /** Hears what one driver tells, on the driver's thread. */
  private final class Ear implements Drivers.Listener {

    private final Session session;

    Ear(Session session) {
      this.session = session;
    }

    @Override
    public void ready(int grpcPort, String sparkUi) {
      synchronized (estate) {
        session.at(new Session.Place(grpcPort, sparkUi));
        move(session, SessionEvent.READY, "Session is ready.");
      }
    }

    @Override
    public void busy() {
      synchronized (estate) {
        move(session, SessionEvent.RUNS, "An operation is running.");
      }
    }

    @Override
    public void idle(Instant since) {
      synchronized (estate) {
        if (move(session, SessionEvent.RESTS, "No operation is running.")) {
          session.idleSince(clock.at(since));
        }
      }
    }

    @Override
    public void ended(String reason) {
      synchronized (estate) {
        SessionRunner.this.ended(session, reason);
      }
    }
  }
}
