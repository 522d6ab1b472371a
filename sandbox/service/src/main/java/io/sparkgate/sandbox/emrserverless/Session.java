package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.emrserverless.Drivers.Driver;
import io.sparkgate.sandbox.emrserverless.ResourceUse.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A session: what was asked for, its state and its moments. Guarded by its {@link Estate}. */
final class Session {

  private static final int LONGEST_DETAILS = 1024;

  private final String id;
  private final String applicationId;
  private final long number;
  private final JsonNode request;
  private final String createdBy;
  private final Instant createdAt;
  private final Map<String, String> tags;

  private SessionState state = SessionState.SUBMITTED;
  private String stateDetails = "Session is submitted.";
  private Instant updatedAt;
  private @Nullable Instant startedAt;
  private @Nullable Instant endedAt;
  private @Nullable Instant idleSince;
  private @Nullable Driver driver;
  private @Nullable Place place;
  private @Nullable Capacity capacity;
  private boolean warm;

  /** Where its driver is to be found. */
  record Place(int grpcPort, String sparkUi) {}

  /**
   * A session that was asked for.
   *
   * @param number its place in the order of creation
   * @param request of StartSession
   */
  Session(
      String id,
      String applicationId,
      long number,
      JsonNode request,
      Map<String, String> tags,
      String createdBy,
      Instant now) {
    this.id = id;
    this.applicationId = applicationId;
    this.number = number;
    this.request = request;
    this.tags = new LinkedHashMap<>(tags);
    this.createdBy = createdBy;
    this.createdAt = now;
    this.updatedAt = now;
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
    stateDetails = fit(details);
    updatedAt = now;
    idleSince = null;
    if (state == SessionState.STARTED) {
      startedAt = now;
    }
    if (state.over()) {
      endedAt = now;
    }
    return true;
  }

  /** What the model allows: never blank, and not too long. */
  private static String fit(String details) {
    String text = details.isBlank() ? "No details." : details;
    return text.substring(0, Math.min(text.length(), LONGEST_DETAILS));
  }

  /** Corrects when it became idle, which is earlier than when that was heard of. */
  void idleSince(Instant since) {
    if (state == SessionState.IDLE) {
      idleSince = startedAt != null && since.isBefore(startedAt) ? startedAt : since;
    }
  }

  void drivenBy(Driver theDriver) {
    driver = theDriver;
  }

  void at(Place thePlace) {
    place = thePlace;
  }

  /** Keeps capacity for as long as it lives. */
  void hold(Capacity theCapacity, boolean onWarmDriver) {
    capacity = theCapacity;
    warm = onWarmDriver;
  }

  String id() {
    return id;
  }

  String applicationId() {
    return applicationId;
  }

  long number() {
    return number;
  }

  JsonNode request() {
    return request;
  }

  String createdBy() {
    return createdBy;
  }

  Instant createdAt() {
    return createdAt;
  }

  Map<String, String> tags() {
    return tags;
  }

  /** Empty when it has none. */
  String name() {
    return request.path("name").asText("");
  }

  /** Zero means never, which is assumed: the service does not say. */
  Duration idleTimeout() {
    return Duration.ofMinutes(request.path("idleTimeoutMinutes").asLong(60));
  }

  String executionRoleArn() {
    return request.path("executionRoleArn").asText();
  }

  SessionState state() {
    return state;
  }

  String stateDetails() {
    return stateDetails;
  }

  Instant updatedAt() {
    return updatedAt;
  }

  Optional<Instant> startedAt() {
    return Optional.ofNullable(startedAt);
  }

  Optional<Instant> endedAt() {
    return Optional.ofNullable(endedAt);
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

  Footprint held() {
    return capacity().map(Capacity::held).orElse(Footprint.NONE);
  }

  /** What it was given, once it was. */
  Optional<Capacity> capacity() {
    return Optional.ofNullable(capacity);
  }

  /** For how long its workers were there; none while it starts, which is assumed. */
  List<Stretch> stretches() {
    return capacity != null && startedAt != null
        ? List.of(new Stretch(capacity, startedAt, endedAt()))
        : List.of();
  }

  /** Whether its driver is a pre-initialized one. */
  boolean warm() {
    return warm;
  }
}
