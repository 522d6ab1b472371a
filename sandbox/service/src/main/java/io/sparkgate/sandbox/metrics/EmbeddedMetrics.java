package io.sparkgate.sandbox.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads metrics out of the lines that functions print, in CloudWatch's embedded metric format. */
public final class EmbeddedMetrics {

  private static final ObjectMapper JSON = new ObjectMapper();

  private EmbeddedMetrics() {}

  /**
   * Puts the metrics of a line, if it has any, into a store.
   *
   * @param at when the values were; empty for the time that the line gives
   */
  public static void read(String line, Optional<Instant> at, MetricStore store) {
    if (!line.contains("\"_aws\"")) {
      return;
    }
    JsonNode record;
    try {
      record = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return; // CloudWatch makes nothing of it either.
    }
    Instant time = at.orElseGet(() -> Instant.ofEpochMilli(record.at("/_aws/Timestamp").asLong()));
    for (JsonNode directive : record.at("/_aws/CloudWatchMetrics")) {
      for (JsonNode metric : directive.path("Metrics")) {
        JsonNode value = record.path(metric.path("Name").asText());
        for (JsonNode names : directive.path("Dimensions")) {
          Map<String, String> dimensions = new TreeMap<>();
          names.forEach(name -> dimensions.put(name.asText(), record.path(name.asText()).asText()));
          store.put(
              new MetricId(
                  directive.path("Namespace").asText(), metric.path("Name").asText(), dimensions),
              time,
              values(value));
        }
      }
    }
  }

  private static double[] values(JsonNode value) {
    if (value.isArray()) {
      double[] values = new double[value.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = value.get(i).asDouble();
      }
      return values;
    }
    return value.isNumber() ? new double[] {value.asDouble()} : new double[0];
  }
}
