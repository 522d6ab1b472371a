package io.sparkgate.benchmark.sweep;

import io.sparkgate.benchmark.Table;
import java.util.Locale;

/** The table of one setting. */
final class Results {

  private static final String NONE = "-";

  private final Setting setting;
  private final LowerBound bound;
  private final Table table;

  Results(Setting setting) {
    this.setting = setting;
    bound = LowerBound.of(setting);
    table =
        new Table(
            text(
                "%s, %d due in each application; %s",
                setting.size(), setting.due(), setting.limits()),
            "strategy",
            "calls",
            "rejected",
            "failed",
            "not terminated",
            "s",
            "x lower bound",
            "CPU s");
  }

  Table table() {
    return table;
  }

  String explanation() {
    return text(
        "Lower bound: %.2f s, %s; with Sparkgate's second look at what is due %.2f s.",
        bound.seconds(), bound.reason(), LowerBound.withSecondLook(setting).seconds());
  }

  void measured(Strategy strategy, Measurement measurement) {
    table.row(
        strategy.title(),
        text("%,d", measurement.calls()),
        text("%,d", measurement.rejected()),
        failed(measurement),
        text("%,d", measurement.missed()),
        seconds(measurement.seconds()),
        ratio(measurement.seconds()),
        seconds(measurement.cpuSeconds()));
  }

  /** A call at a time takes as much longer as there are more calls. */
  void estimated(Strategy strategy, Setting smaller, Measurement measurement) {
    double factor = (double) setting.calls() / smaller.calls();
    double seconds = measurement.seconds() * factor;
    table.row(
        strategy.title(),
        text("%,d", setting.calls()),
        NONE,
        NONE,
        NONE,
        text("about %.0f, from %s without limits", seconds, smaller.size()),
        "about " + ratio(seconds),
        text("about %.0f", measurement.cpuSeconds() * factor));
  }

  void leftOut(Strategy strategy, String reason) {
    table.row(strategy.title(), NONE, NONE, NONE, NONE, reason, NONE, NONE);
  }

  private String ratio(double seconds) {
    double ratio = seconds / bound.seconds();
    return text(ratio < 100 ? "%.2f" : "%,.0f", ratio);
  }

  private static String seconds(double seconds) {
    return text(seconds < 10 ? "%.2f" : "%.1f", seconds);
  }

  private static String failed(Measurement measurement) {
    return measurement.failedLists() == 0
        ? text("%,d", measurement.failedSessions())
        : text("%,d and %,d lists", measurement.failedSessions(), measurement.failedLists());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
