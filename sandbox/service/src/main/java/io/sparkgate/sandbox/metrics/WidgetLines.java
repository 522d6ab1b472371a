package io.sparkgate.sandbox.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a widget of a dashboard shows, by the metrics in its properties.
 *
 * @param quota what SERVICE_QUOTA says of the account's vCPU; a new account has 16
 */
public record WidgetLines(MetricStore store, Instant from, Instant to, double quota) {

  /** Where the account's quota of vCPU was never raised. */
  public static final double QUOTA = 16;

  private static final long SECONDS = 300;

  /** A row of the widget's metrics. */
  private record Row(List<String> names, JsonNode options, String id) {
    boolean shown() {
      return options.path("visible").asBoolean(true);
    }

    String expression() {
      return options.path("expression").asText();
    }
  }

  /**
   * The lines that are visible, those without data too; SEARCH gives as many as it finds.
   *
   * @param properties of the widget
   * @throws IllegalArgumentException if the sandbox does not understand it
   */
  public List<Line> of(JsonNode properties) {
    return lines(properties, true);
  }

  /** The same without what FILL adds: where nothing was emitted, there is nothing. */
  public List<Line> emitted(JsonNode properties) {
    return lines(properties, false);
  }

  private List<Line> lines(JsonNode properties, boolean fills) {
    List<Row> rows = rows(properties.path("metrics"));
    Map<String, List<Line>> named = new HashMap<>();
    List<String> plain = new ArrayList<>();
    for (Row row : rows) {
      if (row.expression().isEmpty()) {
        named.put(row.id(), List.of(metric(row, properties)));
        plain.add(row.id());
      }
    }
    boolean more = true;
    while (more) {
      more = false;
      for (Row row : rows) {
        if (!named.containsKey(row.id()) && ready(row, rows, named)) {
          named.put(row.id(), expression(row, properties, named, plain, fills));
          more = true;
        }
      }
    }
    List<Line> shown = new ArrayList<>();
    for (Row row : rows) {
      if (row.shown()) {
        shown.addAll(named.getOrDefault(row.id(), List.of(new Line(row.id(), new TreeMap<>()))));
      }
    }
    return shown;
  }

  /** Expressions may name each other, in any order. */
  private static boolean ready(Row row, List<Row> rows, Map<String, List<Line>> named) {
    return rows.stream()
        .filter(other -> row.expression().matches(".*\\b" + other.id() + "\\b.*"))
        .allMatch(other -> named.containsKey(other.id()));
  }

  private Line metric(Row row, JsonNode properties) {
    Map<String, String> dimensions = new HashMap<>();
    for (int i = 2; i + 1 < row.names().size(); i += 2) {
      dimensions.put(row.names().get(i), row.names().get(i + 1));
    }
    MetricId id = new MetricId(row.names().get(0), row.names().get(1), dimensions);
    String statistic = row.options().path("stat").asText(properties.path("stat").asText("Average"));
    return new Line(
        label(row, id.name()), store.query(id, statistic, period(row, properties), from, to));
  }

  private List<Line> expression(
      Row row,
      JsonNode properties,
      Map<String, List<Line>> named,
      List<String> plain,
      boolean fills) {
    MetricMath math =
        new MetricMath(store, named, plain, from, to, period(row, properties), quota, fills);
    List<Line> lines = math.evaluate(row.expression());
    String label = row.options().path("label").asText();
    if (lines.isEmpty()) {
      return List.of(new Line(label(row, row.id()), new TreeMap<>()));
    }
    if (lines.size() == 1 && !label.isEmpty()) {
      return List.of(lines.get(0).labelled(label));
    }
    return lines.stream()
        .map(line -> line.labelled((label + " " + line.label()).strip()))
        .map(line -> line.label().isEmpty() ? line.labelled(row.id()) : line)
        .toList();
  }

  private static Duration period(Row row, JsonNode properties) {
    return Duration.ofSeconds(
        row.options().path("period").asLong(properties.path("period").asLong(SECONDS)));
  }

  private static String label(Row row, String otherwise) {
    return row.options().path("label").asText(otherwise);
  }

  /** With what a row takes over from the one before it, a dot for each, three for all between. */
  private static List<Row> rows(JsonNode metrics) {
    List<Row> rows = new ArrayList<>();
    List<String> before = List.of();
    for (JsonNode metric : metrics) {
      List<String> names = new ArrayList<>();
      JsonNode options = metric.path(metric.size() - 1);
      int given = options.isObject() ? metric.size() - 1 : metric.size();
      for (int i = 0; i < given; i++) {
        String name = metric.get(i).asText();
        if (name.equals("...")) {
          names.addAll(before.subList(names.size(), before.size() - (given - 1 - i)));
        } else {
          names.add(name.equals(".") ? before.get(names.size()) : name);
        }
      }
      if (!names.isEmpty()) {
        before = names;
      }
      rows.add(new Row(names, options, options.path("id").asText("row" + rows.size())));
    }
    return rows;
  }
}
