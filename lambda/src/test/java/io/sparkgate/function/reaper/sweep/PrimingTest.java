package io.sparkgate.function.reaper.sweep;

import static io.sparkgate.function.stub.Operation.LIST_SESSIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.function.aws.LambdaEnvironment;
import io.sparkgate.function.stub.Call;
import io.sparkgate.function.stub.EmrServerlessStub;
import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.Gate;
import io.sparkgate.function.stub.StubContext;
import io.sparkgate.function.stub.StubSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the function does while it starts, over real connections that are counted. */
class PrimingTest {

  private static final String CONFIG =
      """
      {"applications":["app1"],"idleMinutes":60,"keepTag":"keep","maxTerminations":25,
       "dryRun":false,"rates":{"listSessions":{"perSecond":100,"burst":100},
       "getSession":{"perSecond":100,"burst":100},
       "terminateSession":{"perSecond":100,"burst":100}}}""";

  @AutoClose private final EmrServerlessStub emr = EmrServerlessStub.start();
  @AutoClose private final Doorman doorman = new Doorman(emr.uri());

  @AutoClose
  private final LambdaEnvironment lambda =
      LambdaEnvironment.withContainerCredentials(doorman.uri()).with("SPARKGATE_REAPER", CONFIG);

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  /**
   * The first of all loads the client's classes, for which a start has no time on a busy machine.
   */
  @BeforeAll
  static void startOnce() throws IOException {
    try (EmrServerlessStub emr = EmrServerlessStub.start();
        LambdaEnvironment lambda =
            LambdaEnvironment.withContainerCredentials(emr.uri())
                .with("SPARKGATE_REAPER", CONFIG)) {
      invoke(
          new ReaperHandler(
              lambda.variables(), new PrintStream(OutputStream.nullOutputStream(), true)));
    } catch (SweepFailed e) {
      // There is no such application.
    }
  }

  @BeforeEach
  void putASessionThatIsDue() {
    Instant now = Instant.now();
    emr.application("app1")
        .put(
            StubSession.idle("s1", now.minus(Duration.ofHours(3)), now.minus(Duration.ofHours(2))));
  }

  private ReaperHandler start() {
    return new ReaperHandler(lambda.variables(), new PrintStream(written, true));
  }

  private static void invoke(ReaperHandler handler) throws IOException {
    handler.handleRequest(
        InputStream.nullInputStream(),
        OutputStream.nullOutputStream(),
        StubContext.of(Duration.ofMinutes(1)));
  }

  private List<String> calls() {
    return emr.calls().stream().map(Call::toString).toList();
  }

  @Test
  void connectsAndReadsButEndsNothing() {
    start();

    assertThat(calls()).containsExactly("LIST_SESSIONS app1", "GET_SESSION s1");
    assertThat(written.toString()).isEmpty();
  }

  @Test
  void leavesItsConnectionToTheFirstSweep() throws IOException {
    invoke(start());

    assertThat(calls())
        .containsExactly(
            "LIST_SESSIONS app1",
            "GET_SESSION s1",
            "LIST_SESSIONS app1",
            "GET_SESSION s1",
            "GET_SESSION s1",
            "TERMINATE_SESSION s1");
    assertThat(doorman.accepted()).isEqualTo(1);
  }

  @Test
  void leavesNeitherConnectionsNorCredentialsInASnapshot() throws Exception {
    lambda.with("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");

    ReaperHandler snapshot = start();

    assertThat(emr.calls()).hasSize(2).extracting(Call::accessKey).containsOnly("KEY1");
    // Sooner than the JDK by itself closes a connection that idles, after 5 seconds.
    Awaiting.until(() -> doorman.open() == 0, Duration.ofSeconds(4));

    invoke(snapshot);

    assertThat(emr.calls().subList(2, emr.calls().size()))
        .hasSize(4)
        .extracting(Call::accessKey)
        .containsOnly("KEY2");
  }

  @Test
  void startsAllTheSameWhenTheServiceRefuses() throws IOException {
    emr.next(1, LIST_SESSIONS).fail(Fault.DENIED);

    ReaperHandler handler = start();

    assertThat(written.toString())
        .startsWith("{\"type\":\"priming\",\"outcome\":\"failed\",\"reason\":")
        .contains(Fault.DENIED.message());
    invoke(handler);
    assertThat(calls()).endsWith("TERMINATE_SESSION s1");
  }

  @Test
  void startsAllTheSameWhenTheServiceDoesNotAnswer() {
    Gate gate = emr.next(1, LIST_SESSIONS).hold();

    start();
    gate.open();

    assertThat(written.toString()).contains("\"type\":\"priming\"", "ran out of time");
  }
}
