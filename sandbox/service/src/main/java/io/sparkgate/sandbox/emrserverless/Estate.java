package io.sparkgate.sandbox.emrserverless;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All that exists. It is also the one monitor of the control plane: whoever reads or changes
 * applications and sessions holds it.
 */
final class Estate {

  private final Map<String, Application> applications = new LinkedHashMap<>();
  private long number;

  /** The next place in the order of creation. */
  long nextNumber() {
    return ++number;
  }

  void add(Application application) {
    if (applications.putIfAbsent(application.id(), application) != null) {
      throw Fault.conflict("Application " + application.id() + " exists already.");
    }
  }

  Collection<Application> applications() {
    return applications.values();
  }

  Application application(String id) {
    return find(id).orElseThrow(() -> Fault.notFound("Application", id));
  }

  Session session(String applicationId, String sessionId) {
    return application(applicationId)
        .session(sessionId)
        .orElseThrow(() -> Fault.notFound("Session", sessionId));
  }

  JobRun jobRun(String applicationId, String jobRunId) {
    return application(applicationId)
        .jobRun(jobRunId)
        .orElseThrow(() -> Fault.notFound("Job run", jobRunId));
  }

  /**
   * The tags of a session or a job run, or of an application when there is no such id; may be
   * changed.
   */
  Map<String, String> tags(String applicationId, String workId) {
    return workId.isEmpty()
        ? application(applicationId).tags()
        : application(applicationId)
            .tagsOf(workId)
            .orElseThrow(() -> Fault.notFound("Session or job run", workId));
  }

  /** The same for authorization, to which nothing but the tags tells whether a thing exists. */
  Map<String, String> tagsIfAny(String applicationId, String workId) {
    Optional<Map<String, String>> tags =
        workId.isEmpty()
            ? find(applicationId).map(Application::tags)
            : find(applicationId).flatMap(app -> app.tagsOf(workId));
    return tags.map(Map::copyOf).orElse(Map.of());
  }

  private Optional<Application> find(String id) {
    return Optional.ofNullable(applications.get(id));
  }
}
