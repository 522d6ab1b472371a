package io.sparkgate.naive;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.emrserverless.model.ApplicationSummary;
import software.amazon.awssdk.services.emrserverless.model.Session;
import software.amazon.awssdk.services.emrserverless.model.SessionState;
import software.amazon.awssdk.services.emrserverless.model.SessionSummary;

/** The function: one sweep over all applications for each event. */
public final class NaiveReaper implements RequestHandler<ScheduledEvent, Map<String, Integer>> {

  private static final Logger LOG = LogManager.getLogger(NaiveReaper.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final EmrServerlessClient client = EmrServerlessClient.create();
  private final Settings settings;

  /** The way in for Lambda. */
  public NaiveReaper() throws JsonProcessingException {
    settings = JSON.readValue(System.getenv("REAPER"), Settings.class);
  }

  @Override
  public Map<String, Integer> handleRequest(ScheduledEvent event, Context context) {
    LOG.info("Sweep for the event {} of {}", event.getId(), event.getTime());
    int scanned = 0;
    int terminated = 0;
    for (ApplicationSummary application :
        client.listApplicationsPaginator(request -> {}).applications()) {
      for (SessionSummary session :
          client
              .listSessionsPaginator(request -> request.applicationId(application.id()))
              .sessions()) {
        scanned++;
        terminated += sweep(session) ? 1 : 0;
      }
    }
    return Map.of("scanned", scanned, "terminated", terminated);
  }

  private boolean sweep(SessionSummary summary) {
    if (summary.state() != SessionState.IDLE) {
      return false;
    }
    Session session =
        client
            .getSession(
                request ->
                    request.applicationId(summary.applicationId()).sessionId(summary.sessionId()))
            .session();
    boolean due =
        session.state() == SessionState.IDLE
            && session.idleSince() != null
            && Duration.between(session.idleSince(), Instant.now())
                    .compareTo(Duration.ofMinutes(settings.idleMinutes()))
                >= 0;
    if (due) {
      client.terminateSession(
          request -> request.applicationId(session.applicationId()).sessionId(session.sessionId()));
    }
    log(session, due);
    return due;
  }

  private static void log(Session session, boolean due) {
    try {
      LOG.info(
          JSON.writeValueAsString(
              Map.of(
                  "session", session.sessionId(),
                  "createdBy", session.createdBy(),
                  "outcome", due ? "terminated" : "kept")));
    } catch (JsonProcessingException e) {
      LOG.warn("Cannot be logged", e);
    }
  }
}
