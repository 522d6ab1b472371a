package io.sparkgate.watch;

import static java.util.Objects.requireNonNull;

import io.sparkgate.border.SweepMetrics;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.lambda.IFunction;
import software.constructs.Construct;

/** A metric that a function writes at the end of each sweep. */
final class SweepMetric {

  private SweepMetric() {}

  static Metric of(Construct scope, IFunction function, String name, Duration every) {
    return Metric.Builder.create()
        .namespace(SweepMetrics.NAMESPACE)
        .metricName(requireNonNull(name, "name"))
        .dimensionsMap(Map.of(SweepMetrics.DIMENSION, function.getFunctionName()))
        .period(every)
        .statistic("Maximum")
        .build()
        .attachTo(scope);
  }
}
