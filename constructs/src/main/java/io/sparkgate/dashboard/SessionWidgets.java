package io.sparkgate.dashboard;

import static io.sparkgate.border.MonitorMetrics.DOLLARS;
import static io.sparkgate.border.MonitorMetrics.IDLE_DOLLARS_PER_HOUR;
import static io.sparkgate.border.MonitorMetrics.LONGEST_BUSY_SECONDS;
import static io.sparkgate.border.MonitorMetrics.OLDEST_IDLE_SECONDS;
import static io.sparkgate.border.MonitorMetrics.OWNER_DOLLARS;
import static io.sparkgate.border.MonitorMetrics.OWNER_SESSIONS;
import static io.sparkgate.border.MonitorMetrics.POOL_IDLE_DOLLARS_PER_HOUR;
import static io.sparkgate.border.MonitorMetrics.READY_SECONDS;
import static io.sparkgate.border.MonitorMetrics.SESSIONS_BUSY;
import static io.sparkgate.border.MonitorMetrics.SESSIONS_IDLE;
import static io.sparkgate.border.MonitorMetrics.SESSIONS_LIVE;
import static io.sparkgate.border.MonitorMetrics.SESSIONS_READY;
import static io.sparkgate.border.MonitorMetrics.SESSIONS_STARTING;
import static io.sparkgate.border.MonitorMetrics.SESSION_ENDS;
import static io.sparkgate.border.MonitorMetrics.SESSION_FAILURES;
import static io.sparkgate.border.MonitorMetrics.SESSION_STARTS;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;

/** Who is there, what idles, and whether sessions start: all by the monitor's own metrics. */
record SessionWidgets(Series series) {

  private static final Duration HOUR = Duration.hours(1);

  List<IWidget> who() {
    return List.of(
        Widgets.stacked(
            "Sessions that live, by their state",
            "sessions",
            List.of(
                most(SESSIONS_STARTING, "starting"),
                most(SESSIONS_READY, "started and not used yet"),
                most(SESSIONS_BUSY, "busy"),
                most(SESSIONS_IDLE, "idle"))),
        Widgets.stacked(
            "Whose sessions live, by owner",
            "sessions",
            List.of(series.byOwner(OWNER_SESSIONS, "Maximum", series.period()))),
        Widgets.lines(
            "Sessions that live, all together",
            "sessions",
            List.of(most(SESSIONS_LIVE, "sessions that live"))));
  }

  List<IWidget> cost() {
    return List.of(
        Widgets.stacked(
            "Dollars an hour that are paid while nobody works",
            "dollars an hour",
            List.of(
                most(IDLE_DOLLARS_PER_HOUR, "idle sessions"),
                most(POOL_IDLE_DOLLARS_PER_HOUR, "warm pool"))),
        Widgets.lines(
            "Minutes that the longest idle and the longest busy session have been so",
            "minutes",
            List.of(
                minutes(OLDEST_IDLE_SECONDS, "longest idle"),
                minutes(LONGEST_BUSY_SECONDS, "longest busy"))),
        Widgets.stacked(
            "Dollars of what ended in each hour, by owner",
            "dollars",
            List.of(series.byOwner(OWNER_DOLLARS, "Sum", HOUR))));
  }

  List<IWidget> starts() {
    return List.of(
        Widgets.lines(
            "Sessions that were started, failed and ended",
            "sessions",
            List.of(
                sum(SESSION_STARTS, "started"),
                sum(SESSION_FAILURES, "failed"),
                sum(SESSION_ENDS, "ended"))),
        Widgets.lines(
            "Seconds until a session could be used, for the median and the slowest tenth",
            "seconds",
            List.of(
                Series.labelled(series.ofMonitor(READY_SECONDS, "p50", HOUR), "p50"),
                Series.labelled(series.ofMonitor(READY_SECONDS, "p90", HOUR), "p90"))),
        Widgets.lines(
            "Dollars of what ended in each hour, all together",
            "dollars",
            List.of(series.orZero(series.ofMonitor(DOLLARS, "Sum", HOUR), "dollars"))));
  }

  private IMetric most(String name, String label) {
    return series.orZero(series.ofMonitor(name, "Maximum"), label);
  }

  private IMetric sum(String name, String label) {
    return series.orZero(series.ofMonitor(name, "Sum", HOUR), label);
  }

  private IMetric minutes(String name, String label) {
    return series.minutesOrZero(series.ofMonitor(name, "Maximum"), label);
  }
}
