package io.sparkgate.sandbox.spark;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.sparkproject.connect.grpc.Status;

/** When a message passed last in a call, and what its client hears where none did for too long. */
final class IdleWatch {
  private final Optional<Duration> limit;
  private final Runnable cut;
  private final LongSupplier nanos;

  // Guarded by this.
  private long last;
  private boolean answered;
  private boolean wasCut;
  private boolean over;

  IdleWatch(Optional<Duration> limit, Runnable cut, LongSupplier nanos) {
    this.limit = limit;
    this.cut = cut;
    this.nanos = nanos;
    this.last = nanos.getAsLong();
  }

  /** A message passed. */
  synchronized void passed() {
    last = nanos.getAsLong();
  }

  /** Something came back. */
  synchronized void answered() {
    answered = true;
    passed();
  }

  /**
   * Cuts the call if its time is over.
   *
   * @return in how many nanoseconds to look again; 0 for never
   */
  long look() {
    synchronized (this) {
      if (over || wasCut || limit.isEmpty()) {
        return 0;
      }
      long rest = last + limit.get().toNanos() - nanos.getAsLong();
      if (rest > 0) {
        return rest;
      }
      wasCut = true;
    }
    cut.run();
    return 0;
  }

  /** The call is over; what its client hears if it was cut. */
  synchronized Optional<Status> end() {
    over = true;
    if (!wasCut) {
      return Optional.empty();
    }
    // In the words in which gRPC's clients put an answer of HTTP, and a stream that is reset.
    return Optional.of(
        answered
            ? Status.INTERNAL.withDescription("Received RST_STREAM with error code 2")
            : Status.UNAVAILABLE.withDescription("Received http2 header with status: 504"));
  }
}
