package io.sparkgate.sandbox.metrics;

import static io.sparkgate.sandbox.http.Neighbour.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WidgetLinesTest {

  private static final Instant START = Instant.parse("2026-11-27T08:00:00Z");

  private final MetricStore store = new MetricStore();

  private void put(String name, int minute, double... values) {
    store.put(
        new MetricId("Sparkgate", name, Map.of("ApplicationId", "00app")),
        START.plus(Duration.ofMinutes(minute)),
        values);
  }

  private List<Line> lines(String metrics) {
    return new WidgetLines(store, START, START.plus(Duration.ofMinutes(20)), WidgetLines.QUOTA)
        .of(json("{'period': 300, 'metrics': [" + metrics + "]}"));
  }

  private static final String LIVE = "['Sparkgate', 'Live', 'ApplicationId', '00app', ";

  @ParameterizedTest
  @CsvSource({
    "Sum, 10.0",
    "Average, 2.5",
    "Minimum, 1.0",
    "Maximum, 4.0",
    "SampleCount, 4.0",
    "p50, 2.5",
    "p90, 3.7",
    "p100, 4.0"
  })
  void makesAStatisticOfAPeriod(String statistic, double expected) {
    put("Live", 1, 1, 4);
    put("Live", 4, 2, 3);
    assertThat(lines(LIVE + "{'stat': '%s'}]".formatted(statistic)))
        .singleElement()
        .satisfies(
            line -> assertThat(line.values().get(START)).isCloseTo(expected, Offset.offset(1e-9)));
  }

  @Test
  void refusesAStatisticThatThereIsNot() {
    put("Live", 1, 1);
    assertThatThrownBy(() -> lines(LIVE + "{'stat': 'Median'}]"))
        .hasMessageStartingWith("The sandbox does not know the statistic Median; it knows Sum,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "m1 + m2 * 2                 | [8.0]",
        "(m1 + m2) * 2               | [12.0]",
        "-m1 + 10                    | [6.0, 9.0]",
        "100 * m1 / SERVICE_QUOTA(m1)| [25.0, 6.25]",
        "IF(m1 > 3, m1, 0)           | [4.0, 0.0]",
        "FILL(m2, 0)                 | [2.0, 0.0, 0.0, 0.0]",
        "FILL(m2, REPEAT)            | [2.0, 2.0, 2.0, 2.0]",
        "SUM(METRICS())              | [6.0, 1.0]",
        "MAX([m1, m2])               | [4.0, 1.0]",
        "AVG([m1, m2])               | [3.0, 1.0]",
        "MIN([m1, m2])               | [2.0, 1.0]"
      })
  void reckonsMetricMath(String expression, String expected) {
    put("Live", 1, 4);
    put("Live", 6, 1);
    put("Idle", 2, 2);
    assertThat(
            lines(
                LIVE
                    + "{'id': 'm1', 'visible': false}],"
                    + " ['.', 'Idle', '.', '.', {'id': 'm2', 'visible': false}],"
                    + " [{'expression': '%s', 'label': 'made'}]".formatted(expression.strip())))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.label()).isEqualTo("made");
              assertThat(line.values().values().toString()).isEqualTo(expected.strip());
            });
  }

  @Test
  void findsALineForEachOwner() {
    for (String owner : List.of("alice", "bob")) {
      store.put(
          new MetricId(
              "Sparkgate", "OwnerSessions", Map.of("ApplicationId", "00app", "Owner", owner)),
          START,
          2);
    }
    put("OwnerSessions", 1, 7);
    // In JSON, with quotes of both kinds.
    String search =
        "SEARCH(\\u0027{Sparkgate,ApplicationId,Owner} MetricName=\\u0022OwnerSessions\\u0022"
            + " ApplicationId=\\u002200app\\u0022\\u0027, \\u0027Maximum\\u0027, 300)";
    assertThat(lines("[{'expression': '" + search + "'}]"))
        .extracting(Line::label)
        .containsExactly("alice", "bob");
  }

  @Test
  void hasALineWithoutValuesWhereThereIsNoData() {
    assertThat(lines(LIVE + "{'label': 'sessions'}]"))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.label()).isEqualTo("sessions");
              assertThat(line.values()).isEmpty();
            });
    assertThat(lines(LIVE + "{'id': 'm1'}], [{'expression': 'FILL(m1, 0)'}]").get(1).values())
        .as("a FILL of nothing shows zeros")
        .hasSize(4);
  }

  @Test
  void refusesMathThatItDoesNotKnow() {
    assertThatThrownBy(() -> lines("[{'expression': 'ANOMALY_DETECTION_BAND(m1)'}]"))
        .hasMessageContaining("does not know the function ANOMALY_DETECTION_BAND");
    assertThatThrownBy(() -> lines("[{'expression': '1 +'}]"))
        .hasMessageStartingWith("The sandbox does not understand the metric math 1 +; it knows");
  }

  @Test
  void readsMetricsOfAFunctionsLines() {
    EmbeddedMetrics.read(
        """
        {"_aws": {"Timestamp": %d, "CloudWatchMetrics": [{"Namespace": "Sparkgate",
          "Dimensions": [["ApplicationId"]],
          "Metrics": [{"Name": "ReadySeconds", "Unit": "Seconds"}, {"Name": "Live"}]}]},
         "ApplicationId": "00app", "ReadySeconds": [30, 40.5], "Live": 3}
        """
            .formatted(START.toEpochMilli()),
        Optional.empty(),
        store);
    EmbeddedMetrics.read("{\"_aws\" is not JSON", Optional.empty(), store);
    assertThat(
            lines("['Sparkgate', 'ReadySeconds', 'ApplicationId', '00app', {'stat': 'Sum'}]")
                .get(0)
                .values())
        .containsEntry(START, 70.5);
    assertThat(lines(LIVE + "{}]").get(0).values()).containsEntry(START, 3.0);
  }
}
