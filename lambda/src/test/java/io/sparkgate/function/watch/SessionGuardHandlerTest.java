package io.sparkgate.function.watch;

import static io.sparkgate.function.stub.Operation.GET_APPLICATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import io.sparkgate.function.aws.LambdaEnvironment;
import io.sparkgate.function.stub.EmrServerlessStub;
import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.StubContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionGuardHandlerTest {

  private static final String DISABLED =
      "application %s takes no sessions; stop it (aws emr-serverless stop-application"
          + " --application-id %<s) and run: aws emr-serverless update-application"
          + " --application-id %<s --interactive-configuration sessionEnabled=true (CloudFormation"
          + " will not repair it, as its template has not changed)";

  @AutoClose private final EmrServerlessStub emr = EmrServerlessStub.start();

  @AutoClose
  private final LambdaEnvironment lambda = LambdaEnvironment.withContainerCredentials(emr.uri());

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();

  private SessionGuardHandler guard(String configuration) {
    lambda.with("SPARKGATE_GUARD", configuration);
    return new SessionGuardHandler(
        lambda.variables(),
        new PrintStream(written, true, StandardCharsets.UTF_8),
        Duration.ofMillis(1));
  }

  private void look(String... applications) throws IOException {
    look(60_000, applications);
  }

  private void look(int remainingMillis, String... applications) throws IOException {
    guard(JSON.std.asString(Map.of("applications", applications)))
        .handleRequest(
            InputStream.nullInputStream(),
            answer,
            StubContext.of(Duration.ofMillis(remainingMillis)));
  }

  private List<Map<String, Object>> records() {
    return written
        .toString(StandardCharsets.UTF_8)
        .lines()
        .map(
            line -> {
              try {
                return JSON.std.mapFrom(line);
              } catch (IOException e) {
                throw new UncheckedIOException(line, e);
              }
            })
        .toList();
  }

  private List<Object> outcomes() {
    return records().stream()
        .<Object>map(line -> line.get("applicationId") + " " + line.get("outcome"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CREATED", "STARTED", "STOPPED"})
  void isContentWithApplicationsThatTakeSessions(String state) throws IOException {
    emr.application("00a").state(state);
    emr.application("00b");

    look("00a", "00b");

    assertThat(records())
        .containsExactly(
            Map.of("type", "sessionGuard", "applicationId", "00a", "outcome", "enabled"),
            Map.of("type", "sessionGuard", "applicationId", "00b", "outcome", "enabled"));
    assertThat(JSON.std.mapFrom(answer.toByteArray()))
        .isEqualTo(Map.of("Applications", 2, "Problems", 0));
  }

  @Test
  void saysWhichTakeNoneAndWhatToDoAfterItLookedAtAll() throws IOException {
    emr.application("00a").sessionsEnabled(false);
    emr.application("00b");
    emr.application("00d").state("TERMINATED");

    assertThatThrownBy(() -> look("00a", "00b", "00c", "00d"))
        .isInstanceOf(SessionGuardFailed.class)
        .hasMessage(
            "3 of 4 applications: "
                + DISABLED.formatted("00a")
                + ". application 00c is not there; deploy it anew, or take it out of what this"
                + " function watches. application 00d is TERMINATED; deploy it anew, or take it out"
                + " of what this function watches");

    assertThat(outcomes()).containsExactly("00a disabled", "00b enabled", "00c gone", "00d gone");
    assertThat(records().get(0)).containsEntry("reason", DISABLED.formatted("00a"));
    assertThat(JSON.std.mapFrom(answer.toByteArray())).containsEntry("Problems", 3);
  }

  @Test
  void takesSilenceForNo() {
    emr.application("00a").withoutInteractiveConfiguration();

    assertThatThrownBy(() -> look("00a"))
        .hasMessage("1 of 1 applications: " + DISABLED.formatted("00a"));
  }

  @Test
  void saysWhichCouldNotBeReadAndGoesOn() {
    emr.application("00a");
    emr.application("00b");
    emr.always(GET_APPLICATION.of("00a")).fail(Fault.THROTTLED);

    assertThatThrownBy(() -> look("00a", "00b"))
        .isInstanceOf(SessionGuardFailed.class)
        .hasMessage(
            "1 of 2 applications: application 00a could not be read, so whether it takes sessions"
                + " is unknown: GetApplication: ThrottlingException: Rate exceeded; what to do:"
                + " nothing, unless it happens again");

    assertThat(outcomes()).containsExactly("00a unread", "00b enabled");
  }

  @Test
  void saysThatItMayNotRead() {
    emr.application("00a");
    emr.always(GET_APPLICATION).fail(Fault.DENIED);

    assertThatThrownBy(() -> look("00a"))
        .hasMessage(
            "1 of 1 applications: application 00a could not be read, so whether it takes sessions"
                + " is unknown: GetApplication: AccessDeniedException: User is not authorized;"
                + " what to do: see that the application is there and that the function's role may"
                + " do so");
  }

  @Test
  void triesAgainWhatFailsInsideTheService() throws IOException {
    emr.application("00a");
    emr.next(1, GET_APPLICATION).fail(Fault.INTERNAL);
    emr.next(1, GET_APPLICATION).fail(Fault.BROKEN);

    look("00a");

    assertThat(outcomes()).containsExactly("00a enabled");
  }

  @Test
  void saysWhatItHadNoTimeFor() {
    emr.application("00a");

    assertThatThrownBy(() -> look(2_000, "00a"))
        .hasMessageContaining("GetApplication: OutOfTime: the invocation has no time left");
    assertThat(emr.calls()).isEmpty();
  }

  @Test
  void looksOnceAtWhatIsNamedTwice() throws IOException {
    emr.application("00a");

    look("00a", "00a");

    assertThat(outcomes()).containsExactly("00a enabled");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
      {}                             | SPARKGATE_GUARD: applications is missing; allowed: at least one text that matches [0-9a-z]{1,64}. Add it
      {"applications":[]}            | SPARKGATE_GUARD: applications is []; allowed: at least one text that matches [0-9a-z]{1,64}. Correct the value
      {"applications":["00A"]}       | SPARKGATE_GUARD: applications[0] is "00A"; allowed: at least one text that matches [0-9a-z]{1,64}. Correct or remove it
      {"applications":["a"],"b":1}   | SPARKGATE_GUARD: b is 1; allowed: no such field, only applications. Correct the name or remove it
      ` `                            | SPARKGATE_GUARD is not set; allowed: a JSON object with the fields applications. Set it on the function
      """)
  void saysWhatIsWrongWithItsConfiguration(String configuration, String message) {
    assertThatThrownBy(() -> guard(configuration))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void looksAgainWhereItIsThrottled() throws IOException {
    emr.application("00aaaa");
    emr.next(3, GET_APPLICATION).fail(Fault.THROTTLED);

    look("00aaaa");

    assertThat(outcomes()).containsExactly("00aaaa enabled");
  }
}
