package io.sparkgate.sandbox.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sparkgate.sandbox.emrserverless.Drivers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark's own history server over what real drivers leave. */
class SessionHistoryTest {
  /** Not ours: what another test has left behind. */
  private final List<ProcessHandle> others = ProcessHandle.current().children().toList();

  @TempDir private Path work;
  private Path javaHome;
  private Drivers drivers;

  @BeforeEach
  void make() {
    try {
      javaHome = Jdk17.find();
    } catch (IllegalStateException e) {
      assumeTrue(false, e.getMessage());
    }
    drivers =
        new SparkDrivers(work, javaHome, SessionMemory.ofGigabytes(1), WorkerPython.none("none"));
  }

  @AfterEach
  void stop() {
    if (drivers != null) {
      drivers.close();
      assertThat(ours()).isEmpty();
    }
  }

  @Test
  void showsTheSparkUiOfASessionThatHasEndedEvenBadly() throws Exception {
    var events = new Events();
    drivers.start("over", Map.of(), events);
    events.await(Events.Ready.class);
    assertThat(drivers.history("over")).isEmpty();
    ours().forEach(ProcessHandle::destroyForcibly);
    events.await(Events.Ended.class);
    assertThat(ours()).isEmpty();

    var page = get(drivers.history("over").orElseThrow());

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("<title>over - Spark Jobs</title>");
    List<ProcessHandle> server = ours();
    assertThat(server).hasSize(1);
    get(drivers.history("over").orElseThrow());
    assertThat(ours()).isEqualTo(server);
    if (Listening.isVisible()) {
      assertThat(Listening.addresses(server.get(0).pid()))
          .isNotEmpty()
          .allMatch(Listening::isLoopback);
    }
  }

  @Test
  void hasNothingOfASessionThatNeverRan() {
    var events = new Events();
    drivers.start("never", Map.of("spark.driver.cores", "all"), events);
    events.await(Events.Ended.class);

    assertThat(drivers.history("never")).isEmpty();
    assertThat(drivers.history("unknown")).isEmpty();
  }

  @Test
  void endsWithASandboxThatIsKilled() throws Exception {
    Path logs = Files.createDirectories(work.resolve("events"));
    Process server = DriverCommand.history(javaHome, logs, work.resolve("history.log")).start();
    assertThat(server.inputReader().readLine()).startsWith("READY ");

    server.getOutputStream().close(); // As the operating system does.

    assertThat(server.waitFor()).isZero();
  }

  private List<ProcessHandle> ours() {
    return ProcessHandle.current().children().filter(child -> !others.contains(child)).toList();
  }

  private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NORMAL)
        .build()
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
