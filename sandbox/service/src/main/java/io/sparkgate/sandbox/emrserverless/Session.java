package io.sparkgate.sandbox.emrserverless;

import io.sparkgate.sandbox.emrserverless.Drivers.Driver;
import io.sparkgate.sandbox.emrserverless.ResourceUse.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A session: its state and its moments. Guarded by its {@link Estate}. */
final class Session extends Work {

  private static final int LONGEST_DETAILS = 1024;

  private final Holding holding = new Holding();

  private SessionState state = SessionState.SUBMITTED;
  private String stateDetails = "Session is submitted.";
  private Instant updatedAt;
  private @Nullable Instant idleSince;
  private @Nullable Driver driver;
  private @Nullable Place place;

  /** Where its driver is to be found. */
  record Place(int grpcPort, String sparkUi) {}

  /**
   * A session that was asked for.
   *
   * @param call of StartSession
   * @param number its place in the order of creation
   */
  Session(Call call, long number, Map<String, String> tags) {
    super(call, number, tags);
    this.updatedAt = createdAt();
  }

  /**
   * Moves it on.
   *
   * @param details what the service tells of it
   * @return whether the event meant anything in the state it was in
   */
  boolean apply(SessionEvent event, Instant now, String details) {
    Optional<SessionState> next = state.after(event);
    if (next.isEmpty()) {
      return false;
    }
    state = next.get();
    stateDetails = States.details(details, LONGEST_DETAILS);
    updatedAt = now;
    idleSince = null;
    if (state == SessionState.STARTED) {
      holding.start(now);
    }
    if (state.over()) {
      holding.end(now);
    }
    return true;
  }

  /** Corrects when it became idle, which is earlier than when that was heard of. */
  void idleSince(Instant since) {
    if (state == SessionState.IDLE) {
      idleSince = holding.startedAt().filter(since::isBefore).orElse(since);
    }
  }

  void drivenBy(Driver theDriver) {
    driver = theDriver;
  }

  void at(Place thePlace) {
    place = thePlace;
  }

  /** Zero means never, which is assumed: the service does not say. */
  Duration idleTimeout() {
    return Duration.ofMinutes(request().path("idleTimeoutMinutes").asLong(60));
  }

  @Override
  SessionState state() {
    return state;
  }

  String stateDetails() {
    return stateDetails;
  }

  Instant updatedAt() {
    return updatedAt;
  }

  /** Present while it is idle only. */
  Optional<Instant> idleSince() {
    return Optional.ofNullable(idleSince);
  }

  Optional<Driver> driver() {
    return Optional.ofNullable(driver);
  }

  /** Present while clients can reach it only. */
  Optional<Place> place() {
    return state.up() ? Optional.ofNullable(place) : Optional.empty();
  }

  /** What it has of its application's capacity, and when its driver ran. */
  Holding holding() {
    return holding;
  }

  @Override
  List<Stretch> stretches() {
    return holding.stretch().stream().toList();
  }
}
