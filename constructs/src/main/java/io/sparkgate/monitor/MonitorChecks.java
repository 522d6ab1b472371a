package io.sparkgate.monitor;

import static io.sparkgate.internal.Minutes.minutes;
import static io.sparkgate.internal.Minutes.shown;
import static io.sparkgate.internal.Minutes.wholeMinutesUpTo;

import io.sparkgate.internal.Findings;
import software.amazon.awscdk.Duration;

/** What a monitor may not be told. */
final class MonitorChecks {

  /** Longer, and what lives for a few minutes is never seen. */
  private static final int LONGEST_INTERVAL_MINUTES = 15;

  private static final int LONGEST_WARNING_MINUTES = 24 * 60;

  /** Each owner has two metrics, at USD 0.30 a month each while it has data. */
  private static final int MOST_OWNERS = 50;

  /** Their ids are 27 characters each, of the 4 KB that a function's variables may have. */
  private static final int MOST_SUBNETS = 20;

  private MonitorChecks() {}

  static void check(Findings findings, MonitorSetters<?> props) {
    checkMinutes(findings, "every", props.every, LONGEST_INTERVAL_MINUTES);
    checkMinutes(findings, "warnBefore", props.warnBefore, LONGEST_WARNING_MINUTES);
    findings.errorIf(
        minutes(props.warnBefore) < minutes(props.every),
        """
        warnBefore received %s minutes, but a pass every %s would miss the time between; warn \
        earlier, or call every(…) with less"""
            .formatted(minutes(props.warnBefore), minutes(props.every)));
    findings.errorIf(
        props.mostOwners < 0 || props.mostOwners > MOST_OWNERS,
        "mostOwners received %s, but takes 0 to %s, because metrics of each cost money"
            .formatted(props.mostOwners, MOST_OWNERS));
    findings.errorIf(
        props.subnets.size() > MOST_SUBNETS,
        "subnets received %s, but takes %s; watch the others with another monitor"
            .formatted(props.subnets.size(), MOST_SUBNETS));
    findings.errorIf(
        props.ownerLimits.areIdleTalk(),
        """
        ownerLimits received what to end or to enforce, but no limit; call atMost or dailyBudget \
        too""");
    findings.errorIf(
        props.usage != null && !props.hasUsage,
        "usage received a store, but withoutUsage() wants none; leave one of them out");
  }

  private static void checkMinutes(
      Findings findings, String property, Duration duration, int most) {
    findings.errorIf(
        duration.isUnresolved(),
        "%s received a token, but takes a duration that is known at synthesis".formatted(property));
    findings.errorIf(
        !wholeMinutesUpTo(most, duration),
        "%s received %s minutes, but takes whole minutes from 1 to %s"
            .formatted(property, shown(duration), most));
  }
}
