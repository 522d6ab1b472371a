package io.sparkgate.benchmark.sweep.client;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClientBuilder;
import software.amazon.awssdk.services.emrserverless.model.ListSessionsResponse;
import software.amazon.awssdk.services.emrserverless.model.Session;
import software.amazon.awssdk.services.emrserverless.model.SessionState;
import software.amazon.awssdk.services.emrserverless.model.SessionSummary;

/**
 * The sweep as one writes it with the SDK for Java: a plain loop, or one task for each list and
 * each session. Leaves the retries to the SDK, and goes on where a call fails for all of them.
 */
public final class SdkClient {

  private final EmrServerlessClient client;
  private final Executor executor;
  private final Duration limit;
  private final AtomicInteger failedLists = new AtomicInteger();
  private final AtomicInteger failedSessions = new AtomicInteger();

  private SdkClient(EmrServerlessClient client, Executor executor, Duration limit) {
    this.client = client;
    this.executor = executor;
    this.limit = limit;
  }

  /**
   * Sweeps the applications of the environment variable {@code APPLICATIONS}, separated by commas,
   * with the limit in {@code IDLE_MINUTES}.
   *
   * @param args the retry mode, and the number of threads; with one, nothing runs in a thread of
   *     its own
   */
  public static void main(String... args) throws IOException {
    List<String> applications = List.of(System.getenv("APPLICATIONS").split(","));
    Duration limit = Duration.ofMinutes(Long.parseLong(System.getenv("IDLE_MINUTES")));
    int threads = Integer.parseInt(args[1]);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (EmrServerlessClient client = client(RetryMode.valueOf(args[0]))) {
      SdkClient sweeper = new SdkClient(client, threads == 1 ? Runnable::run : pool, limit);
      sweeper.prime(applications.get(0));
      Turn.take(() -> sweeper.sweep(applications));
    } finally {
      pool.shutdown();
    }
  }

  private static EmrServerlessClient client(RetryMode mode) {
    EmrServerlessClientBuilder builder =
        EmrServerlessClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
    return builder.overrideConfiguration(override -> override.retryStrategy(mode)).build();
  }

  /** The two calls that the function makes while it starts, so that all are as warm as it is. */
  private void prime(String application) {
    get(list(application).get(0));
  }

  private Turn.Failed sweep(List<String> applications) {
    all(applications.stream(), this::application).join();
    return new Turn.Failed(failedLists.get(), failedSessions.get());
  }

  private CompletableFuture<Void> application(String id) {
    return CompletableFuture.supplyAsync(() -> tryList(id), executor)
        .thenCompose(sessions -> all(sessions.stream(), this::session));
  }

  private CompletableFuture<Void> session(SessionSummary session) {
    return session.state() == SessionState.IDLE
        ? CompletableFuture.runAsync(() -> tryLook(session), executor)
        : CompletableFuture.completedFuture(null);
  }

  private List<SessionSummary> tryList(String application) {
    try {
      return list(application);
    } catch (SdkException e) {
      failedLists.incrementAndGet();
      return List.of();
    }
  }

  private void tryLook(SessionSummary session) {
    try {
      look(session);
    } catch (SdkException e) {
      failedSessions.incrementAndGet();
    }
  }

  private List<SessionSummary> list(String application) {
    List<SessionSummary> sessions = new ArrayList<>();
    String token = null;
    do {
      String next = token;
      ListSessionsResponse page =
          client.listSessions(request -> request.applicationId(application).nextToken(next));
      sessions.addAll(page.sessions());
      token = page.nextToken();
    } while (token != null);
    return sessions;
  }

  private Session get(SessionSummary session) {
    return client
        .getSession(
            request ->
                request.applicationId(session.applicationId()).sessionId(session.sessionId()))
        .session();
  }

  private void look(SessionSummary listed) {
    Session session = get(listed);
    if (session.state() == SessionState.IDLE
        && session.idleSince() != null
        && !session.idleSince().isAfter(Instant.now().minus(limit))) {
      client.terminateSession(
          request -> request.applicationId(session.applicationId()).sessionId(session.sessionId()));
    }
  }

  private static <T> CompletableFuture<Void> all(
      Stream<T> items, Function<T, CompletableFuture<Void>> task) {
    return CompletableFuture.allOf(items.map(task).toArray(CompletableFuture[]::new));
  }
}
