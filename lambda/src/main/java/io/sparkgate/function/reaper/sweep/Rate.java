package io.sparkgate.function.reaper.sweep;

import io.sparkgate.border.Configuration;
import io.sparkgate.function.ConfigObject;
import io.sparkgate.function.reaper.Subject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many requests a service takes: so many at once, and so many more each second.
 *
 * @param perSecond more than zero
 * @param burst one or more
 */
public record Rate(double perSecond, int burst) {

  private static final double MIN_PER_SECOND = 0.01;
  private static final int MAX_RATE = 10_000;

  /** Reads the rates of the operations on sessions, or on job runs. */
  static Map<Operation, Rate> read(ConfigObject config, Subject subject) {
    List<Operation> operations = Operation.on(subject);
    return readOf(
        config.object(Configuration.RATES, operations.stream().map(Operation::field).toList()),
        operations);
  }

  /** Reads those of these operations, each of which has to be given. */
  public static Map<Operation, Rate> readOf(ConfigObject given, List<Operation> operations) {
    Map<Operation, Rate> rates = new EnumMap<>(Operation.class);
    for (Operation operation : operations) {
      ConfigObject rate =
          given.object(operation.field(), List.of(Configuration.PER_SECOND, Configuration.BURST));
      rates.put(
          operation,
          new Rate(
              rate.number(Configuration.PER_SECOND, MIN_PER_SECOND, MAX_RATE),
              rate.whole(Configuration.BURST, 1, MAX_RATE)));
    }
    return rates;
  }
}
