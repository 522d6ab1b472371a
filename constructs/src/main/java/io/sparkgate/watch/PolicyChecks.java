package io.sparkgate.watch;

import static io.sparkgate.internal.Minutes.minutes;
import static io.sparkgate.internal.Minutes.shown;
import static io.sparkgate.internal.Minutes.wholeMinutesUpTo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.constructs.Construct;

/** What a policy may not say, and what it probably should not. */
final class PolicyChecks {

  /** The service ends an idle session by itself after this, unless its caller asks otherwise. */
  private static final int SERVICE_IDLE_MINUTES = 60;

  private static final int MOST_TERMINATIONS = 1000;

  /** What the function accepts; longer is a mistake in the unit. */
  private static final int LONGEST_LIFETIME_MINUTES = 7 * 24 * 60;

  private static final int LONGEST_INTERVAL_MINUTES = 24 * 60;

  private PolicyChecks() {}

  static void check(Construct reaper, IdlePolicy policy, Duration every) {
    String path = reaper.getNode().getPath();
    rejectTokens(path, policy, every);
    if (!wholeMinutesUpTo(LONGEST_LIFETIME_MINUTES, policy.sessionLifetime())) {
      throw new IllegalArgumentException(
          "%s: sessionLifetime received %s minutes, but takes whole minutes from 1 to %d, a week"
              .formatted(path, shown(policy.sessionLifetime()), LONGEST_LIFETIME_MINUTES));
    }
    policy.limits().forEach((name, limit) -> rejectUnlessInRange(path, name, limit, policy));
    rejectUnlessOrdered(path, policy);
    if (policy.maxTerminations() < 1 || policy.maxTerminations() > MOST_TERMINATIONS) {
      throw new IllegalArgumentException(
          "%s: maxTerminations received %d, but takes 1 to %d; to terminate nothing use dryRun()"
              .formatted(path, policy.maxTerminations(), MOST_TERMINATIONS));
    }
    if (!wholeMinutesUpTo(LONGEST_INTERVAL_MINUTES, every)) {
      throw new IllegalArgumentException(
          "%s: every received %s minutes, but takes whole minutes from 1 to %d"
              .formatted(path, shown(every), LONGEST_INTERVAL_MINUTES));
    }
    warnOfDeadRules(reaper, policy, every);
  }

  /** The function's configuration and its alarms are made of numbers, which a token is not yet. */
  private static void rejectTokens(String path, IdlePolicy policy, Duration every) {
    Map<String, Duration> all = new LinkedHashMap<>(policy.limits());
    all.put("sessionLifetime", policy.sessionLifetime());
    all.put("every", every);
    all.forEach(
        (name, duration) -> {
          if (duration.isUnresolved()) {
            throw new IllegalArgumentException(
                "%s: %s received a token, but takes a duration that is known at synthesis"
                    .formatted(path, name));
          }
        });
  }

  private static void rejectUnlessInRange(
      String path, String name, Duration limit, IdlePolicy policy) {
    long lifetime = minutes(policy.sessionLifetime());
    if (!wholeMinutesUpTo(lifetime, limit)) {
      throw new IllegalArgumentException(
          ("%s: %s received %s minutes, but takes whole minutes from 1 to %d, when the service ends"
                  + " every session; set sessionLifetime if AWS Support raised that for your account")
              .formatted(path, name, shown(limit), lifetime));
    }
  }

  private static void rejectUnlessOrdered(String path, IdlePolicy policy) {
    List<Duration> bounds = policy.boundsByTag();
    if (bounds.isEmpty()) {
      return;
    }
    long shortest = minutes(bounds.get(0));
    long longest = minutes(bounds.get(1));
    long idle = minutes(policy.idleLimit());
    if (shortest > idle || idle > longest) {
      throw new IllegalArgumentException(
          ("%s: limitByTag received %d to %d minutes, which does not contain the limit of"
                  + " terminateAfter, %d minutes; widen the bounds or change the limit")
              .formatted(path, shortest, longest, idle));
    }
  }

  private static void warnOfDeadRules(Construct reaper, IdlePolicy policy, Duration every) {
    Duration idle = policy.idleLimit();
    if (minutes(idle) > SERVICE_IDLE_MINUTES) {
      Annotations.of(reaper)
          .addWarningV2(
              "@sparkgate/constructs:idleLimitOverServiceDefault",
              ("terminateAfter is %d minutes, but the service itself ends an idle session after %d"
                      + " unless its caller asks for longer, so the limit reaches only those;"
                      + " choose %d minutes or less to reach all")
                  .formatted(minutes(idle), SERVICE_IDLE_MINUTES, SERVICE_IDLE_MINUTES));
    }
    if (minutes(every) >= minutes(idle)) {
      Annotations.of(reaper)
          .addWarningV2(
              "@sparkgate/constructs:sweepsTooRare",
              ("a sweep every %d minutes lets a session idle for up to %d, not %d; sweep more often"
                      + " than the limit")
                  .formatted(minutes(every), minutes(idle) + minutes(every), minutes(idle)));
    }
  }
}
