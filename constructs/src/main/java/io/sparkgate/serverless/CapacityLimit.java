package io.sparkgate.serverless;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Known;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The most that all workers of the application may have together: the maximum capacity of the
 * application, and the one bound on cost that no session can lift. Keep it in proportion to a
 * worker, or one dimension runs out while the other is stranded.
 *
 * <p>It also says what it is for, so that checks can tell whether that will do: {@link #forSessions
 * so many sessions} of an account {@link #withinQuota with such a quota}.
 */
public final class CapacityLimit {

  private final @Nullable Capacity most;
  private final int sessions;
  private final int quota;

  private CapacityLimit(@Nullable Capacity most, int sessions, int quota) {
    this.most = most;
    this.sessions = sessions;
    this.quota = quota;
  }

  /**
   * The limit of an application that is given none: 16 vCPU, 64 GB of memory and 320 GB of disk,
   * for one session, in an account that may use 16 vCPU.
   *
   * @return the limit
   */
  public static CapacityLimit standard() {
    // One default session fits, the vCPUs are the account's default quota, and sixteen workers of
    // one vCPU still have their 20 GB disks.
    return of(16, 64, 320);
  }

  /**
   * A limit.
   *
   * @param vcpu the vCPUs, at least 1
   * @param memoryGb the memory in GB, at least 1
   * @param diskGb the disks in GB, at least 1; every worker has at least 20
   * @return the limit
   * @throws IllegalArgumentException if a number is not positive
   */
  public static CapacityLimit of(int vcpu, int memoryGb, int diskGb) {
    Capacity most =
        new Capacity(
            Known.number("CapacityLimit: vcpu", vcpu),
            Known.number("CapacityLimit: memoryGb", memoryGb),
            Known.number("CapacityLimit: diskGb", diskGb));
    if (vcpu < 1 || memoryGb < 1 || diskGb < 1) {
      throw new IllegalArgumentException(
          "CapacityLimit: %s is not a limit; use at least 1 of each".formatted(most));
    }
    return to(most);
  }

  /**
   * The limit at which a number of equal workers runs, drivers among them.
   *
   * @param count how many, at least 1
   * @param size the size of each
   * @return the limit
   * @throws IllegalArgumentException if the count is not positive
   */
  public static CapacityLimit ofWorkers(int count, WorkerSize size) {
    requireNonNull(size, "size");
    if (Known.number("CapacityLimit: count", count) < 1) {
      throw new IllegalArgumentException("CapacityLimit: " + count + " workers; use at least 1");
    }
    return to(Capacity.of(count, size));
  }

  /**
   * No limit, so that only the quota of the account ends what sessions take.
   *
   * @return no limit
   */
  public static CapacityLimit none() {
    return to(null);
  }

  /**
   * Says how many sessions shall run at a time; only checks use it. Default: 1.
   *
   * @param sessions at least 1
   * @return the limit with this promise
   * @throws IllegalArgumentException if the number is not positive
   */
  public CapacityLimit forSessions(int sessions) {
    return new CapacityLimit(most, positive("forSessions", sessions), quota);
  }

  /**
   * Says how many vCPUs the account may use on EMR Serverless in this Region; only checks use it.
   * Default: 16, the quota of a new account.
   *
   * @param vcpu at least 1
   * @return the limit with this promise
   * @throws IllegalArgumentException if the number is not positive
   */
  public CapacityLimit withinQuota(int vcpu) {
    return new CapacityLimit(most, sessions, positive("withinQuota", vcpu));
  }

  /** Empty for none. */
  Optional<Capacity> most() {
    return Optional.ofNullable(most);
  }

  int sessions() {
    return sessions;
  }

  int quota() {
    return quota;
  }

  private static CapacityLimit to(@Nullable Capacity most) {
    return new CapacityLimit(most, 1, 16);
  }

  private static int positive(String promise, int number) {
    if (Known.number("CapacityLimit: " + promise, number) < 1) {
      throw new IllegalArgumentException(
          "CapacityLimit: %s is %d; use at least 1".formatted(promise, number));
    }
    return number;
  }
}
