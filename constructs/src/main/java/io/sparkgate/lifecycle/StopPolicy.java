package io.sparkgate.lifecycle;

import static java.util.Objects.requireNonNull;

import io.sparkgate.border.Hooks;
import io.sparkgate.internal.Minutes;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awscdk.Duration;

/**
 * What a deployment does about live sessions and job runs, when it must stop their application.
 * With nobody connected they are all the same: the application is stopped at once.
 */
public final class StopPolicy {

  /**
   * CloudFormation gives a custom resource one hour; the rest of it is for stopping and for saying
   * what went wrong.
   */
  private static final int LONGEST_DRAIN_MINUTES = 40;

  private final String name;
  private final int maxWaitMinutes;

  private StopPolicy(String name, int maxWaitMinutes) {
    this.name = name;
    this.maxWaitMinutes = maxWaitMinutes;
  }

  /**
   * Fails the deployment and touches nothing; the error names the sessions and whose they are.
   *
   * @return the policy
   */
  public static StopPolicy refuse() {
    return new StopPolicy(Hooks.REFUSE, 0);
  }

  /**
   * Waits until sessions and job runs have ended by themselves, and fails as {@link #refuse()} does
   * if they have not. New ones may start meanwhile, and are waited for too.
   *
   * @param maxWait whole minutes, 1 to 40
   * @return the policy
   * @throws IllegalArgumentException if it is not, or is a token
   */
  public static StopPolicy drain(Duration maxWait) {
    requireNonNull(maxWait, "maxWait");
    if (maxWait.isUnresolved()) {
      throw new IllegalArgumentException(
          "StopPolicy.drain: maxWait received a token, but takes a duration that is known at"
              + " synthesis");
    }
    if (!Minutes.wholeMinutesUpTo(LONGEST_DRAIN_MINUTES, maxWait)) {
      throw new IllegalArgumentException(
          ("StopPolicy.drain: maxWait received %s minutes, but takes whole minutes from 1 to %d,"
                  + " because CloudFormation waits an hour at most; for longer, end the sessions"
                  + " first, or deploy a second application beside this one")
              .formatted(Minutes.shown(maxWait), LONGEST_DRAIN_MINUTES));
    }
    return new StopPolicy(Hooks.DRAIN, (int) Minutes.minutes(maxWait));
  }

  /**
   * Terminates the sessions and cancels the job runs. What they had not saved is lost.
   *
   * @return the policy
   */
  public static StopPolicy terminate() {
    return new StopPolicy(Hooks.TERMINATE, 0);
  }

  /** {@return the policy as a custom resource has it: REFUSE, DRAIN or TERMINATE} */
  public String getName() {
    return name;
  }

  boolean endsWork() {
    return name.equals(Hooks.TERMINATE);
  }

  /** {@return how long it waits in minutes; 0 if it does not} */
  public int getMaxWaitMinutes() {
    return maxWaitMinutes;
  }

  /** In the words of the function. */
  Map<String, Object> toProperties() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(Hooks.POLICY, name);
    if (maxWaitMinutes > 0) {
      properties.put(Hooks.MAX_WAIT_MINUTES, maxWaitMinutes);
    }
    return properties;
  }
}
