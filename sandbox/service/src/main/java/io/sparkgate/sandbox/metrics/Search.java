package io.sparkgate.sandbox.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What SEARCH finds: {@code {namespace,dimension,…} MetricName="x" Dimension="y"}, by exact values.
 */
final class Search {

  private static final Pattern WHOLE = Pattern.compile("\\s*\\{([^}]*)}(.*)", Pattern.DOTALL);
  private static final Pattern TERM =
      Pattern.compile("\\s*(\\w+)\\s*=\\s*\"([^\"]*)\"(\\s+AND\\b)?");

  private Search() {}

  /** A line for each metric that is found, under what tells them apart. */
  static List<Line> find(
      String text, String statistic, Duration period, MetricStore store, Instant from, Instant to) {
    Matcher whole = WHOLE.matcher(text);
    if (!whole.matches()) {
      throw problem(text);
    }
    String[] schema = whole.group(1).split(",");
    Set<String> dimensions = new HashSet<>();
    for (int i = 1; i < schema.length; i++) {
      dimensions.add(schema[i].strip());
    }
    Map<String, String> wanted = new HashMap<>();
    Matcher terms = TERM.matcher(whole.group(2));
    int end = 0;
    while (terms.find() && terms.start() == end) {
      wanted.put(terms.group(1), terms.group(2));
      end = terms.end();
    }
    if (!whole.group(2).substring(end).isBlank()) {
      throw problem(text);
    }
    String name = wanted.remove("MetricName");
    List<MetricId> found =
        store.metrics().stream()
            .filter(metric -> metric.namespace().equals(schema[0].strip()))
            .filter(metric -> metric.dimensions().keySet().equals(dimensions))
            .filter(metric -> name == null || metric.name().equals(name))
            .filter(metric -> metric.dimensions().entrySet().containsAll(wanted.entrySet()))
            .sorted(Comparator.comparing(MetricId::toString))
            .toList();
    List<Line> lines = new ArrayList<>();
    for (MetricId metric : found) {
      var values = store.query(metric, statistic, period, from, to);
      if (!values.isEmpty()) {
        lines.add(new Line(label(metric, found), values));
      }
    }
    return lines;
  }

  private static String label(MetricId metric, List<MetricId> all) {
    List<String> differing = new ArrayList<>();
    for (String dimension : new TreeSet<>(metric.dimensions().keySet())) {
      String own = metric.dimensions().getOrDefault(dimension, "");
      if (all.stream().anyMatch(other -> !own.equals(other.dimensions().get(dimension)))) {
        differing.add(own);
      }
    }
    // One alone is told by what is most its own.
    String owner = metric.dimensions().get("Owner");
    return !differing.isEmpty()
        ? String.join(" ", differing)
        : owner != null ? owner : metric.name();
  }

  private static IllegalArgumentException problem(String text) {
    return new IllegalArgumentException(
        "The sandbox does not understand SEARCH('%s'); it knows {namespace,dimension,…} and Name=\"value\""
            .formatted(text));
  }
}
