package io.sparkgate.benchmark.cost;

import io.sparkgate.benchmark.Table;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the figures rest on, in short. */
final class Assumptions {

  private Assumptions() {}

  static Table table(Study study) {
    Table table = new Table("Assumptions", "what", "value", "from");
    prices(table, study.prices());
    service(table, study.service());
    habits(table, study.habits());
    Upkeep.Needs needs = Upkeep.Needs.DEFAULT;
    table.row(
        "a sweep",
        text(
            "%.1f GB for %s and %d ms per person, %.1f kB of log and %.1f kB per person",
            needs.functionGb(),
            span(needs.billed()),
            needs.billedPerPerson().toMillis(),
            needs.sweepKb(),
            needs.sessionKb()),
        "assumed, rather too much");
    table.row(
        "simulated",
        text(
            "%d people, %d months of %d days, 22 of them working days, seed %d",
            study.people(), study.months().size(), Month.DAYS, Study.SEED),
        "");
    return table;
  }

  private static void prices(Table table, Prices prices) {
    table.row(
        "EMR Serverless",
        text(
            "%s, x86: %s %s per vCPU-hour, %s per GB-hour",
            prices.region(), prices.currency(), prices.vcpuHour(), prices.gbHour()),
        "secondary sources, June and August 2026");
    table.row(
        "Lambda, Scheduler",
        text(
            "arm64: %s %s per GB-second; %.2f and %.2f per million",
            prices.currency(),
            plain(prices.lambdaGbSecond()),
            prices.lambdaMillion(),
            prices.schedulerMillion()),
        "secondary sources, 2024 and March 2026");
    table.row(
        "CloudWatch",
        text(
            "%s %.2f per metric, %.2f per alarm and month, %.2f per GB of log",
            prices.currency(), prices.metricMonth(), prices.alarmMonth(), prices.logGb()),
        "secondary sources, February and June 2026, alarms undated");
    table.row("free tiers, discounts, taxes", "none", "");
  }

  private static void service(Table table, Service service) {
    Worker driver = service.driver();
    table.row(
        "idle timeout, greatest age",
        text("%s, %s", span(service.idleTimeout()), span(service.maxAge())),
        "documented");
    table.row(
        "driver",
        text("%d vCPU, %d GB, billed from start to end", driver.vcpu(), driver.gb()),
        "size documented for job runs; for sessions, and from the call on, assumed");
    table.row(
        "executors",
        text(
            "%d of %d vCPU, %d GB while a statement runs and %s after",
            service.executors(),
            service.executor().vcpu(),
            service.executor().gb(),
            span(service.executorIdle())),
        "initial number documented for job runs; for sessions, and throughout, assumed");
    table.row("start of a session", span(service.start()), "seen by others, once");
    table.row(
        "what makes a session idle",
        "the end of a statement, and nothing else resets it",
        "assumed");
    table.row("an ended session is billed", "until the moment it is ended", "assumed");
    table.row(
        "warm pool",
        text(
            "none unless said; of drivers only, which come back when their sessions end; billed"
                + " while the application is STARTED: in warm hours, and outside of them while there"
                + " is a session and for %s after",
            span(WarmPool.AUTO_STOP)),
        "Sparkgate's default; the service's, assumed");
    table.row(
        "warm start",
        text("%s instead of %s", span(service.warmStart()), span(service.start())),
        "assumed; 61 s were seen by others, once");
    WarmPool.Hours office = WarmPool.Hours.OFFICE;
    table.row(
        "warm hours",
        text("Monday to Friday, %s to %s; no holidays", office.from(), office.to()),
        "assumed");
    table.row(
        "at most N sessions each",
        "what lies idle for longest is ended within 5 min",
        "the monitor's default");
    table.row("30% raised", raised(Callers.MIXED), "assumed");
  }

  private static void habits(Table table, Habits habits) {
    Habits.Hours hours = habits.hours();
    Habits.Pace pace = habits.pace();
    Habits.Care care = habits.care();
    table.row(
        "days with Spark",
        text("%.0f%% of the working days", 100 * habits.daysWithSpark()),
        "assumed");
    table.row(
        "hours",
        text(
            "%s to %s, lunch at %s for %s, give or take %s; %d meetings of 30 or 60 min",
            hours.arrives(),
            hours.leaves(),
            hours.lunch(),
            span(hours.lunchBreak()),
            span(hours.varies()),
            hours.meetings()),
        "assumed");
    table.row(
        "bursts",
        text(
            "%.0f statements of %s (median), %s of thought between",
            pace.burst(), span(pace.statement().median()), span(pace.think().median())),
        "assumed, log-normal");
    table.row(
        "pauses",
        text("%s (median), sigma %.1f", span(pace.pause().median()), pace.pause().sigma()),
        "assumed, log-normal");
    table.row(
        "after a pause",
        text(
            "%.0f%% another notebook, %.0f%% an earlier one",
            100 * care.opens(), 100 * care.switches()),
        "assumed");
    table.row(
        "in the evening",
        text(
            "laptop closed; %.0f%% go on with the last notebook on the next day",
            100 * care.continues()),
        "assumed");
    table.row("sessions that their users stop", text("%.0f%%", 100 * care.stops()), "assumed");
    table.row("to load everything again", text("%s of work", span(care.redo())), "assumed");
  }

  private static String raised(Callers callers) {
    return callers.raised().stream()
        .map(some -> text("%.0f%% to %s", 100 * some.share(), span(some.timeout())))
        .collect(Collectors.joining(", ", "of all sessions ", ""));
  }

  private static String span(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds % 3600 == 0
        ? seconds / 3600 + " h"
        : seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
  }

  private static String plain(double value) {
    return String.format(Locale.ROOT, "%.10f", value);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
