package io.sparkgate.day;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkgate.sandbox.metrics.Line;
import io.sparkgate.sandbox.metrics.MetricStore;
import io.sparkgate.sandbox.metrics.WidgetLines;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The state of an alarm at a moment, by its last whole periods: as documented, without the few
 * periods more that CloudWatch looks back where some are missing.
 */
record AlarmState(MetricStore store, Instant now) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** OK, ALARM or INSUFFICIENT_DATA. */
  String of(JsonNode alarm) {
    ArrayNode rows = JSON.createArrayNode();
    Duration period = Duration.ofSeconds(alarm.path("Period").asLong(300));
    if (alarm.has("MetricName")) {
      row(alarm, period, alarm.path("Statistic"), alarm.path("ExtendedStatistic"), rows);
    }
    for (JsonNode query : alarm.path("Metrics")) {
      ObjectNode options;
      JsonNode stat = query.path("MetricStat");
      if (stat.isObject()) {
        period = Duration.ofSeconds(stat.path("Period").asLong());
        JsonNode none = JSON.missingNode();
        options = row(stat.path("Metric"), period, stat.path("Stat"), none, rows);
      } else {
        options = rows.addArray().addObject().put("expression", query.path("Expression").asText());
      }
      options.put("id", query.path("Id").asText());
      options.put("visible", query.path("ReturnData").asBoolean(true));
    }
    return state(alarm, values(rows, period, alarm), alarm.path("EvaluationPeriods").asInt());
  }

  private List<Boolean> values(ArrayNode rows, Duration period, JsonNode alarm) {
    int periods = alarm.path("EvaluationPeriods").asInt();
    long seconds = period.toSeconds();
    Instant to = Instant.ofEpochSecond(now.getEpochSecond() / seconds * seconds);
    Instant from = to.minus(period.multipliedBy(periods));
    ObjectNode properties = JSON.createObjectNode().put("period", seconds);
    properties.set("metrics", rows);
    List<Line> lines = new WidgetLines(store, from, to, DayStack.QUOTA).of(properties);
    List<Boolean> breaching = new ArrayList<>();
    lines.stream()
        .flatMap(line -> line.values().values().stream())
        .forEach(value -> breaching.add(breaches(alarm, value)));
    return breaching;
  }

  private static String state(JsonNode alarm, List<Boolean> values, int periods) {
    int needed = alarm.path("DatapointsToAlarm").asInt(periods);
    long bad = values.stream().filter(each -> each).count();
    long missing = periods - values.size();
    String treated = alarm.path("TreatMissingData").asText("missing");
    if (treated.equals("missing") && values.isEmpty()) {
      return "INSUFFICIENT_DATA";
    }
    bad += treated.equals("breaching") ? missing : 0;
    return bad >= needed ? "ALARM" : "OK";
  }

  private static boolean breaches(JsonNode alarm, double value) {
    double threshold = alarm.path("Threshold").asDouble();
    return switch (alarm.path("ComparisonOperator").asText()) {
      case "GreaterThanThreshold" -> value > threshold;
      case "GreaterThanOrEqualToThreshold" -> value >= threshold;
      case "LessThanThreshold" -> value < threshold;
      case "LessThanOrEqualToThreshold" -> value <= threshold;
      default -> throw new IllegalArgumentException(alarm.path("ComparisonOperator").asText());
    };
  }

  private static ObjectNode row(
      JsonNode metric, Duration period, JsonNode statistic, JsonNode percentile, ArrayNode rows) {
    ArrayNode row = rows.addArray();
    row.add(metric.path("Namespace").asText()).add(metric.path("MetricName").asText());
    for (JsonNode dimension : metric.path("Dimensions")) {
      row.add(dimension.path("Name").asText()).add(dimension.path("Value").asText());
    }
    String stat = statistic.isTextual() ? statistic.asText() : percentile.asText();
    return row.addObject().put("stat", stat).put("period", period.toSeconds());
  }
}
