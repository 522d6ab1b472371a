package io.sparkgate.sandbox.metrics;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is made of the values of a period. Percentiles lie between the values beside them, which is
 * assumed; CloudWatch's are near to it.
 */
record Statistic(String name, double percentile) {

  private static final Pattern PERCENTILE = Pattern.compile("p([0-9]{1,2}(\\.[0-9]+)?|100)");

  private static final List<String> NAMED =
      List.of("Sum", "Average", "Minimum", "Maximum", "SampleCount");

  static Statistic of(String name) {
    Matcher percentile = PERCENTILE.matcher(name);
    if (percentile.matches()) {
      return new Statistic(name, Double.parseDouble(percentile.group(1)));
    }
    if (!NAMED.contains(name)) {
      throw new IllegalArgumentException(
          "The sandbox does not know the statistic %s; it knows %s and p0 to p100"
              .formatted(name, String.join(", ", NAMED)));
    }
    return new Statistic(name, -1);
  }

  /** Of at least one value. */
  double of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int last = sorted.length - 1;
    return switch (name) {
      case "SampleCount" -> sorted.length;
      case "Sum" -> sum(sorted);
      case "Average" -> sum(sorted) / sorted.length;
      case "Minimum" -> sorted[0];
      case "Maximum" -> sorted[last];
      default -> {
        double place = percentile / 100 * last;
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        yield sorted[below] + (sorted[above] - sorted[below]) * (place - below);
      }
    };
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
