package io.sparkgate.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

/** The only dashboard of a stack, as CloudWatch reads it; what is not known yet is named. */
record Shown(JsonNode body) {

  private static final Pattern SEARCH =
      Pattern.compile(
          "SEARCH\\('\\{([^,}]+),([^}]+)\\} (MetricName=\"(\\w+)\"[^']*)', '(\\w+)', \\d+\\)");

  /** A metric by name and by the names of its dimensions, in order. */
  record Named(String namespace, String metric, Set<String> dimensions) {}

  static Shown of(Stack stack) {
    var found = Template.fromStack(stack).findResources("AWS::CloudWatch::Dashboard").values();
    if (found.size() != 1) {
      throw new AssertionError(found);
    }
    Map<?, ?> properties = (Map<?, ?>) found.iterator().next().get("Properties");
    try {
      return new Shown(new ObjectMapper().readTree(text(properties.get("DashboardBody"))));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(Object value) {
    if (value instanceof Map<?, ?> intrinsic) {
      Object argument = intrinsic.values().iterator().next();
      return argument instanceof List<?> list && list.get(1) instanceof List<?> parts
          ? String.join("", parts.stream().map(Shown::text).toList())
          : String.valueOf(argument).replaceAll("[^\\w:]", "");
    }
    return String.valueOf(value);
  }

  List<String> titles() {
    List<String> titles = new ArrayList<>();
    body.get("widgets")
        .forEach(
            widget -> {
              if (widget.at("/properties").has("title")) {
                titles.add(widget.at("/properties/title").asText());
              }
            });
    return titles;
  }

  /** How wide the widgets of each row are together, by how far down it is. */
  Map<Integer, Integer> widths() {
    Map<Integer, Integer> widths = new TreeMap<>();
    body.get("widgets")
        .forEach(
            widget ->
                widths.merge(widget.get("y").asInt(), widget.get("width").asInt(), Integer::sum));
    return widths;
  }

  String markdown() {
    return body.at("/widgets/0/properties/markdown").asText();
  }

  JsonNode widget(String title) {
    for (JsonNode widget : body.get("widgets")) {
      if (widget.at("/properties/title").asText().equals(title)) {
        return widget;
      }
    }
    throw new AssertionError(title + " is none of " + titles());
  }

  List<String> expressions() {
    return rows().stream()
        .filter(row -> row.size() == 1 && row.get(0).has("expression"))
        .map(row -> row.get(0).get("expression").asText())
        .toList();
  }

  /** Every metric, named or searched for. */
  List<Named> metrics() {
    List<Named> metrics = new ArrayList<>();
    for (JsonNode row : rows()) {
      if (row.get(0).isTextual()) {
        Set<String> dimensions = new TreeSet<>();
        for (int i = 2; i + 1 < row.size() && row.get(i).isTextual(); i += 2) {
          dimensions.add(row.get(i).asText());
        }
        metrics.add(new Named(row.get(0).asText(), row.get(1).asText(), dimensions));
      }
    }
    for (String expression : expressions()) {
      Matcher search = SEARCH.matcher(expression);
      if (search.find()) {
        metrics.add(
            new Named(
                search.group(1),
                search.group(4),
                new TreeSet<>(List.of(search.group(2).split(",")))));
      }
    }
    return metrics;
  }

  /**
   * Each widget by its title, and each line of it: label, statistic and seconds of a metric or of
   * math, below which stands what that is made of.
   */
  String lines() {
    StringBuilder lines = new StringBuilder();
    for (JsonNode widget : body.get("widgets")) {
      if (widget.at("/properties").has("title")) {
        lines.append(widget.at("/properties/title").asText()).append('\n');
        widget.at("/properties/metrics").forEach(row -> lines.append(line(row)).append('\n'));
      }
    }
    return lines.toString();
  }

  private static String line(JsonNode row) {
    JsonNode options = row.get(row.size() - 1);
    String metric =
        row.get(0).isTextual() ? row.get(1).asText() : options.get("expression").asText();
    boolean isOf = !options.path("visible").asBoolean(true);
    String drawn = options.path("stat").asText("Average") + " " + options.path("period").asInt(300);
    return isOf
        ? "    of %s, %s".formatted(metric, drawn)
        : "  %s: %s, %s".formatted(options.path("label").asText("by owner"), metric, drawn);
  }

  private List<JsonNode> rows() {
    List<JsonNode> rows = new ArrayList<>();
    body.get("widgets").forEach(widget -> widget.at("/properties/metrics").forEach(rows::add));
    return rows;
  }
}
