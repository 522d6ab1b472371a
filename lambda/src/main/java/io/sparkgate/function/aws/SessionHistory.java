package io.sparkgate.function.aws;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.emrserverless.model.GetSessionRequest;
import software.amazon.awssdk.services.emrserverless.model.ListSessionsRequest;
import software.amazon.awssdk.services.emrserverless.model.ListSessionsResponse;
import software.amazon.awssdk.services.emrserverless.model.Session;

/** The sessions of the service in all states, those that are over for a while included. */
public final class SessionHistory extends Listing<ListedWork, Work> {

  private final EmrServerlessClient client;
  private final Calls calls;
  private final Instant createdAfter;

  /**
   * The list.
   *
   * @param createdAfter how far it goes back
   */
  public SessionHistory(EmrServerlessClient client, Calls calls, Instant createdAfter) {
    super("ListSessions");
    this.client = client;
    this.calls = calls;
    this.createdAfter = createdAfter;
  }

  @Override
  public Page<ListedWork> page(String application, @Nullable String token)
      throws ServiceCallException {
    ListSessionsRequest.Builder request =
        ListSessionsRequest.builder()
            .applicationId(application)
            .createdAtAfter(createdAfter)
            .maxResults(Pages.SIZE)
            .nextToken(token);
    ListSessionsResponse response =
        calls.make(
            list(), limit -> client.listSessions(request.overrideConfiguration(limit).build()));
    return page(
        response.sessions(),
        summary -> new ListedWork(Sessions.listed(summary), summary.updatedAt()),
        summary -> "session " + (summary == null ? null : summary.sessionId()),
        response.nextToken());
  }

  @Override
  Work read(ListedWork one) throws ServiceCallException {
    GetSessionRequest.Builder request =
        GetSessionRequest.builder().applicationId(one.listed().applicationId()).sessionId(one.id());
    return calls.make(
        "GetSession",
        limit -> work(client.getSession(request.overrideConfiguration(limit).build()).session()));
  }

  private static Work work(Session session) {
    return new Work(
        Sessions.session(session),
        session.startedAt(),
        session.endedAt(),
        session.updatedAt(),
        session.stateDetails(),
        Billed.of(session.billedResourceUtilization()));
  }
}
