package io.sparkgate.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The set of Python packages that a client of a release was seen to work with. The build copies it
 * from client/constraints, where a test of the client keeps it true.
 */
final class PipRequirements {

  private PipRequirements() {}

  static String of(String release, String spark) {
    return render(spark, constraints(release + ".txt"));
  }

  static String render(String spark, String constraints) {
    return Stream.concat(
            Stream.of("pyspark[connect]==" + spark),
            constraints
                .lines()
                .map(line -> line.replaceFirst("(^|\\s)#.*", "").strip())
                .filter(line -> !line.isEmpty() && !line.startsWith("pyspark==")))
        .map(PipRequirements::quoted)
        .collect(Collectors.joining(" "));
  }

  /** With double quotes, which every shell takes, also around a marker of another environment. */
  private static String quoted(String requirement) {
    return requirement.matches("[\\w.=+-]+")
        ? requirement
        : '"' + requirement.replace('"', '\'') + '"';
  }

  private static String constraints(String file) {
    try (InputStream constraints = PipRequirements.class.getResourceAsStream(file)) {
      return constraints == null ? "" : new String(constraints.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " could not be read from the constructs jar", e);
    }
  }
}
