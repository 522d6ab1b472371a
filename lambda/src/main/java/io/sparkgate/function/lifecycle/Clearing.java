package io.sparkgate.function.lifecycle;

import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.aws.ServiceCallException.Kind;
import io.sparkgate.function.resource.RequestFailed;
import io.sparkgate.function.resource.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One look at an application and one step, for one request. Each step may be done any number of
 * times: CloudFormation may send a request twice, and then two of these take turns.
 */
final class Clearing {

  private final Applications applications;
  private final StepRecord record;
  private final StopPolicy policy;
  private final Instant startedAt;
  private final Instant now;

  Clearing(
      Applications applications,
      StepRecord record,
      StopPolicy policy,
      Instant startedAt,
      Instant now) {
    this.applications = applications;
    this.record = record;
    this.policy = policy;
    this.startedAt = startedAt;
    this.now = now;
  }

  /** Whether the way is clear. */
  boolean step(Target target) {
    record.target(target);
    Observation seen;
    try {
      seen = applications.look(target.application());
    } catch (ServiceCallException e) {
      if (isPerhapsGone(e)) {
        record.error(Texts.error(e));
        record.decided("done", "it is gone or has lost its tag; CloudFormation will say which");
        return true;
      }
      notSeen(target, e);
      return false;
    }
    record.seen(seen);
    Step step = Decision.decide(seen, policy, startedAt, now);
    if (step instanceof Step.Done done) {
      record.decided("done", done.reason());
      return true;
    }
    if (step instanceof Step.Fail fail) {
      throw failed(
          switch (fail.cause()) {
            case IN_USE -> Messages.inUse(target, seen.live());
            case DRAINED_TOO_LONG -> Messages.drainedTooLong(target, seen.live(), elapsed());
            case DEADLINE -> tooLate(target, seen);
          });
    }
    act(target, step);
    return false;
  }

  /** Does it, and tells what went wrong last, if anything did. */
  private Optional<ServiceCallException> act(Target target, Step step) {
    if (step instanceof Step.Wait wait) {
      record.decided("wait", wait.reason());
    } else if (step instanceof Step.Stop) {
      record.decided("stop", "it runs, and nothing is in it");
      return attempt(target, () -> applications.stop(target.application()));
    } else if (step instanceof Step.End end) {
      record.decided("end", "the policy is to terminate " + Messages.counts(end.work()));
      return end(target, end.work());
    }
    return Optional.empty();
  }

  /**
   * Tries one last time, for what the service says to it: the framework hands nothing on from one
   * call to the next, and Lambda may have begun anew since the call before.
   */
  private String tooLate(Target target, Observation seen) {
    Step last = Decision.next(seen, policy);
    Optional<String> error = act(target, last).map(Texts::error);
    boolean stops = last instanceof Step.Stop && error.isEmpty();
    return Messages.tooLate(
        target, stops ? new Observation(ApplicationState.STOPPING) : seen, elapsed(), error);
  }

  /**
   * What does not exist has no tag, by which the role may look (that IAM answers so is assumed). To
   * fail would stand in the way of every update and deletion, rollbacks included; CloudFormation
   * itself fails on an application that runs.
   */
  private static boolean isPerhapsGone(ServiceCallException e) {
    return e.kind() == Kind.DENIED && e.operation().equals("GetApplication");
  }

  /** What cannot be seen now may be in the next call. */
  void notSeen(Target target, ServiceCallException e) {
    record.target(target);
    failIfDenied(target, e);
    String error = Texts.error(e);
    record.error(error);
    if (!now.isBefore(Decision.deadline(policy, startedAt))) {
      throw failed(Messages.unseen(target, elapsed(), error));
    }
    record.decided("wait", "it could not be looked at");
  }

  /** What is not told to end now will be in the next call; to hurry would only be throttled. */
  private Optional<ServiceCallException> end(Target target, List<Work> work) {
    Optional<ServiceCallException> last = Optional.empty();
    for (Work each : work) {
      Optional<ServiceCallException> failure =
          attempt(target, () -> applications.end(target.application(), each));
      if (failure.isPresent()) {
        last = failure;
        if (failure.get().kind() == Kind.THROTTLED) {
          break;
        }
      }
    }
    return last;
  }

  @FunctionalInterface
  private interface Call {
    void make() throws ServiceCallException;
  }

  /** A refusal tells that something changed since the look, and the next look will show it. */
  private Optional<ServiceCallException> attempt(Target target, Call call) {
    try {
      call.make();
      return Optional.empty();
    } catch (ServiceCallException e) {
      failIfDenied(target, e);
      record.error(Texts.error(e));
      return Optional.of(e);
    }
  }

  private void failIfDenied(Target target, ServiceCallException e) {
    if (e.kind() == Kind.DENIED) {
      throw failed(Messages.denied(target, e));
    }
  }

  private RequestFailed failed(String message) {
    record.decided("fail", message);
    return new RequestFailed(message);
  }

  private Duration elapsed() {
    return Duration.between(startedAt, now);
  }
}
