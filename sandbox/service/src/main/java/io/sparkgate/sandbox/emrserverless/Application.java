package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** An application: what was asked for, and its state. Guarded by its {@link Estate}. */
final class Application {

  private final String id;
  private final String arn;
  private final long number;
  private final Instant createdAt;
  private final ObjectNode settings;
  private final Map<String, String> tags;
  private final Map<String, Session> sessions = new LinkedHashMap<>();
  private final Map<String, JobRun> jobRuns = new LinkedHashMap<>();

  private ApplicationState state = ApplicationState.CREATING;
  private Instant updatedAt;
  private Instant quietSince;

  /**
   * An application that is being created.
   *
   * @param number its place in the order of creation
   * @param settings the members of CreateApplication, without token and tags
   */
  Application(
      String id,
      String arn,
      long number,
      ObjectNode settings,
      Map<String, String> tags,
      Instant now) {
    this.id = id;
    this.arn = arn;
    this.number = number;
    this.settings = settings;
    this.tags = new LinkedHashMap<>(tags);
    this.createdAt = now;
    this.updatedAt = now;
    this.quietSince = now;
    fillDefaults();
  }

  String id() {
    return id;
  }

  String arn() {
    return arn;
  }

  long number() {
    return number;
  }

  Instant createdAt() {
    return createdAt;
  }

  Instant updatedAt() {
    return updatedAt;
  }

  ApplicationState state() {
    return state;
  }

  JsonNode settings() {
    return settings;
  }

  Map<String, String> tags() {
    return tags;
  }

  /** Empty when it has none. */
  String name() {
    return settings.path("name").asText("");
  }

  Collection<Session> sessions() {
    return sessions.values();
  }

  Collection<Session> liveSessions() {
    return sessions.values().stream().filter(session -> !session.state().over()).toList();
  }

  Optional<Session> session(String sessionId) {
    return Optional.ofNullable(sessions.get(sessionId));
  }

  void add(Session session) {
    sessions.put(session.id(), session);
  }

  Collection<JobRun> jobRuns() {
    return jobRuns.values();
  }

  /** Those that are being cancelled are in the way of a stop, too. */
  Collection<JobRun> liveJobRuns() {
    return jobRuns.values().stream().filter(run -> !run.state().over()).toList();
  }

  /** What sessions and job runs take of its capacity. */
  Footprint held() {
    return holdings().map(Holding::held).reduce(Footprint.NONE, Footprint::plus);
  }

  /** How many of its pre-initialized drivers are in use. */
  long warmDriversTaken() {
    return holdings().filter(Holding::warm).count();
  }

  private Stream<Holding> holdings() {
    return Stream.concat(
        liveSessions().stream().map(Session::holding),
        liveJobRuns().stream().map(run -> run.current().holding()));
  }

  Optional<JobRun> jobRun(String jobRunId) {
    return Optional.ofNullable(jobRuns.get(jobRunId));
  }

  void add(JobRun run) {
    jobRuns.put(run.id(), run);
  }

  /** The tags of a session or a job run; may be changed. */
  Optional<Map<String, String>> tagsOf(String workId) {
    return session(workId).map(Session::tags).or(() -> jobRun(workId).map(JobRun::tags));
  }

  boolean startsByWork() {
    return settings.path("autoStartConfiguration").path("enabled").asBoolean();
  }

  /** Whether it has been without work for as long as it may. */
  boolean dueToStop(Instant now) {
    JsonNode autoStop = settings.path("autoStopConfiguration");
    Duration limit = Duration.ofMinutes(autoStop.path("idleTimeoutMinutes").asLong());
    return state == ApplicationState.STARTED
        && autoStop.path("enabled").asBoolean()
        && liveSessions().isEmpty()
        && liveJobRuns().isEmpty()
        && !now.isBefore(quietSince.plus(limit));
  }

  /** Starts its time without work. */
  void quiet(Instant now) {
    quietSince = now;
  }

  void become(ApplicationState next, Instant now) {
    state = next;
    updatedAt = now;
    quietSince = now;
  }

  /** Replaces each setting that is given, as a whole. */
  void update(ObjectNode changes, Instant now) {
    settings.setAll(changes);
    fillDefaults();
    updatedAt = now;
  }

  private void fillDefaults() {
    settings.putIfAbsent("architecture", settings.textNode("X86_64"));
    settings
        .withObject("/autoStartConfiguration")
        .putIfAbsent("enabled", settings.booleanNode(true));
    ObjectNode autoStop = settings.withObject("/autoStopConfiguration");
    autoStop.putIfAbsent("enabled", settings.booleanNode(true));
    autoStop.putIfAbsent("idleTimeoutMinutes", settings.numberNode(15));
  }
}
