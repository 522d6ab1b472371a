package io.sparkgate.sandbox.emrserverless;

import io.sparkgate.sandbox.emrserverless.Narrator.ApplicationMove;
import java.time.Instant;

/** Moves applications from state to state, and tells of it. Called by who holds the estate. */
final class ApplicationRunner {

  private final Narrator narrator;

  ApplicationRunner(Narrator narrator) {
    this.narrator = narrator;
  }

  void created(Application application, Instant now) {
    narrator.application(
        new ApplicationMove(
            now, application.id(), application.name(), "", "CREATING", "Created by request."));
    become(application, ApplicationState.CREATED, now, "It is ready to start.");
  }

  void start(Application application, Instant now, String why) {
    become(application, ApplicationState.STARTING, now, why);
    become(application, ApplicationState.STARTED, now, why);
  }

  /**
   * Starts it for a session or a job run, if it may start by itself.
   *
   * @throws Fault if it neither is started nor may start
   */
  void requireStarted(Application application, Instant now, String why) {
    ApplicationState state = application.state();
    if (state == ApplicationState.STARTED) {
      return;
    }
    boolean atRest = state == ApplicationState.CREATED || state == ApplicationState.STOPPED;
    if (!atRest || !application.startsByWork()) {
      throw Fault.conflict(
          "Application %s is %s and does not start by itself. Start it first."
              .formatted(application.id(), state));
    }
    start(application, now, why);
  }

  void stop(Application application, Instant now, String why) {
    become(application, ApplicationState.STOPPING, now, why);
    become(application, ApplicationState.STOPPED, now, why);
  }

  void delete(Application application, Instant now) {
    become(application, ApplicationState.TERMINATED, now, "Deleted by request.");
  }

  private void become(Application application, ApplicationState next, Instant now, String why) {
    String from = application.state().name();
    application.become(next, now);
    narrator.application(
        new ApplicationMove(now, application.id(), application.name(), from, next.name(), why));
  }
}
