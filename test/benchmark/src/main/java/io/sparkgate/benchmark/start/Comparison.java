package io.sparkgate.benchmark.start;

import io.sparkgate.benchmark.Rounds;
import io.sparkgate.benchmark.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/** The medians of all rounds: a row for each variant, and one for ours by each of the others. */
final class Comparison {

  private static final String NOT_MEASURED = "-";

  private Comparison() {}

  /**
   * Makes the table.
   *
   * @param results of each round, ours first
   */
  static Table table(String title, Map<Variant, List<Map<Figure, Double>>> results) {
    Table table =
        new Table(
            title, row("", figure -> figure.column()).map(String::valueOf).toArray(String[]::new));
    results.forEach(
        (variant, rounds) ->
            table.row(row(variant.name(), figure -> show(figure, rounds)).toArray()));
    List<Variant> variants = List.copyOf(results.keySet());
    List<Map<Figure, Double>> ours = results.getOrDefault(variants.get(0), List.of());
    for (Variant other : variants.subList(1, variants.size())) {
      List<Map<Figure, Double>> theirs = results.getOrDefault(other, List.of());
      String name = variants.get(0).name() + " / " + other.name();
      table.row(row(name, figure -> ratio(figure, ours, theirs)).toArray());
    }
    return table;
  }

  private static Stream<Object> row(String first, Function<Figure, String> cell) {
    return Stream.concat(Stream.of(first), Arrays.stream(Figure.values()).map(cell));
  }

  private static String show(Figure figure, List<Map<Figure, Double>> rounds) {
    OptionalDouble median = median(figure, rounds);
    return median.isPresent() ? figure.show(median.getAsDouble()) : NOT_MEASURED;
  }

  private static String ratio(
      Figure figure, List<Map<Figure, Double>> ours, List<Map<Figure, Double>> theirs) {
    OptionalDouble one = median(figure, ours);
    OptionalDouble other = median(figure, theirs);
    return one.isPresent() && other.isPresent()
        ? "%.2f".formatted(one.getAsDouble() / other.getAsDouble())
        : NOT_MEASURED;
  }

  private static OptionalDouble median(Figure figure, List<Map<Figure, Double>> rounds) {
    List<Double> values =
        rounds.stream().flatMap(round -> Stream.ofNullable(round.get(figure))).toList();
    return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Rounds.median(values));
  }
}
