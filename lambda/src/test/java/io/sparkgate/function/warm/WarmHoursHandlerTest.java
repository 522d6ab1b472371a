package io.sparkgate.function.warm;

import static io.sparkgate.function.stub.Operation.LIST_JOB_RUNS;
import static io.sparkgate.function.stub.Operation.LIST_SESSIONS;
import static io.sparkgate.function.stub.Operation.START_APPLICATION;
import static io.sparkgate.function.stub.Operation.STOP_APPLICATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import io.sparkgate.function.aws.LambdaEnvironment;
import io.sparkgate.function.stub.Call;
import io.sparkgate.function.stub.CloudFormationStub;
import io.sparkgate.function.stub.EmrServerlessStub;
import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.Operation;
import io.sparkgate.function.stub.StubContext;
import io.sparkgate.function.stub.StubJobRun;
import io.sparkgate.function.stub.StubSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WarmHoursHandlerTest {

  private static final String CONFIGURATION =
      """
      {"application":"00app","stack":"arn:stack","zone":"Europe/Berlin","days":["FRIDAY"],\
      "from":"08:00","to":"18:00","holidays":[]}""";

  /** A Friday in November. */
  private static final Instant NOON = Instant.parse("2026-11-27T11:00:00Z");

  private static final Instant NIGHT = Instant.parse("2026-11-27T20:00:00Z");

  @AutoClose private final EmrServerlessStub emr = EmrServerlessStub.start();
  @AutoClose private final CloudFormationStub cloudFormation = CloudFormationStub.start();

  @AutoClose
  private final LambdaEnvironment lambda =
      LambdaEnvironment.withContainerCredentials(emr.uri(), cloudFormation.uri());

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @BeforeEach
  void deployed() {
    cloudFormation.update("arn:stack", "UPDATE_COMPLETE", NOON);
    emr.application("00app");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CREATED", "STOPPED"})
  void startsInItsHours(String state) throws IOException {
    emr.application("00app").state(state);

    assertThat(look(NOON)).isEqualTo("{\"outcome\":\"started\"}");

    assertThat(record())
        .isEqualTo(
            Map.of(
                "type",
                "warmHours",
                "applicationId",
                "00app",
                "outcome",
                "started",
                "reason",
                "it was " + state + ", and its hours have begun"));
    assertThat(emr.application("00app").state()).isEqualTo("STARTING");
  }

  @ParameterizedTest
  @CsvSource({"STARTING, warm", "STARTED, warm", "CREATING, waiting", "STOPPING, waiting"})
  void leavesAloneInItsHoursWhatIsStartedOrCannotBe(String state, String outcome)
      throws IOException {
    emr.application("00app").state(state);

    look(NOON);

    assertThat(record()).containsEntry("outcome", outcome);
    assertThat(emr.calls()).hasToString("[GET_APPLICATION 00app]");
  }

  @Test
  void letsGoAfterItsHoursWhatNobodyUses() throws IOException {
    emr.application("00app")
        .put(StubSession.of("0old", "TERMINATED", NIGHT.minus(Duration.ofMinutes(16))));

    look(NIGHT);

    assertThat(record()).containsEntry("outcome", "stopped");
    assertThat(emr.application("00app").state()).isEqualTo("STOPPING");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SUBMITTED", "STARTING", "STARTED", "IDLE", "BUSY", "TERMINATING"})
  void neverInterruptsASession(String state) throws IOException {
    emr.application("00app")
        .put(StubSession.of("0session", state, NIGHT.minus(Duration.ofDays(2))));

    look(NIGHT);

    assertThat(record())
        .containsEntry("outcome", "inUse")
        .containsEntry("reason", "session 0session is " + state);
    assertThat(calls(STOP_APPLICATION)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SUBMITTED", "PENDING", "SCHEDULED", "QUEUED", "RUNNING", "CANCELLING"})
  void neverInterruptsAJobRun(String state) throws IOException {
    emr.application("00app").put(new StubJobRun("0run", state, NIGHT));

    look(NIGHT);

    assertThat(record()).containsEntry("reason", "job run 0run is not over");
    assertThat(calls(STOP_APPLICATION)).isEmpty();
  }

  /** Whenever it was created: sessions live for hours. */
  @ParameterizedTest
  @ValueSource(strings = {"TERMINATED", "FAILED"})
  void staysForAWhileAfterTheLastSession(String state) throws IOException {
    emr.application("00app")
        .put(
            StubSession.of("0last", state, NIGHT.minus(Duration.ofHours(24)))
                .updatedAt(NIGHT.minus(Duration.ofMinutes(14))));

    look(NIGHT);

    assertThat(record())
        .containsEntry("outcome", "inUse")
        .containsEntry("reason", "session 0last ended within 15 minutes");
  }

  /** A page may be short or empty, and still have another behind it. */
  @Test
  void readsListsToTheirEnds() throws IOException {
    Instant old = NIGHT.minus(Duration.ofMinutes(20));
    for (int i = 0; i < 50; i++) {
      emr.application("00app").put(StubSession.of("0s" + i, "TERMINATED", old));
    }
    emr.application("00app").put(StubSession.of("1last", "TERMINATED", NIGHT));
    look(NIGHT);
    emr.application("00app")
        .put(new StubJobRun("0run", "RUNNING", old))
        .put(new StubJobRun("1run", "RUNNING", old));
    emr.next(1, LIST_JOB_RUNS).answering("jobRuns", List.of());
    look(NIGHT);

    assertThat(written.toString(StandardCharsets.UTF_8).lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("session 1last ended within 15 minutes"),
            line -> assertThat(line).contains("job run 1run is not over"));
  }

  @ParameterizedTest
  @CsvSource({"STARTING, waiting", "CREATED, cold", "STOPPING, cold", "STOPPED, cold"})
  void leavesAloneAfterItsHoursWhatIsNotStarted(String state, String outcome) throws IOException {
    emr.application("00app").state(state);

    look(NIGHT);

    assertThat(record()).containsEntry("outcome", outcome);
    assertThat(emr.calls()).hasToString("[GET_APPLICATION 00app]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS", "UPDATE_ROLLBACK_IN_PROGRESS"})
  void staysOutOfDeployments(String status) throws IOException {
    cloudFormation.update("arn:stack", status, NOON);
    emr.application("00app").state("STOPPED");
    look(NOON);
    emr.application("00app").state("STARTED");
    look(NIGHT);

    assertThat(written.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .allMatch(line -> line.contains("\"deploying\"") && line.contains(status));
    assertThat(calls(START_APPLICATION)).isEmpty();
    assertThat(calls(STOP_APPLICATION)).isEmpty();
  }

  @Test
  void startsAlsoWhereCloudFormationDoesNotAnswer() throws IOException {
    cloudFormation.always(Operation.DESCRIBE_STACKS).fail(Fault.DENIED);
    emr.application("00app").state("STOPPED");

    look(NOON);

    assertThat(record()).containsEntry("outcome", "started");
  }

  @Test
  void leavesToTheNextLookWhatIsThrottled() throws IOException {
    emr.application("00app").state("STOPPED");
    emr.always(START_APPLICATION).fail(Fault.THROTTLED);

    look(NOON);

    assertThat(record()).containsEntry("outcome", "left");
  }

  @Test
  void leavesToTheNextLookWhatItHasNoTimeFor() throws IOException {
    handler(CONFIGURATION, NIGHT)
        .handleRequest(
            InputStream.nullInputStream(),
            new ByteArrayOutputStream(),
            StubContext.of(Duration.ZERO));

    assertThat(record()).containsEntry("outcome", "left");
    assertThat(emr.calls()).isEmpty();
  }

  @Test
  void doesNotStopWhatItCouldNotLookInto() {
    emr.always(LIST_JOB_RUNS).fail(Fault.DENIED);

    assertThatThrownBy(() -> look(NIGHT))
        .isInstanceOf(WarmHoursFailed.class)
        .hasMessage(
            "application 00app: ListJobRuns: AccessDeniedException: User is not authorized");
    assertThat(calls(STOP_APPLICATION)).isEmpty();
  }

  @Test
  void saysThatTheApplicationIsGone() {
    emr.application("00app").state("TERMINATED");

    assertThatThrownBy(() -> look(NOON))
        .hasMessage(
            "application 00app: it is TERMINATED; deploy it anew, or take its warm hours away");
  }

  @Test
  void asksAboutUseOnlyWhatItMust() throws IOException {
    look(NIGHT);

    assertThat(calls(LIST_SESSIONS)).hasSize(2);
    assertThat(calls(LIST_JOB_RUNS)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
      "Europe/Berlin" ; "Berlin"     ; `SPARKGATE_WARM_HOURS: zone is "Berlin"; allowed: a time zone of the tz database, such as Europe/Berlin. Correct the value`
      "08:00"         ; "8:00"       ; `SPARKGATE_WARM_HOURS: from is "8:00"; allowed: a text that matches ([01]\\d|2[0-3]):[0-5]\\d. Correct the value`
      "FRIDAY"        ; "Fri"        ; `SPARKGATE_WARM_HOURS: days[0] is "Fri"; allowed: at least one text that matches (MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY. Correct or remove it`
      []              ; ["2026-02-30"] ; `SPARKGATE_WARM_HOURS: holidays is "2026-02-30"; allowed: dates that there are. Correct the value`
      """)
  void saysWhatIsWrongWithItsConfiguration(String right, String wrong, String message) {
    assertThatThrownBy(() -> handler(CONFIGURATION.replace(right, wrong), NOON))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private WarmHoursHandler handler(String configuration, Instant now) {
    lambda.with("SPARKGATE_WARM_HOURS", configuration);
    return new WarmHoursHandler(
        lambda.variables(),
        new PrintStream(written, true, StandardCharsets.UTF_8),
        Clock.fixed(now, ZoneOffset.UTC));
  }

  private String look(Instant now) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler(CONFIGURATION, now)
        .handleRequest(
            InputStream.nullInputStream(), answer, StubContext.of(Duration.ofMinutes(1)));
    return answer.toString(StandardCharsets.UTF_8);
  }

  private Map<String, Object> record() throws IOException {
    return JSON.std.mapFrom(written.toString(StandardCharsets.UTF_8));
  }

  private List<Call> calls(Operation operation) {
    return emr.calls().stream().filter(operation).toList();
  }
}
