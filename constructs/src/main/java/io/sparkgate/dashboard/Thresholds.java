package io.sparkgate.dashboard;

import static io.sparkgate.internal.Minutes.shown;
import static io.sparkgate.internal.Minutes.wholeMinutesUpTo;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Known;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Token;

/** When alarms go off. */
final class Thresholds {

  private static final int WEEK = 7 * 24 * 60;
  private static final int MOST = 1_000_000;

  int quotaPercent = 80;
  int sessionsPercent = 80;

  /** What the service's documentation of sessions says as of 2026; AWS Support raises it. */
  int sessionsPerApplication = 25;

  int failures = 3;
  Duration startTime = Duration.minutes(5);
  Duration busyTime = Duration.hours(8);
  @Nullable Double dollarsPerDay;
  int freeAddresses = 16;

  /** What was set, by the alarm that it is of. */
  final Map<AlarmKind, Set<String>> told = new EnumMap<>(AlarmKind.class);

  void told(AlarmKind kind, String property) {
    told.computeIfAbsent(kind, none -> new TreeSet<>()).add(property);
  }

  /** Sessions are whole. */
  long sessions() {
    return Math.max(1, Math.round(sessionsPerApplication * sessionsPercent / 100.0));
  }

  void check(Findings findings) {
    number(findings, "quotaPercent", quotaPercent, 100);
    number(findings, "sessionsPercent", sessionsPercent, 100);
    number(findings, "sessionsPerApplication", sessionsPerApplication, MOST);
    number(findings, "startFailures", failures, MOST);
    number(findings, "freeAddresses", freeAddresses, MOST);
    time(findings, "startTime", startTime);
    time(findings, "busyTime", busyTime);
    if (dollarsPerDay != null && Token.isUnresolved(dollarsPerDay)) {
      throw findings.error("dollarsPerDay" + Known.received("a number"));
    }
    findings.errorIf(
        dollarsPerDay != null && !(dollarsPerDay > 0 && dollarsPerDay <= MOST),
        "dollarsPerDay received %s, but takes a number above 0, to %s; leave it out for no budget"
            .formatted(dollarsPerDay, MOST));
  }

  /** Refuses what was set for an alarm that is not made: it would vanish without a word. */
  void checkTold(
      Findings findings, Set<AlarmKind> leftOut, boolean isMonitored, boolean knowsSubnets) {
    told.forEach(
        (kind, properties) -> {
          String property = properties.iterator().next();
          findings.errorIf(
              leftOut.contains(kind),
              "%s was set, but without(%s) leaves its alarm out; take one of the two away"
                  .formatted(property, kind));
          findings.errorIf(
              !isMonitored && kind != AlarmKind.VCPU_NEAR_QUOTA,
              "%s was set, but without a monitor nothing counts sessions, and its alarm is not made; call monitor(monitor), or leave it out"
                  .formatted(property));
          findings.errorIf(
              !knowsSubnets && kind == AlarmKind.FEW_ADDRESSES,
              "%s was set, but no subnet was named, and its alarm is not made; call subnets(subnets), or leave it out"
                  .formatted(property));
        });
  }

  private static void number(Findings findings, String property, int number, int most) {
    findings.known(property, number);
    findings.errorIf(
        number < 1 || number > most,
        "%s received %s, but takes 1 to %s; to have no such alarm call without(...)"
            .formatted(property, number, most));
  }

  private static void time(Findings findings, String property, Duration time) {
    if (time.isUnresolved()) {
      throw findings.error(property + Known.received("a duration"));
    }
    findings.errorIf(
        !wholeMinutesUpTo(WEEK, time),
        "%s received %s minutes, but takes whole minutes from 1 to %s, a week"
            .formatted(property, shown(time), WEEK));
  }
}
