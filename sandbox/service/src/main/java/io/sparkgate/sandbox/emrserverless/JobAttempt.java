package io.sparkgate.sandbox.emrserverless;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One try of a job run: its state and its moments. Guarded by its {@link Estate}. */
final class JobAttempt {

  /** Long enough for a client to see it cancelling. */
  private static final Duration CANCELLING = Duration.ofSeconds(1);

  private static final int LONGEST_DETAILS = 256;

  private final int number;
  private final Instant createdAt;
  private final Holding holding = new Holding();

  private JobRunState state = JobRunState.SUBMITTED;
  private String stateDetails = "Job run is submitted.";
  private Instant updatedAt;
  private JobDrivers.@Nullable Driver driver;
  private @Nullable String sparkUi;

  /**
   * One that was asked for.
   *
   * @param number from 1
   */
  JobAttempt(int number, Instant now) {
    this.number = number;
    this.createdAt = now;
    this.updatedAt = now;
  }

  /**
   * Moves it on.
   *
   * @param details what the service tells of it
   */
  void become(JobRunState next, Instant now, String details) {
    state = next;
    stateDetails = States.details(details, LONGEST_DETAILS);
    updatedAt = now;
    if (state == JobRunState.RUNNING) {
      holding.start(now);
    }
    if (state.over()) {
      holding.end(now);
    }
  }

  /** Whether it is cancelled now: its driver has ended, and clients had a moment to see it end. */
  boolean cancelledBy(Instant now) {
    return state == JobRunState.CANCELLING
        && (holding.released() || driver == null)
        && !now.isBefore(updatedAt.plus(CANCELLING));
  }

  void drivenBy(JobDrivers.Driver theDriver) {
    driver = theDriver;
  }

  /** Others may have its capacity, whatever state it is in. */
  void driverEnded() {
    holding.release();
  }

  void shows(String url) {
    sparkUi = url;
  }

  int number() {
    return number;
  }

  Instant createdAt() {
    return createdAt;
  }

  JobRunState state() {
    return state;
  }

  String stateDetails() {
    return stateDetails;
  }

  Instant updatedAt() {
    return updatedAt;
  }

  Optional<JobDrivers.Driver> driver() {
    return Optional.ofNullable(driver);
  }

  /** Present while its driver runs only. */
  Optional<String> sparkUi() {
    return state == JobRunState.RUNNING ? Optional.ofNullable(sparkUi) : Optional.empty();
  }

  /** What it has of its application's capacity, and when its driver ran. */
  Holding holding() {
    return holding;
  }
}
