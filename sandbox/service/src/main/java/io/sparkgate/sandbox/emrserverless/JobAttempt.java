package io.sparkgate.sandbox.emrserverless;

import io.sparkgate.sandbox.emrserverless.ResourceUse.Stretch;
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

  private JobRunState state = JobRunState.SUBMITTED;
  private String stateDetails = "Job run is submitted.";
  private Instant updatedAt;
  private @Nullable Instant startedAt;
  private @Nullable Instant endedAt;
  private JobDrivers.@Nullable Driver driver;
  private @Nullable String sparkUi;
  private @Nullable Capacity capacity;
  private boolean warm;
  private boolean driverEnded;

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
    String text = details.isBlank() ? "No details." : details;
    stateDetails = text.substring(0, Math.min(text.length(), LONGEST_DETAILS));
    updatedAt = now;
    if (state == JobRunState.RUNNING) {
      startedAt = now;
    }
    if (state.over()) {
      endedAt = now;
    }
  }

  /** Whether it is cancelled now: its driver has ended, and clients had a moment to see it end. */
  boolean cancelledBy(Instant now) {
    return state == JobRunState.CANCELLING
        && (driverEnded || driver == null)
        && !now.isBefore(updatedAt.plus(CANCELLING));
  }

  void drivenBy(JobDrivers.Driver theDriver) {
    driver = theDriver;
  }

  void driverEnded() {
    driverEnded = true;
  }

  void shows(String url) {
    sparkUi = url;
  }

  /** Keeps capacity for as long as it lives. */
  void hold(Capacity theCapacity, boolean onWarmDriver) {
    capacity = theCapacity;
    warm = onWarmDriver;
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

  /** When its driver began to run. */
  Optional<Instant> startedAt() {
    return Optional.ofNullable(startedAt);
  }

  Optional<Instant> endedAt() {
    return Optional.ofNullable(endedAt);
  }

  Optional<JobDrivers.Driver> driver() {
    return Optional.ofNullable(driver);
  }

  /** Present while its driver runs only. */
  Optional<String> sparkUi() {
    return state == JobRunState.RUNNING ? Optional.ofNullable(sparkUi) : Optional.empty();
  }

  /** What it was given, once it was. */
  Optional<Capacity> capacity() {
    return Optional.ofNullable(capacity);
  }

  /** For how long its workers were there. */
  Optional<Stretch> stretch() {
    return capacity != null && startedAt != null
        ? Optional.of(new Stretch(capacity, startedAt, endedAt()))
        : Optional.empty();
  }

  /** How long its driver ran, begun seconds included. */
  long seconds(Instant now) {
    Instant start = startedAt().orElse(now);
    return ResourceUse.wholeSeconds(Duration.between(start, endedAt().orElse(now)));
  }

  /** What it takes of its application's capacity now. */
  Footprint held() {
    return released() ? Footprint.NONE : capacity().map(Capacity::held).orElse(Footprint.NONE);
  }

  /** Whether its driver is a pre-initialized one. */
  boolean warm() {
    return warm && !released();
  }

  private boolean released() {
    return state.over() || driverEnded;
  }
}
