package io.sparkgate.function.warm;

import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.resource.Stacks;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.emrserverless.model.ApplicationState;

/**
 * One look at an application: started in its hours, let go after, and left alone while somebody
 * uses it or CloudFormation deploys it.
 */
record Look(WarmHoursConfig config, Application application, Stacks stacks) {

  Outcome at(Instant now) throws ServiceCallException {
    ApplicationState state = application.state();
    return config.hours().contain(now) ? inHours(state) : after(state, now);
  }

  private Outcome inHours(ApplicationState state) throws ServiceCallException {
    return switch (state) {
      case CREATED, STOPPED -> start(state);
      case STARTING, STARTED -> new Outcome("warm", "it is " + state + ", and in its hours");
      case CREATING, STOPPING ->
          new Outcome("waiting", "it is %s; the next look starts it".formatted(state));
      case TERMINATED, UNKNOWN_TO_SDK_VERSION -> unusable(state);
    };
  }

  private Outcome after(ApplicationState state, Instant now) throws ServiceCallException {
    return switch (state) {
      case STARTED -> stop(now);
      case STARTING -> new Outcome("waiting", "it is STARTING: somebody is about to use it");
      case CREATING, CREATED, STOPPING, STOPPED ->
          new Outcome("cold", "it is " + state + ", and not in its hours");
      case TERMINATED, UNKNOWN_TO_SDK_VERSION -> unusable(state);
    };
  }

  private static Outcome unusable(ApplicationState state) {
    return new Outcome(
        "gone", "it is %s; deploy it anew, or take its warm hours away".formatted(state));
  }

  private Outcome start(ApplicationState state) throws ServiceCallException {
    Optional<Outcome> deployed = deployed();
    if (deployed.isPresent()) {
      return deployed.get();
    }
    application.start();
    return new Outcome("started", "it was %s, and its hours have begun".formatted(state));
  }

  private Outcome stop(Instant now) throws ServiceCallException {
    Optional<String> user = application.user(now);
    if (user.isPresent()) {
      return new Outcome("inUse", user.get());
    }
    Optional<Outcome> deployed = deployed();
    if (deployed.isPresent()) {
      return deployed.get();
    }
    application.stop();
    return new Outcome("stopped", "nobody uses it, and it is not in its hours");
  }

  /**
   * While CloudFormation updates an application it must stay stopped, and a deletion must not meet
   * it started. Where CloudFormation cannot be asked, it is not taken for busy: deployments are
   * rarer than working days.
   */
  private Optional<Outcome> deployed() {
    try {
      String status = stacks.status(config.stack());
      return status.endsWith("_IN_PROGRESS")
          ? Optional.of(
              new Outcome("deploying", "its stack is %s; a later look goes on".formatted(status)))
          : Optional.empty();
    } catch (ServiceCallException e) {
      return Optional.empty();
    }
  }
}
