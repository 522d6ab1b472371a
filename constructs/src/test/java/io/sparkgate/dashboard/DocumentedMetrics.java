package io.sparkgate.dashboard;

import io.sparkgate.border.MonitorMetrics;
import io.sparkgate.border.SweepMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which metrics there are: AWS's own as documented, and ours by the names that functions write. */
final class DocumentedMetrics {

  private static final Set<String> OF_OWNERS =
      Set.of(MonitorMetrics.OWNER_SESSIONS, MonitorMetrics.OWNER_DOLLARS);

  private DocumentedMetrics() {}

  static Set<Shown.Named> ofAws() {
    Set<Shown.Named> all = new HashSet<>();
    try (var table = DocumentedMetrics.class.getResourceAsStream("documented-metrics.csv")) {
      for (String line : new String(table.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (!line.startsWith("#")) {
          String[] cells = line.split(";");
          all.add(new Shown.Named(cells[0], cells[1], new TreeSet<>(List.of(cells[2].split(",")))));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  static Set<Shown.Named> ours() {
    Set<Shown.Named> all = new HashSet<>();
    constants(SweepMetrics.class).forEach(name -> all.add(named(name, SweepMetrics.DIMENSION)));
    constants(MonitorMetrics.class)
        .forEach(
            name ->
                all.add(
                    name.equals(MonitorMetrics.FREE_ADDRESSES)
                        ? named(name, MonitorMetrics.SUBNET_ID)
                        : OF_OWNERS.contains(name)
                            ? named(name, MonitorMetrics.APPLICATION_ID, MonitorMetrics.OWNER)
                            : named(name, MonitorMetrics.APPLICATION_ID)));
    return all;
  }

  private static Shown.Named named(String name, String... dimensions) {
    return new Shown.Named(MonitorMetrics.NAMESPACE, name, new TreeSet<>(List.of(dimensions)));
  }

  private static Stream<String> constants(Class<?> border) {
    return Stream.of(border.getFields()).map(DocumentedMetrics::value);
  }

  private static String value(Field constant) {
    try {
      return (String) constant.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
