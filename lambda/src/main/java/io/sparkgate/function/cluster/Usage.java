package io.sparkgate.function.cluster;

import io.sparkgate.function.aws.Calls;
import io.sparkgate.function.aws.ServiceCallException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;

/**
 * What CloudWatch knows of how a cluster is used. It learns of both a few minutes late, and what it
 * has no word of counts as nothing.
 */
public final class Usage {

  /** A query that runs is a request in each of these: the server ends its streams earlier. */
  public static final Duration REQUESTS_WINDOW = Duration.ofMinutes(5);

  private static final Duration CONTAINERS_WINDOW = Duration.ofMinutes(10);

  /** EMR's metrics come every five minutes, load balancers' every minute. */
  private static final int CONTAINERS_PERIOD = 300;

  private static final int REQUESTS_PERIOD = 60;

  private static final String TARGET_GROUP = ":targetgroup/";

  private final CloudWatchClient client;
  private final Calls calls;

  public Usage(CloudWatchClient client, Calls calls) {
    this.client = client;
    this.calls = calls;
  }

  /**
   * What somebody did with a cluster.
   *
   * @param requests that the load balancer passed on
   * @param containers of YARN at the same time, the server's own among them
   */
  public record Seen(long requests, long containers) {

    /** Whether there were requests, or executors beside the server. */
    public boolean isUsed() {
      return requests > 0 || containers > 1;
    }
  }

  /**
   * The use in the last minutes.
   *
   * @param targetGroupArn null where there is no load balancer
   */
  public Seen recent(String clusterId, @Nullable String targetGroupArn, Instant now)
      throws ServiceCallException {
    double containers =
        result(containers(clusterId), now.minus(CONTAINERS_WINDOW), now).values().stream()
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(0);
    return new Seen(targetGroupArn == null ? 0 : requests(targetGroupArn, now), (long) containers);
  }

  private long requests(String targetGroupArn, Instant now) throws ServiceCallException {
    return (long)
        result(requests(targetGroupArn), now.minus(REQUESTS_WINDOW), now).values().stream()
            .mapToDouble(Double::doubleValue)
            .sum();
  }

  /**
   * When the target group got its last request; empty where it got none within the time until now.
   */
  public Optional<Instant> lastRequest(String targetGroupArn, Duration window, Instant now)
      throws ServiceCallException {
    MetricDataResult result = result(requests(targetGroupArn), now.minus(window), now);
    Instant last = null;
    for (int i = 0; i < Math.min(result.values().size(), result.timestamps().size()); i++) {
      Instant end = result.timestamps().get(i).plusSeconds(REQUESTS_PERIOD);
      if (result.values().get(i) > 0 && (last == null || end.isAfter(last))) {
        last = end;
      }
    }
    return Optional.ofNullable(last);
  }

  private MetricDataResult result(MetricDataQuery query, Instant from, Instant to)
      throws ServiceCallException {
    GetMetricDataRequest.Builder request =
        GetMetricDataRequest.builder().metricDataQueries(query).startTime(from).endTime(to);
    return calls
        .make(
            "GetMetricData",
            limit -> client.getMetricData(request.overrideConfiguration(limit).build()))
        .metricDataResults()
        .stream()
        .findFirst()
        .orElseGet(() -> MetricDataResult.builder().build());
  }

  /**
   * The average over targets, of which there is one. It is the only count of requests that has the
   * target group as its sole dimension, so that nobody need know the load balancer.
   */
  private static MetricDataQuery requests(String targetGroupArn) {
    return query(
        "requests",
        "AWS/ApplicationELB",
        "RequestCountPerTarget",
        Dimension.builder().name("TargetGroup").value(fullName(targetGroupArn)).build(),
        REQUESTS_PERIOD,
        "Sum");
  }

  private static MetricDataQuery containers(String clusterId) {
    return query(
        "containers",
        "AWS/ElasticMapReduce",
        "ContainerAllocated",
        Dimension.builder().name("JobFlowId").value(clusterId).build(),
        CONTAINERS_PERIOD,
        "Maximum");
  }

  private static MetricDataQuery query(
      String id, String namespace, String name, Dimension dimension, int period, String stat) {
    return MetricDataQuery.builder()
        .id(id)
        .metricStat(
            each ->
                each.metric(
                        metric ->
                            metric.namespace(namespace).metricName(name).dimensions(dimension))
                    .period(period)
                    .stat(stat))
        .build();
  }

  /** As in {@code targetgroup/NAME/ID}, from the ARN that ends with it. */
  private static String fullName(String targetGroupArn) {
    int at = targetGroupArn.indexOf(TARGET_GROUP);
    return at < 0 ? targetGroupArn : targetGroupArn.substring(at + 1);
  }
}
