package io.sparkgate.benchmark.service;

import io.sparkgate.benchmark.service.Session.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The operations on what is stored; for one thread. */
final class Api {

  private enum ApplicationState {
    CREATING,
    CREATED,
    STARTING,
    STARTED,
    STOPPING,
    STOPPED,
    TERMINATED
  }

  private final Store store;

  Api(Store store) {
    this.store = store;
  }

  byte[] listApplications(Query query) throws Refused {
    boolean asked = query.states(ApplicationState.class).contains(ApplicationState.STARTED);
    List<String> all = asked ? store.applications() : List.of();
    int from = Math.min(query.nextToken(), all.size());
    int to = Math.min(from + query.maxResults(), all.size());
    return Json.object(
        json -> {
          json.writeArrayFieldStart("applications");
          for (String id : all.subList(from, to)) {
            Json.application(json, id, store.start());
          }
          json.writeEndArray();
          if (to < all.size()) {
            json.writeStringField("nextToken", String.valueOf(to));
          }
        });
  }

  byte[] listSessions(String application, Query query) throws Refused {
    List<Session> all =
        store.sessions(application).orElseThrow(() -> Refused.notFound("The application"));
    Set<State> states = query.states(State.class);
    Instant after = query.time("createdAtAfter", Instant.MIN);
    Instant before = query.time("createdAtBefore", Instant.MAX);
    int max = query.maxResults();
    List<Session> page = new ArrayList<>();
    // The token counts all sessions, not those that match: a match may end between two pages.
    int next = query.nextToken();
    for (; next < all.size() && page.size() < max; next++) {
      Session session = all.get(next);
      if (states.contains(session.state())
          && session.createdAt().isAfter(after)
          && session.createdAt().isBefore(before)) {
        page.add(session);
      }
    }
    int to = next;
    return Json.object(
        json -> {
          json.writeArrayFieldStart("sessions");
          for (Session session : page) {
            Json.summary(json, session);
          }
          json.writeEndArray();
          if (to < all.size()) {
            json.writeStringField("nextToken", String.valueOf(to));
          }
        });
  }

  byte[] getSession(String application, String id) throws Refused {
    Session session = find(application, id);
    return Json.object(
        json -> {
          json.writeFieldName("session");
          Json.details(json, session);
        });
  }

  byte[] terminateSession(String application, String id) throws Refused {
    Session session = find(application, id);
    if (!session.isTerminated()) {
      store.put(session.terminated(Instant.now()));
    }
    return Json.object(
        json -> {
          json.writeStringField("applicationId", application);
          json.writeStringField("sessionId", id);
        });
  }

  private Session find(String application, String id) throws Refused {
    return store.session(application, id).orElseThrow(() -> Refused.notFound("The session"));
  }
}
