package io.sparkgate.function.stub;

import com.sun.net.httpserver.HttpExchange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands in for CloudWatch where it is asked for the values of metrics. It is pointed at by {@code
 * AWS_ENDPOINT_URL_CLOUDWATCH}.
 */
public final class CloudWatchStub extends QueryStub {

  private static final String XMLNS = "http://monitoring.amazonaws.com/doc/2010-08-01/";
  private static final String QUERY = "MetricDataQueries.member.1.MetricStat.Metric.";

  private record Point(String metric, String dimension, Instant at, double value) {}

  private final List<Point> points = new CopyOnWriteArrayList<>();

  private CloudWatchStub() {
    super("cloudwatch-stub", XMLNS);
  }

  /** Starts one on a free port. */
  public static CloudWatchStub start() {
    CloudWatchStub stub = new CloudWatchStub();
    stub.listen();
    return stub;
  }

  /**
   * Adds a value.
   *
   * @param dimension the value of the metric's only one
   */
  public CloudWatchStub put(String metric, String dimension, Instant at, double value) {
    points.add(new Point(metric, dimension, at, value));
    return this;
  }

  @Override
  String answer(HttpExchange exchange, String action, Map<String, List<String>> query)
      throws Refused, InterruptedException {
    if (!action.equals("GetMetricData")) {
      throw unknownAction();
    }
    String metric = Requests.one(query, QUERY + "MetricName").orElse("");
    Call call = Requests.call(exchange, Operation.GET_METRIC_DATA, metric, "", query);
    hear(call);
    String dimension = Requests.one(query, QUERY + "Dimensions.member.1.Value").orElse("");
    Instant from = Instant.parse(Requests.one(query, "StartTime").orElseThrow());
    Instant to = Instant.parse(Requests.one(query, "EndTime").orElseThrow());
    List<String> values = new ArrayList<>();
    List<String> timestamps = new ArrayList<>();
    for (Point point : points) {
      if (point.metric().equals(metric)
          && point.dimension().equals(dimension)
          && !point.at().isBefore(from)
          && point.at().isBefore(to)) {
        values.add("<member>%s</member>".formatted(point.value()));
        timestamps.add("<member>%s</member>".formatted(point.at()));
      }
    }
    return """
        <GetMetricDataResponse xmlns="%s"><GetMetricDataResult><MetricDataResults><member>\
        <Id>%s</Id><Label>%s</Label><StatusCode>Complete</StatusCode><Timestamps>%s</Timestamps>\
        <Values>%s</Values></member></MetricDataResults></GetMetricDataResult>\
        <ResponseMetadata><RequestId>stub-request</RequestId></ResponseMetadata>\
        </GetMetricDataResponse>"""
        .formatted(
            XMLNS,
            Requests.one(query, "MetricDataQueries.member.1.Id").orElse(""),
            metric,
            String.join("", timestamps),
            String.join("", values));
  }
}
