package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** StartSession: what has to be true before a session exists. */
final class StartSession {

  private static final int MOST_SESSIONS = 25;
  private static final Pattern RELEASE = Pattern.compile("emr-(\\d{1,4})\\.(\\d{1,4})\\..*");

  private final Estate estate;
  private final Arns arns;
  private final ApplicationRunner applications;
  private final SessionRunner sessions;
  private final Idempotency idempotency = new Idempotency();

  StartSession(Estate estate, Arns arns, ApplicationRunner applications, SessionRunner sessions) {
    this.estate = estate;
    this.arns = arns;
    this.applications = applications;
    this.sessions = sessions;
  }

  JsonNode answer(Call call) {
    Application application = estate.application(call.text("applicationId"));
    return idempotency.once(call, () -> start(application, call));
  }

  private JsonNode start(Application application, Call call) {
    JsonNode settings = application.settings();
    requireSessions(application);
    SparkConf conf = SparkConf.of(settings, call.input());
    Map<String, String> tags = Tags.merge(Map.of(), Tags.in(call.input()));
    requireRoom(application);
    applications.requireStarted(application, call.present().now(), "Started by a session.");
    Session session = new Session(call, estate.nextNumber(), tags);
    application.add(session);
    sessions.launch(session, conf);
    return JsonNodeFactory.instance
        .objectNode()
        .put("applicationId", application.id())
        .put("sessionId", session.id())
        .put("arn", arns.session(application.id(), session.id()));
  }

  private static void requireSessions(Application application) {
    JsonNode settings = application.settings();
    String type = settings.path("type").asText();
    if (!type.equalsIgnoreCase("SPARK")) {
      throw refused(application, "its type is %s; sessions need SPARK".formatted(type));
    }
    String release = settings.path("releaseLabel").asText();
    if (!hasSessions(release)) {
      throw refused(
          application,
          "its release label is %s; sessions need emr-7.13.0 or later".formatted(release));
    }
    if (!settings.path("interactiveConfiguration").path("sessionEnabled").asBoolean()) {
      throw refused(
          application,
          "its interactiveConfiguration.sessionEnabled is not true; stop it and update it");
    }
  }

  private static Fault refused(Application application, String why) {
    return Fault.validation(
        "Application %s cannot run sessions: %s.".formatted(application.id(), why));
  }

  /** Compared as numbers: as texts, 7.9 would come after 7.13. */
  private static boolean hasSessions(String release) {
    Matcher parts = RELEASE.matcher(release);
    if (!parts.matches()) {
      return false;
    }
    int major = Integer.parseInt(parts.group(1));
    int minor = Integer.parseInt(parts.group(2));
    return major > 7 || major == 7 && minor >= 13;
  }

  private static void requireRoom(Application application) {
    if (application.liveSessions().size() >= MOST_SESSIONS) {
      throw new Fault(
          Fault.Kind.SERVICE_QUOTA_EXCEEDED,
          "Application %s has %d active sessions, which is its limit."
              .formatted(application.id(), MOST_SESSIONS));
    }
  }
}
