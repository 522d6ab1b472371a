package io.sparkgate.test;

import static io.sparkgate.function.stub.Operation.GET_SESSION;
import static io.sparkgate.function.stub.Operation.LIST_SESSIONS;
import static io.sparkgate.function.stub.Operation.TERMINATE_SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.function.stub.Call;
import io.sparkgate.function.stub.EmrServerlessStub;
import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.Operation;
import io.sparkgate.function.stub.StubSession;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.watch.IdlePolicy;
import io.sparkgate.watch.IdleSessionReaper;
import io.sparkgate.watch.RequestRates;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;

/**
 * The function as the template deploys it, in a process of its own, against three applications with
 * twenty sessions each, in every state.
 */
class DeployedReaperTest {

  private static final List<String> APPLICATIONS = List.of("00a", "00b", "00c");

  /** Due in every application, whatever goes wrong. */
  private static final List<String> DUE =
      List.of(
          "idle45", "tagged15", "tagged600", "keptuntilpast", "busy13h", "unused2h", "submitted25");

  /** Read, because the list cannot rule them out, and kept. */
  private static final List<String> READ_AND_KEPT =
      List.of("idle20", "idle16", "tagged120", "keptuntilfuture", "idleunknown");

  /** The stub takes what it gets. */
  private static final RequestRates FAST =
      RequestRates.share(100)
          .listSessions(1000, 1000)
          .getSession(1000, 1000)
          .terminateSession(1000, 1000);

  private final EmrServerlessStub service = EmrServerlessStub.start();
  private final Instant now = Instant.now();

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void terminatesExactlyWhatThePolicyNamesWithTheFewestCalls(@TempDir Path directory)
      throws Exception {
    APPLICATIONS.forEach(this::fill);
    service.application("00a").vanishAfterGets(1, "00alast");
    service.application("00b").afterGets(1, "00blast", session -> session.withState("BUSY"));
    service.next(2, GET_SESSION.of("00clast")).fail(Fault.INTERNAL);
    service.next(2, LIST_SESSIONS.of("00b")).fail(Fault.THROTTLED);

    DeployedFunction.Result result = deployed(directory).invoke(service.uri());

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(subjects(TERMINATE_SESSION))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(inEach(DUE), Stream.of("00clast")).toList());
    // Once to decide, and again right before the end; the two faults cost a retry each, and the
    // function's start one look at the first session.
    assertThat(subjects(GET_SESSION))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    inEach(READ_AND_KEPT),
                    inEach(DUE),
                    inEach(DUE),
                    inEach(List.of("last")),
                    inEach(List.of("last")),
                    Stream.of("00clast", "00clast"),
                    Stream.of("00aidle45"))
                .flatMap(sessions -> sessions)
                .toList());
    assertThat(subjects(LIST_SESSIONS))
        .containsExactlyInAnyOrder("00a", "00a", "00b", "00b", "00b", "00c");
  }

  @Test
  void saysWhatItDidWithEachSession(@TempDir Path directory) throws Exception {
    APPLICATIONS.forEach(this::fill);

    String output = deployed(directory).invoke(service.uri()).output();

    assertThat(output.lines().filter(line -> line.contains("\"type\":\"decision\"")))
        .hasSize(3 * (DUE.size() + READ_AND_KEPT.size() + 1));
    assertThat(output.lines().filter(line -> line.contains("\"_aws\"")))
        .singleElement()
        .asString()
        .contains("\"Terminated\":24", "\"Exempt\":3", "\"Unknown\":3", "\"Failed\":0");
  }

  private void fill(String application) {
    service
        .application(application)
        .put(idle(application + "idle45", 60, 45))
        .put(idle(application + "idle20", 60, 20))
        .put(idle(application + "idle16", 17, 16))
        .put(idle(application + "idleyoung", 10, 8))
        .put(idle(application + "tagged15", 60, 20).withTag("sparkgate:idle-minutes", "15"))
        .put(idle(application + "tagged120", 180, 90).withTag("sparkgate:idle-minutes", "120"))
        .put(idle(application + "tagged600", 240, 180).withTag("sparkgate:idle-minutes", "600"))
        .put(keptUntil(application + "keptuntilfuture", now.plus(Duration.ofHours(1))))
        .put(keptUntil(application + "keptuntilpast", now.minus(Duration.ofHours(1))))
        .put(StubSession.of(application + "idleunknown", "IDLE", ago(120)))
        .put(StubSession.of(application + "busy3h", "BUSY", ago(180)))
        .put(StubSession.of(application + "busy13h", "BUSY", ago(780)))
        .put(StubSession.of(application + "unused2h", "STARTED", ago(120)))
        .put(StubSession.of(application + "started30", "STARTED", ago(30)))
        .put(StubSession.of(application + "submitted25", "SUBMITTED", ago(25)))
        .put(StubSession.of(application + "starting17", "STARTING", ago(17)))
        .put(StubSession.of(application + "failed", "FAILED", ago(800)))
        .put(StubSession.of(application + "terminating", "TERMINATING", ago(800)))
        .put(StubSession.of(application + "terminated", "TERMINATED", ago(800)))
        .put(idle(application + "last", 60, 45));
  }

  private DeployedFunction deployed(Path directory) {
    App app = new App(AppProps.builder().outdir(directory.toString()).build());
    Stack stack = new Stack(app, "Stack");
    IdleSessionReaper.Builder reaper =
        IdleSessionReaper.Builder.create(stack, "Reaper")
            .requestRates(FAST)
            .idlePolicy(
                IdlePolicy.terminateAfter(software.amazon.awscdk.Duration.minutes(30))
                    .limitByTag(
                        software.amazon.awscdk.Duration.minutes(15),
                        software.amazon.awscdk.Duration.minutes(120))
                    .maxAge(software.amazon.awscdk.Duration.hours(12))
                    .startingLimit(software.amazon.awscdk.Duration.minutes(20))
                    .unusedLimit(software.amazon.awscdk.Duration.minutes(60)));
    APPLICATIONS.forEach(
        id -> reaper.watch(EmrServerlessApplication.fromApplicationId(stack, "App" + id, id)));
    reaper.build();
    app.synth();
    return DeployedFunction.of(new Synthesized(directory), "Stack");
  }

  private List<String> subjects(Operation operation) {
    return service.calls().stream().filter(operation).map(Call::subject).toList();
  }

  private static Stream<String> inEach(List<String> sessions) {
    return APPLICATIONS.stream().flatMap(id -> sessions.stream().map(session -> id + session));
  }

  private StubSession idle(String id, int createdMinutesAgo, int idleMinutes) {
    return StubSession.idle(id, ago(createdMinutesAgo), ago(idleMinutes));
  }

  private StubSession keptUntil(String id, Instant until) {
    return idle(id, 240, 180).withTag("sparkgate:keep-until", until.toString());
  }

  private Instant ago(int minutes) {
    return now.minus(Duration.ofMinutes(minutes));
  }
}
