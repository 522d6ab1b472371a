package io.sparkgate.dashboard;

import io.sparkgate.border.SweepMetrics;
import io.sparkgate.watch.IdleSessionReaper;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.lambda.IFunction;

/** Whether the functions that watch an application do so. */
record FunctionWidgets(List<WatchingFunction> functions) {

  /** The rarest look, the guard's, is every 15 minutes. */
  private static final Duration QUARTER = Duration.minutes(15);

  /** With what sweeps could not do, where there is a reaper. */
  List<IWidget> health(@Nullable IdleSessionReaper reaper) {
    int ofRow = reaper == null ? 3 : 4;
    List<IWidget> row = new ArrayList<>();
    row.add(
        Widgets.lines(
            ofRow,
            "Invocations of the functions that watch, which never are none",
            "invocations",
            of("Sum", IFunction::metricInvocations)));
    row.add(
        Widgets.lines(
            ofRow,
            "Errors of the functions that watch, which have an alarm each",
            "errors",
            of("Sum", IFunction::metricErrors)));
    row.add(
        Widgets.lines(
            ofRow,
            "Milliseconds that a look takes, for the slowest tenth",
            "milliseconds",
            of("p90", IFunction::metricDuration)));
    if (reaper != null) {
      row.add(sweeps(ofRow, reaper));
    }
    return row;
  }

  /** An invocation is a fetch that was compared, an error a takeover or one that may be. */
  IWidget takeovers() {
    List<IMetric> metrics = new ArrayList<>();
    for (WatchingFunction each : functions) {
      metrics.add(
          Series.labelled(each.function().metricInvocations(options("Sum")), "endpoints fetched"));
      metrics.add(
          Series.labelled(each.function().metricErrors(options("Sum")), "perhaps by another"));
    }
    return Widgets.lines(
        "Endpoints of sessions that were fetched, and those perhaps by another",
        "fetches",
        metrics);
  }

  private static IWidget sweeps(int ofRow, IdleSessionReaper reaper) {
    List<IMetric> metrics = new ArrayList<>();
    metrics.addAll(labelled(reaper.metricFailed(), SweepMetrics.FAILED));
    metrics.addAll(labelled(reaper.metricLeft(), SweepMetrics.LEFT));
    return Widgets.lines(
        ofRow,
        "Sessions, job runs and applications that a sweep failed at, or did not reach",
        "each",
        metrics);
  }

  private static List<Metric> labelled(List<Metric> metrics, String label) {
    return metrics.stream().map(metric -> Series.labelled(metric, label)).toList();
  }

  private List<IMetric> of(String statistic, BiFunction<IFunction, MetricOptions, Metric> named) {
    List<IMetric> metrics = new ArrayList<>();
    for (WatchingFunction each : functions) {
      metrics.add(Series.labelled(named.apply(each.function(), options(statistic)), each.kind()));
    }
    return metrics;
  }

  private static MetricOptions options(String statistic) {
    return MetricOptions.builder().statistic(statistic).period(QUARTER).build();
  }
}
