package io.sparkgate.benchmark.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmrServerlessFakeTest {

  private static final String LIST = "/applications/00app0002/sessions";
  private static final String SESSION = LIST + "/00app0002s001g0";

  private EmrServerlessFake service =
      EmrServerlessFake.start(Fleet.of(60, 5, 2).withBusy(1).withYoung(1));
  private HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void listsApplicationsPageByPage() throws Exception {
    String first = get("/applications?states=STARTED").body();
    assertThat(found("id", first)).hasSize(50).startsWith("00app0001");
    String second = get("/applications?nextToken=" + found("nextToken", first).get(0)).body();
    assertThat(found("id", second)).hasSize(10).endsWith("00app0060");
    assertThat(second).doesNotContain("nextToken");
    assertThat(found("id", get("/applications?states=STOPPED").body())).isEmpty();
  }

  @Test
  void listsSessionsAsAskedFor() throws Exception {
    assertThat(found("sessionId", get(LIST).body())).hasSize(5);
    assertThat(found("state", get(LIST + "?states=BUSY&states=FAILED").body()))
        .containsExactly("BUSY");
    Instant before = Instant.now().minus(Duration.ofMinutes(30));
    assertThat(found("sessionId", get(LIST + "?createdAtBefore=" + before).body())).hasSize(4);
    assertThat(found("sessionId", get(LIST + "?createdAtAfter=" + before).body())).hasSize(1);
    String page = get(LIST + "?maxResults=3").body();
    String rest = get(LIST + "?nextToken=" + found("nextToken", page).get(0)).body();
    assertThat(found("sessionId", page + rest)).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void tellsOnlyOfOneSessionSinceWhenItIdles() throws Exception {
    assertThat(get(LIST).body()).doesNotContain("idleSince");
    long idle = 0;
    for (String id : found("sessionId", get(LIST).body())) {
      idle += get(LIST + "/" + id).body().contains("idleSince") ? 1 : 0;
    }
    assertThat(idle).isEqualTo(4);
  }

  @Test
  void terminatesASessionUntilItIsReset() throws Exception {
    assertThat(service.due()).hasSize(120);
    send("DELETE", SESSION);
    assertThat(get(SESSION).body()).contains("TERMINATED", "endedAt");
    assertThat(service.terminated()).isEqualTo(Set.of("00app0002s001g0"));
    assertThat(service.count(Operation.TERMINATE_SESSION)).isEqualTo(new Count(1, 0));
    assertThat(service.count()).isEqualTo(new Count(2, 0));
    service.reset();
    assertThat(service.terminated()).isEmpty();
    assertThat(service.count()).isEqualTo(Count.ZERO);
  }

  @Test
  void refusesWhatIsBeyondTheRateOfAnOperation() throws Exception {
    service.rate(Operation.GET_SESSION, new Rate(0.001, 2));
    service.reset();
    get(SESSION);
    get(SESSION);
    HttpResponse<String> third = get(SESSION);
    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.headers().firstValue("x-amzn-ErrorType")).contains("ThrottlingException");
    assertThat(get(LIST).statusCode()).isEqualTo(200);
    assertThat(service.count(Operation.GET_SESSION)).isEqualTo(new Count(3, 1));
  }

  @Test
  void refusesWhatItsModelDoesNotAllow() throws Exception {
    assertThat(get(LIST + "?maxResults=51").body()).contains("maxResults is 51");
    assertThat(get(LIST + "?states=ASLEEP").statusCode()).isEqualTo(400);
    assertThat(get(LIST + "?createdAtBefore=yesterday").statusCode()).isEqualTo(400);
    assertThat(get(LIST + "/00app0002s006g0").statusCode()).isEqualTo(404);
    assertThat(get("/jobs").statusCode()).isEqualTo(404);
    HttpRequest unsigned = HttpRequest.newBuilder(service.uri().resolve(LIST)).build();
    assertThat(client.send(unsigned, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
  }

  @Test
  void takesItsTimeForManyCallsAtOnce() throws Exception {
    service.latency(Duration.ofMillis(100));
    long start = System.nanoTime();
    List.of(request("GET", LIST), request("GET", SESSION), request("GET", SESSION)).stream()
        .map(request -> client.sendAsync(request, BodyHandlers.ofString()))
        .toList()
        .forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(100));
  }

  @Test
  void speaksTlsWithACertificateThatItsRootsVouchFor(@TempDir Path directory) throws Exception {
    Certificates certificates = Certificates.create(directory);
    service.close();
    service = EmrServerlessFake.start(Fleet.of(2, 5, 2), certificates);
    client = HttpClient.newBuilder().sslContext(trusting(certificates)).build();
    HttpResponse<String> answer = get(SESSION);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
    assertThat(answer.sslSession().orElseThrow().getPeerCertificates()).hasSize(2);
    service.disconnect();
    assertThat(get(SESSION).statusCode()).isEqualTo(200);
    assertThat(Files.readString(certificates.bundle())).contains("-----BEGIN CERTIFICATE-----");
  }

  private static SSLContext trusting(Certificates certificates)
      throws GeneralSecurityException, IOException {
    KeyStore roots = KeyStore.getInstance("JKS");
    try (InputStream file = Files.newInputStream(certificates.trustStore())) {
      roots.load(file, null);
    }
    assertThat(roots.size()).isGreaterThan(100);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(roots);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send("GET", path);
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    return client.send(request(method, path), BodyHandlers.ofString());
  }

  private HttpRequest request(String method, String path) {
    return HttpRequest.newBuilder(URI.create(service.uri() + path))
        .method(method, HttpRequest.BodyPublishers.noBody())
        .header("Authorization", "AWS4-HMAC-SHA256 Credential=test")
        .build();
  }

  /** The values of all fields of that name. */
  private static List<String> found(String field, String json) {
    return Pattern.compile("\"" + field + "\":\"([^\"]*)\"")
        .matcher(json)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }
}
