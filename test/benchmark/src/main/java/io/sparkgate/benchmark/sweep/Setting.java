package io.sparkgate.benchmark.sweep;

import io.sparkgate.benchmark.service.EmrServerlessFake;
import io.sparkgate.benchmark.service.Fleet;
import io.sparkgate.benchmark.service.Operation;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What is swept.
 *
 * @param sessions of each application
 * @param due how many of those are past the limit
 * @param limits of the service
 */
record Setting(int applications, int sessions, int due, Limits limits) {

  /** Of each call. */
  static final Duration LATENCY = Duration.ofMillis(20);

  /** Of five sessions that are idle, four are too young to be due where most are young. */
  private static final double YOUNG = 0.8;

  Fleet fleet(boolean mostlyYoung) {
    Fleet fleet = Fleet.of(applications, sessions, due);
    return mostlyYoung ? fleet.withYoung(young()) : fleet;
  }

  private int young() {
    return (int) (sessions * YOUNG);
  }

  /** A service with that fleet. */
  EmrServerlessFake start(boolean mostlyYoung) {
    EmrServerlessFake service = EmrServerlessFake.start(fleet(mostlyYoung));
    service.latency(LATENCY);
    limits.rates().forEach(service::rate);
    service.reset();
    return service;
  }

  /** The ids of the applications, as {@link Fleet} gives them. */
  List<String> ids() {
    return IntStream.rangeClosed(1, applications).mapToObj("00app%04d"::formatted).toList();
  }

  /** The calls of a plain loop: it lists each application, and looks at each session once. */
  Map<Operation, Integer> plainCalls() {
    return Map.of(
        Operation.LIST_SESSIONS, applications,
        Operation.GET_SESSION, applications * sessions,
        Operation.TERMINATE_SESSION, applications * due);
  }

  Map<Operation, Integer> callsWithSecondLook() {
    Map<Operation, Integer> calls = new EnumMap<>(plainCalls());
    calls.merge(Operation.GET_SESSION, applications * due, Integer::sum);
    return calls;
  }

  int calls() {
    return plainCalls().values().stream().mapToInt(Integer::intValue).sum();
  }

  String size() {
    return String.format(Locale.ROOT, "%,d x %d", applications, sessions);
  }
}
