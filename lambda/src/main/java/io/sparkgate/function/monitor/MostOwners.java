package io.sparkgate.function.monitor;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The owners of one application that have metrics of their own. Who has them keeps them for the
 * hour, as a metric is paid for by the hour: so that no more are paid for than are wanted.
 */
final class MostOwners {

  private final int most;
  private final Set<String> chosen = new LinkedHashSet<>();
  private @Nullable Instant hour;

  MostOwners(int most) {
    this.most = most;
  }

  /**
   * Chooses.
   *
   * @param order the most important first
   * @return the same, those that have their own first
   */
  List<String> order(List<String> order, Instant now) {
    Instant begun = now.truncatedTo(ChronoUnit.HOURS);
    if (!begun.equals(hour)) {
      hour = begun;
      chosen.clear();
    }
    for (String owner : order) {
      if (chosen.size() < most) {
        chosen.add(owner);
      }
    }
    return order.stream().sorted(Comparator.comparing(owner -> !chosen.contains(owner))).toList();
  }

  boolean has(String owner) {
    return chosen.contains(owner);
  }
}
