package io.sparkgate.function.stub;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is to happen to some calls instead of, or before, their ordinary answer. */
public final class Injection {

  private final AtomicInteger left;
  private final Predicate<Call> which;
  private volatile @Nullable Fault fault;
  private volatile @Nullable Gate gate;
  private volatile @Nullable Runnable event;
  private volatile Map<String, Object> fields = Map.of();

  Injection(int times, Predicate<Call> which) {
    this.left = new AtomicInteger(times);
    this.which = which;
  }

  /** Answers them with the fault. */
  public void fail(Fault fault) {
    this.fault = fault;
  }

  /** Puts the field into their ordinary answers, in place of what they say there. */
  public void answering(String field, Object value) {
    this.fields = Map.of(field, value);
  }

  /** Lets something happen right before each. */
  public void follow(Runnable event) {
    this.event = event;
  }

  /** Holds their answers back until the gate is opened. */
  public Gate hold() {
    Gate gate = new Gate();
    this.gate = gate;
    return gate;
  }

  /** Lets all further calls pass. */
  public void lift() {
    left.set(0);
  }

  /** Whether this is for the call; if so, one is used up. */
  boolean takes(Call call) {
    return which.test(call) && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }

  /** What the answer is to say instead. */
  Map<String, Object> perform() throws Refused, InterruptedException {
    if (event != null) {
      event.run();
    }
    if (gate != null) {
      gate.pass();
    }
    if (fault != null) {
      throw new Refused(fault);
    }
    return fields;
  }
}
