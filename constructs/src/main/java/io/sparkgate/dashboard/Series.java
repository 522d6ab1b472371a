package io.sparkgate.dashboard;

import static java.util.Map.entry;

import io.sparkgate.border.MonitorMetrics;
import io.sparkgate.internal.Ordered;
import io.sparkgate.internal.Place;
import io.sparkgate.serverless.IEmrServerlessApplication;
import java.util.Locale;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;

/**
 * The metrics about one application, as dashboards and alarms want them.
 *
 * @param period of each; as long as the monitor's interval, since it writes once in each
 */
record Series(IEmrServerlessApplication application, Duration period) {

  private static final int SECONDS_PER_MINUTE = 60;

  /** One that the service emits. */
  Metric ofService(String name, String statistic, String label) {
    return application.metric(
        name, MetricOptions.builder().statistic(statistic).label(label).period(period).build());
  }

  /**
   * One that the monitor writes of the application. Without a label, which would make an alarm's
   * metric an expression.
   */
  Metric ofMonitor(String name, String statistic, Duration period) {
    return sparkgate(
        name,
        statistic,
        period,
        Map.of(MonitorMetrics.APPLICATION_ID, application.getApplicationId()));
  }

  Metric ofMonitor(String name, String statistic) {
    return ofMonitor(name, statistic, period);
  }

  /** Of one subnet. */
  Metric freeAddresses(String subnetId) {
    return sparkgate(
        MonitorMetrics.FREE_ADDRESSES,
        "Minimum",
        period,
        Map.of(MonitorMetrics.SUBNET_ID, subnetId));
  }

  /** The same with a name on its line. */
  static Metric labelled(Metric metric, String label) {
    return metric.with(MetricOptions.builder().label(label).build());
  }

  /** The vCPUs of all EMR Serverless in the account and Region. */
  Metric accountVcpu(String label) {
    Metric.Builder metric =
        Metric.Builder.create()
            .namespace("AWS/Usage")
            .metricName("ResourceCount")
            .dimensionsMap(
                Ordered.map(
                    entry("Class", "None"),
                    entry("Resource", "vCPU"),
                    entry("Service", "EMR Serverless"),
                    entry("Type", "Resource")))
            .statistic("Maximum")
            .period(period)
            .label(label);
    return there(metric);
  }

  private Metric sparkgate(String name, String statistic, Duration period, Map<String, String> of) {
    return there(
        Metric.Builder.create()
            .namespace(MonitorMetrics.NAMESPACE)
            .metricName(name)
            .dimensionsMap(of)
            .statistic(statistic)
            .period(period));
  }

  /** Zero where there is no data: the monitor writes nothing while nobody is there. */
  IMetric orZero(Metric metric, String label) {
    String id = id(metric.getMetricName());
    return expression("FILL(%s, 0)".formatted(id), Map.of(id, metric), label, metric.getPeriod());
  }

  /** The same in minutes, of one in seconds. */
  IMetric minutesOrZero(Metric seconds, String label) {
    String id = id(seconds.getMetricName());
    return expression(
        "FILL(%s, 0) / %d".formatted(id, SECONDS_PER_MINUTE),
        Map.of(id, seconds),
        label,
        seconds.getPeriod());
  }

  IMetric quota(Metric usage, String label) {
    return expression("SERVICE_QUOTA(usage)", Map.of("usage", usage), label, period);
  }

  /** One line for each owner of whom the monitor writes. */
  IMetric byOwner(String name, String statistic, Duration period) {
    return search(
        MonitorMetrics.NAMESPACE,
        "%s,%s".formatted(MonitorMetrics.APPLICATION_ID, MonitorMetrics.OWNER),
        "MetricName=\"%s\"".formatted(name),
        statistic,
        "",
        period);
  }

  /**
   * One line for each kind of worker, of those from the pool or of the others. By SEARCH, because
   * how the service calls the kinds in a session is not documented.
   *
   * @param allocation {@code PreInitCapacity} or {@code OnDemandCapacity}
   */
  IMetric workers(String name, String allocation, String label) {
    return search(
        "AWS/EMRServerless",
        "ApplicationId,ApplicationName,CapacityAllocationType,WorkerType",
        "MetricName=\"%s\" CapacityAllocationType=\"%s\"".formatted(name, allocation),
        "Average",
        label,
        period);
  }

  private IMetric search(
      String namespace,
      String dimensions,
      String which,
      String statistic,
      String label,
      Duration period) {
    return expression(
        "SEARCH('{%s,%s} %s ApplicationId=\"%s\"', '%s', %s)"
            .formatted(
                namespace,
                dimensions,
                which,
                application.getApplicationId(),
                statistic,
                period.toSeconds()),
        Map.of(),
        label,
        period);
  }

  IMetric expression(
      String expression, Map<String, ? extends IMetric> using, String label, Duration period) {
    // Of its own account and Region, as is checked: no alarm takes one that names them.
    return MathExpression.Builder.create()
        .expression(expression)
        .usingMetrics(using)
        .label(label)
        .period(period)
        .build();
  }

  private Metric there(Metric.Builder metric) {
    Place.of(application).ifKnown(metric::account, metric::region);
    return metric.build();
  }

  private static String id(String metric) {
    return metric.substring(0, 1).toLowerCase(Locale.ROOT) + metric.substring(1);
  }
}
