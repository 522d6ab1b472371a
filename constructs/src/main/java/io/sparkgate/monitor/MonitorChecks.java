package io.sparkgate.monitor;

import static io.sparkgate.internal.Minutes.minutes;
import static io.sparkgate.internal.Minutes.shown;
import static io.sparkgate.internal.Minutes.wholeMinutesUpTo;

import io.sparkgate.border.Configuration;
import io.sparkgate.internal.Findings;
import io.sparkgate.internal.ParameterPrefix;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

  private static final int SECONDS = 60;

  /** What of a pass is for reading; the rest is for telling. */
  private static final double READING = 0.8;

  private MonitorChecks() {}

  static void check(Findings findings, MonitorSetters<?> props) {
    checkMinutes(findings, "every", props.every, LONGEST_INTERVAL_MINUTES);
    checkMinutes(findings, "warnBefore", props.warnBefore, LONGEST_WARNING_MINUTES);
    findings.errorIf(
        minutes(props.warnBefore) < minutes(props.every) + 1,
        """
        warnBefore received %s minutes, but takes %s or more: a pass every %s, some seconds late, \
        would find a session due that was never warned of; warn earlier, or call every(…) with less"""
            .formatted(minutes(props.warnBefore), minutes(props.every) + 1, minutes(props.every)));
    findings.known("mostOwners", props.mostOwners);
    if (props.parameterPrefix != null) {
      ParameterPrefix.check(findings, "parameterPrefix", props.parameterPrefix);
    }
    findings.errorIf(
        props.mostOwners < 0 || props.mostOwners > MOST_OWNERS,
        "mostOwners received %s, but takes 0 to %s, because metrics of each cost money"
            .formatted(props.mostOwners, MOST_OWNERS));
    findings.errorIf(
        props.subnets.size() > MOST_SUBNETS,
        "subnets received %s, but takes %s; watch the others with another monitor"
            .formatted(props.subnets.size(), MOST_SUBNETS));
    props
        .ownerLimits
        .idleTalk()
        .ifPresent(
            talk -> {
              throw findings.error("ownerLimits received " + talk);
            });
    findings.errorIf(
        props.usage != null && !props.hasUsage,
        "usage received a store, but withoutUsage() wants none; leave one of them out");
  }

  /**
   * Each pass lists each application's sessions once and its job runs twice, at least; a pass that
   * is not whole tells no figures.
   */
  static void checkPace(
      Findings findings, int applications, Duration every, Map<String, Object> rates) {
    checkPace(
        findings, applications, every, "ListSessions", 1, rates.get(Configuration.LIST_SESSIONS));
    checkPace(
        findings, applications, every, "ListJobRuns", 2, rates.get(Configuration.LIST_JOB_RUNS));
  }

  private static void checkPace(
      Findings findings,
      int applications,
      Duration every,
      String operation,
      int each,
      @Nullable Object rate) {
    if (!(rate instanceof Map<?, ?> share)
        || !(share.get(Configuration.PER_SECOND) instanceof Number perSecond)
        || !(share.get(Configuration.BURST) instanceof Number burst)) {
      return;
    }
    int most =
        (int) (minutes(every) * SECONDS * READING * perSecond.doubleValue()) + burst.intValue();
    findings.warnIf(
        applications * each > most,
        "monitorTooSlow",
        """
        watch received %s applications for a function, which needs %s requests of %s for a whole \
        pass, but every %s minutes it has %s at its rate, and a pass that is not whole tells no \
        figures; call every(…) with more, or requestRates(…) with a greater share or what the \
        account really has"""
            .formatted(applications, applications * each, operation, minutes(every), most));
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
