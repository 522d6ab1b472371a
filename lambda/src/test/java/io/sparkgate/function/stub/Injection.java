package io.sparkgate.function.stub;

import java.util.Optional;
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

  Injection(int times, Predicate<Call> which) {
    this.left = new AtomicInteger(times);
    this.which = which;
  }

  /** Answers them with the fault. */
  public void fail(Fault fault) {
    this.fault = fault;
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

  Optional<Fault> perform() throws InterruptedException {
    if (event != null) {
      event.run();
    }
    if (gate != null) {
      gate.pass();
    }
    return Optional.ofNullable(fault);
  }
}
