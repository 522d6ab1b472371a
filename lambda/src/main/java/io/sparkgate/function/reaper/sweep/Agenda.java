package io.sparkgate.function.reaper.sweep;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one sweep leaves for the next: which applications come first, because they were not finished
 * with, and which need no look yet. It is a memory only: without it, as after a cold start, the
 * next sweep looks at everything and terminates the same.
 */
final class Agenda {

  private final Map<String, Forecast> forecasts = new ConcurrentHashMap<>();
  private List<String> unfinished = List.of();

  /** Of these applications those in which something can be due, in the order of their turn. */
  List<String> turn(Collection<String> applications, Instant now) {
    Set<String> order = new LinkedHashSet<>(unfinished);
    order.addAll(applications);
    return order.stream().filter(id -> !forecast(id).next().isAfter(now)).toList();
  }

  Forecast forecast(String application) {
    return forecasts.getOrDefault(application, Forecast.NONE);
  }

  void remember(String application, Forecast forecast) {
    forecasts.put(application, forecast);
  }

  /** These come first the next time. */
  void unfinished(List<String> applications) {
    unfinished = List.copyOf(applications);
  }
}
