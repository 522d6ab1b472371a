package io.sparkgate.function.reaper.sweep;

import io.sparkgate.function.aws.ServiceCallException;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/** The buckets of the operations. They outlast a sweep, as those of the service do. */
public final class Pace {

  private final Map<Operation, TokenBucket> buckets = new EnumMap<>(Operation.class);

  public Pace(Map<Operation, Rate> rates, InstantSource clock) {
    rates.forEach((operation, rate) -> buckets.put(operation, new TokenBucket(rate, clock)));
  }

  public TokenBucket of(Operation operation) {
    return buckets.get(operation);
  }

  /**
   * Where the service takes no more now, the task is to run again, at the pace that it allows.
   *
   * @return whether it is
   */
  public boolean again(ServiceCallException e, PacedTasks.Lane lane, Runnable task) {
    if (e.kind() != ServiceCallException.Kind.THROTTLED) {
      return false;
    }
    of(Operation.named(e.operation())).rejected();
    lane.again(task);
    return true;
  }
}
