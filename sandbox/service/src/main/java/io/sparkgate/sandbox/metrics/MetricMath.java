package io.sparkgate.sandbox.metrics;

import io.sparkgate.sandbox.metrics.MathParser.Array;
import io.sparkgate.sandbox.metrics.MathParser.Binary;
import io.sparkgate.sandbox.metrics.MathParser.Constant;
import io.sparkgate.sandbox.metrics.MathParser.Function;
import io.sparkgate.sandbox.metrics.MathParser.Name;
import io.sparkgate.sandbox.metrics.MathParser.Node;
import io.sparkgate.sandbox.metrics.MathParser.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;

/**
 * Reckons expressions of metric math. A number is a line without an end: {@link #constant}.
 *
 * @param named the lines by their ids; an expression that found several has them all
 * @param metrics the ids of those that are no expressions, for METRICS()
 * @param quota what SERVICE_QUOTA says of the account's vCPU
 * @param fills whether FILL does so
 */
record MetricMath(
    MetricStore store,
    Map<String, List<Line>> named,
    List<String> metrics,
    Instant from,
    Instant to,
    Duration period,
    double quota,
    boolean fills) {

  List<Line> evaluate(String expression) {
    return lines(MathParser.parse(expression));
  }

  private List<Line> lines(Node node) {
    if (node instanceof Constant number) {
      return List.of(constant(number.value()));
    } else if (node instanceof Name name) {
      return named(name.id());
    } else if (node instanceof Binary binary) {
      return each(lines(binary.left()), lines(binary.right()), operator(binary.operator()));
    } else if (node instanceof Array array) {
      return array.elements().stream().flatMap(one -> lines(one).stream()).toList();
    } else if (node instanceof Function function) {
      return function(function);
    }
    throw new IllegalArgumentException("A text is no line: " + node);
  }

  private List<Line> named(String id) {
    List<Line> found = named.get(id);
    if (found == null) {
      throw new IllegalArgumentException(
          "Metric math names %s; there are %s".formatted(id, named.keySet()));
    }
    return found;
  }

  private List<Line> function(Function call) {
    List<Node> arguments = call.arguments();
    return switch (call.name()) {
      case "METRICS" -> metrics.stream().flatMap(id -> named(id).stream()).toList();
      case "SEARCH" ->
          Search.find(
              text(arguments.get(0)),
              text(arguments.get(1)),
              arguments.size() > 2 && arguments.get(2) instanceof Constant seconds
                  ? Duration.ofSeconds((long) seconds.value())
                  : period,
              store,
              from,
              to);
      case "FILL" -> lines(arguments.get(0)).stream().map(l -> fill(l, arguments.get(1))).toList();
      case "IF" -> condition(arguments);
      case "SUM" -> reduce(arguments, Double::sum, false);
      case "MAX" -> reduce(arguments, Math::max, false);
      case "MIN" -> reduce(arguments, Math::min, false);
      case "AVG" -> reduce(arguments, Double::sum, true);
      case "SERVICE_QUOTA" ->
          lines(arguments.get(0)).stream().map(line -> same(line, quota)).toList();
      default ->
          throw new IllegalArgumentException(
              "The sandbox does not know the function %s of metric math".formatted(call.name()));
    };
  }

  private List<Line> condition(List<Node> arguments) {
    List<Line> yes = lines(arguments.get(1));
    List<Line> no = arguments.size() > 2 ? lines(arguments.get(2)) : List.of();
    List<Line> result = new ArrayList<>();
    for (Line test : lines(arguments.get(0))) {
      NavigableMap<Instant, Double> values = new TreeMap<>();
      test.values()
          .forEach(
              (time, holds) -> {
                List<Line> chosen = holds != 0 ? yes : no;
                Double value = chosen.isEmpty() ? null : chosen.get(0).values().get(time);
                if (value != null) {
                  values.put(time, value);
                }
              });
      result.add(new Line("", values));
    }
    return result;
  }

  private Line fill(Line line, Node with) {
    if (!fills) {
      return line;
    }
    NavigableMap<Instant, Double> filled = new TreeMap<>();
    boolean repeat = with instanceof Name name && name.id().equals("REPEAT");
    Double before = null;
    for (Instant time : times(step(line))) {
      Double value = line.values().get(time);
      if (value == null) {
        value = repeat ? before : with instanceof Constant number ? number.value() : before;
      }
      if (value != null) {
        filled.put(time, value);
        before = value;
      }
    }
    return new Line(line.label(), filled);
  }

  /** A line that SEARCH found may have another period. */
  private Duration step(Line line) {
    boolean aligned =
        line.values().keySet().stream()
            .allMatch(time -> MetricStore.begin(time, period).equals(time));
    return aligned ? period : Duration.ofMinutes(1);
  }

  private List<Line> reduce(List<Node> arguments, DoubleBinaryOperator operator, boolean mean) {
    List<Line> lines = arguments.stream().flatMap(argument -> lines(argument).stream()).toList();
    NavigableMap<Instant, Double> result = new TreeMap<>();
    NavigableMap<Instant, Integer> counts = new TreeMap<>();
    for (Line line : lines) {
      line.values()
          .forEach(
              (time, value) -> {
                result.merge(time, value, operator::applyAsDouble);
                counts.merge(time, 1, Integer::sum);
              });
    }
    if (mean) {
      result.replaceAll((time, sum) -> sum / counts.getOrDefault(time, 1));
    }
    return List.of(new Line("", result));
  }

  /** One with each; a single one with each of the others. */
  private static List<Line> each(List<Line> left, List<Line> right, DoubleBinaryOperator operator) {
    if (left.size() == 1) {
      return right.stream()
          .map(line -> left.get(0).with(line, operator).labelled(line.label()))
          .toList();
    }
    if (right.size() != 1) {
      throw new IllegalArgumentException(
          "Metric math has %d lines on one side and %d on the other"
              .formatted(left.size(), right.size()));
    }
    return left.stream().map(line -> line.with(right.get(0), operator)).toList();
  }

  private static DoubleBinaryOperator operator(String sign) {
    return switch (sign) {
      case "+" -> Double::sum;
      case "-" -> (a, b) -> a - b;
      case "*" -> (a, b) -> a * b;
      case "/" -> (a, b) -> b == 0 ? 0 : a / b;
      case ">" -> (a, b) -> a > b ? 1 : 0;
      case "<" -> (a, b) -> a < b ? 1 : 0;
      case ">=" -> (a, b) -> a >= b ? 1 : 0;
      case "<=" -> (a, b) -> a <= b ? 1 : 0;
      case "==" -> (a, b) -> a == b ? 1 : 0;
      default -> (a, b) -> a != b ? 1 : 0;
    };
  }

  /** The number at each time at which anything may be. */
  private Line constant(double value) {
    NavigableMap<Instant, Double> values = new TreeMap<>();
    times(period).forEach(time -> values.put(time, value));
    return new Line("", values);
  }

  private List<Instant> times(Duration step) {
    List<Instant> times = new ArrayList<>();
    for (Instant time = MetricStore.begin(from, step); time.isBefore(to); time = time.plus(step)) {
      times.add(time);
    }
    return times;
  }

  private static Line same(Line line, double value) {
    NavigableMap<Instant, Double> values = new TreeMap<>(line.values());
    values.replaceAll((time, old) -> value);
    return new Line("quota", values);
  }

  private static String text(Node node) {
    if (node instanceof Text text) {
      return text.value();
    }
    throw new IllegalArgumentException("SEARCH takes texts in quotes, not " + node);
  }
}
