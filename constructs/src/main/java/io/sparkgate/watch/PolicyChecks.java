package io.sparkgate.watch;

import static io.sparkgate.internal.Minutes.minutes;
import static io.sparkgate.internal.Minutes.shown;
import static io.sparkgate.internal.Minutes.wholeMinutesUpTo;

import io.sparkgate.internal.Findings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;

/** What a policy may not say, and what it probably should not. */
final class PolicyChecks {

  /** The service ends an idle session by itself after this, unless its caller asks otherwise. */
  private static final int SERVICE_IDLE_MINUTES = 60;

  private static final int MOST_TERMINATIONS = 1000;

  /** What the function accepts; longer is a mistake in the unit. */
  private static final int LONGEST_LIFETIME_MINUTES = 7 * 24 * 60;

  private static final int LONGEST_INTERVAL_MINUTES = 24 * 60;

  private PolicyChecks() {}

  static void check(Findings findings, IdlePolicy policy, Duration every) {
    rejectTokens(findings, policy, every);
    findings.errorIf(
        !wholeMinutesUpTo(LONGEST_LIFETIME_MINUTES, policy.sessionLifetime()),
        () ->
            "sessionLifetime received %s minutes, but takes whole minutes from 1 to %s, a week"
                .formatted(shown(policy.sessionLifetime()), LONGEST_LIFETIME_MINUTES));
    policy.limits().forEach((name, limit) -> rejectUnlessInRange(findings, name, limit, policy));
    rejectUnlessOrdered(findings, policy);
    findings.errorIf(
        policy.maxTerminations() < 1 || policy.maxTerminations() > MOST_TERMINATIONS,
        "maxTerminations received %s, but takes 1 to %s; to terminate nothing use dryRun()"
            .formatted(policy.maxTerminations(), MOST_TERMINATIONS));
    checkInterval(findings, every);
    warnOfDeadRules(findings, minutes(policy.idleLimit()), minutes(every));
  }

  static void check(Findings findings, JobRunPolicy policy, Duration every) {
    findings.errorIf(
        policy.isIdleTalk(),
        """
        jobRunPolicy received what to spare or a dry run, but cancels nothing; call stuckAfter, \
        streamingAfter or batchAfter too""");
    policy
        .limits()
        .forEach(
            (name, limit) ->
                findings.warnIf(
                    minutes(every) >= minutes(limit),
                    "sweepsTooRareForJobRuns",
                    """
                    a sweep every %s minutes lets %s of a job run become up to %s minutes, not %s; \
                    sweep more often than the limit"""
                        .formatted(
                            minutes(every),
                            name,
                            minutes(limit) + minutes(every),
                            minutes(limit))));
  }

  /** Of any reaper. */
  static void checkInterval(Findings findings, Duration every) {
    findings.errorIf(
        every.isUnresolved(),
        "every received a token, but takes a duration that is known at synthesis");
    findings.errorIf(
        !wholeMinutesUpTo(LONGEST_INTERVAL_MINUTES, every),
        () ->
            "every received %s minutes, but takes whole minutes from 1 to %s"
                .formatted(shown(every), LONGEST_INTERVAL_MINUTES));
  }

  /** The function's configuration and its alarms are made of numbers, which a token is not yet. */
  private static void rejectTokens(Findings findings, IdlePolicy policy, Duration every) {
    Map<String, Duration> all = new LinkedHashMap<>(policy.limits());
    all.put("sessionLifetime", policy.sessionLifetime());
    all.put("every", every);
    all.forEach(
        (name, duration) ->
            findings.errorIf(
                duration.isUnresolved(),
                "%s received a token, but takes a duration that is known at synthesis"
                    .formatted(name)));
  }

  private static void rejectUnlessInRange(
      Findings findings, String name, Duration limit, IdlePolicy policy) {
    long lifetime = minutes(policy.sessionLifetime());
    findings.errorIf(
        !wholeMinutesUpTo(lifetime, limit),
        () ->
            """
        %s received %s minutes, but takes whole minutes from 1 to %s, when the service ends every \
        session; set sessionLifetime if AWS Support raised that for your account"""
                .formatted(name, shown(limit), lifetime));
  }

  private static void rejectUnlessOrdered(Findings findings, IdlePolicy policy) {
    List<Duration> bounds = policy.boundsByTag();
    if (bounds.isEmpty()) {
      return;
    }
    long shortest = minutes(bounds.get(0));
    long longest = minutes(bounds.get(1));
    long idle = minutes(policy.idleLimit());
    findings.errorIf(
        shortest > idle || idle > longest,
        """
        limitByTag received %s to %s minutes, which does not contain the limit of terminateAfter, \
        %s minutes; widen the bounds or change the limit"""
            .formatted(shortest, longest, idle));
  }

  private static void warnOfDeadRules(Findings findings, long idle, long every) {
    findings.warnIf(
        idle > SERVICE_IDLE_MINUTES,
        "idleLimitOverServiceDefault",
        """
        terminateAfter is %s minutes, but the service itself ends an idle session after %s unless \
        its caller asks for longer, so the limit reaches only those; choose %2$s minutes or less \
        to reach all"""
            .formatted(idle, SERVICE_IDLE_MINUTES));
    findings.warnIf(
        every >= idle,
        "sweepsTooRare",
        """
        a sweep every %s minutes lets a session idle for up to %s, not %s; sweep more often than \
        the limit"""
            .formatted(every, idle + every, idle));
  }
}
