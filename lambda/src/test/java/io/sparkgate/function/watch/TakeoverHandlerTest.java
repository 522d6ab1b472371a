package io.sparkgate.function.watch;

import static io.sparkgate.function.stub.Operation.GET_SESSION;
import static io.sparkgate.function.watch.FetchEvents.event;
import static io.sparkgate.function.watch.FetchEvents.fetchedBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import io.sparkgate.function.aws.LambdaEnvironment;
import io.sparkgate.function.stub.EmrServerlessStub;
import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.StubContext;
import io.sparkgate.function.stub.StubSession;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TakeoverHandlerTest {

  private static final String ALICE = "arn:aws:sts::123456789012:assumed-role/developers/alice";
  private static final String MALLORY = "arn:aws:sts::123456789012:assumed-role/developers/mallory";
  private static final String FETCHED =
      "%s fetched the endpoint of session 00s1 of application 00app at 2026-11-20T10:15:30Z from"
          + " 203.0.113.7";
  private static final String UNKNOWN =
      FETCHED + ", but whether that is who started the session is unknown: %s; what to do: %s";
  private static final String TERMINATE =
      "aws emr-serverless terminate-session --application-id 00app --session-id 00s1";
  private static final String COMPARE =
      "compare it with createdBy of: aws emr-serverless get-session --application-id 00app"
          + " --session-id 00s1; if that is somebody else, terminate the session ("
          + TERMINATE
          + ")";

  @AutoClose private final EmrServerlessStub emr = EmrServerlessStub.start();

  @AutoClose
  private final LambdaEnvironment lambda = LambdaEnvironment.withContainerCredentials(emr.uri());

  private final StubSession session =
      StubSession.of("00s1", "IDLE", Instant.parse("2026-11-20T09:00:00Z"));
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();

  /** Alice's. */
  @BeforeEach
  void startSession() {
    emr.application("00app").put(session.withTag("token", "hush"));
  }

  @Test
  void isSilentWhenSomebodyFetchesTheirOwn() throws IOException {
    hear(fetchedBy(ALICE));

    assertThat(line())
        .isEqualTo(
            Map.of(
                "type", "endpointFetched",
                "applicationId", "00app",
                "sessionId", "00s1",
                "outcome", "own",
                "fetchedBy", ALICE,
                "createdBy", ALICE,
                "eventTime", "2026-11-20T10:15:30Z",
                "sourceIPAddress", "203.0.113.7"));
    assertThat(answer).hasToString("{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        MALLORY,
        // Another role, one name.
        "arn:aws:sts::123456789012:assumed-role/operators/alice",
        "arn:aws:iam::123456789012:root"
      })
  void saysWhoFetchedWhatOfWhomWhenFromWhereAndWhatToDo(String who) throws IOException {
    String message =
        FETCHED.formatted(who)
            + ", but "
            + ALICE
            + " started that session; what to do: unless they are one person, terminate the"
            + " session ("
            + TERMINATE
            + "), because the token is good for an hour, and see who may"
            + " emr-serverless:GetSessionEndpoint on it";

    assertSuspected(fetchedBy(who), message);

    assertThat(line())
        .containsEntry("outcome", "takeover")
        .containsEntry("fetchedBy", who)
        .containsEntry("createdBy", ALICE)
        .containsEntry("reason", message);
  }

  @Test
  void doesNotNeedTimeAndAddressToSeeATakeover() {
    assertThatThrownBy(
            () ->
                hear(
                    """
                    {"detail": {"userIdentity": {"arn": "%s"},
                     "requestParameters": {"applicationId": "00app", "sessionId": "00s1"}}}"""
                        .formatted(MALLORY)))
        .isInstanceOf(TakeoverSuspected.class)
        .hasMessageStartingWith(
            MALLORY
                + " fetched the endpoint of session 00s1 of application 00app at an unknown time"
                + " from an unknown address, but "
                + ALICE);
  }

  @Test
  void cannotJudgeWhatIsGone() throws IOException {
    emr.application("00app").vanish();

    assertUnknown(
        "the session is not there (any more)",
        "look up StartSession in CloudTrail for who started it, and if that is somebody else, see"
            + " who may emr-serverless:GetSessionEndpoint");
  }

  @Test
  void cannotJudgeWhatItMayNotRead() throws IOException {
    emr.always(GET_SESSION).fail(Fault.DENIED);

    assertUnknown(
        "GetSession: AccessDeniedException: User is not authorized",
        "see that the function's role may do so, and " + COMPARE);
  }

  @Test
  void cannotJudgeWhatItCouldNotRead() throws IOException {
    emr.always(GET_SESSION).fail(Fault.THROTTLED);

    assertUnknown("GetSession: ThrottlingException: Rate exceeded", COMPARE);
  }

  @Test
  void cannotJudgeWithoutTime() throws IOException {
    assertSuspected(
        fetchedBy(ALICE),
        2_000,
        UNKNOWN.formatted(
            ALICE, "GetSession: OutOfTime: the invocation has no time left", COMPARE));
    assertThat(emr.calls()).isEmpty();
  }

  @Test
  void cannotJudgeASessionThatDoesNotSayWhoStartedIt() throws IOException {
    emr.application("00app").put(session.without("createdBy"));

    assertUnknown("the session does not say who started it", COMPARE);
  }

  @Test
  void triesAgainWhatFailsInsideTheService() throws IOException {
    emr.next(1, GET_SESSION).fail(Fault.INTERNAL);
    emr.next(1, GET_SESSION).fail(Fault.BROKEN);

    hear(fetchedBy(ALICE));

    assertThat(line()).containsEntry("outcome", "own");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      {"type": "AWSService", "invokedBy": "sagemaker.amazonaws.com"} | AWSService
      {"type": "Root"}                                               | Root
      {"type": "Root", "arn": ""}                                    | Root
      {}                                                             | unknown
      null                                                           | unknown
      """)
  void cannotJudgeAnIdentityWithoutArn(String identity, String type) throws IOException {
    assertSuspected(
        event(identity, "00app", "00s1"),
        UNKNOWN.formatted(
            "an identity without an ARN (of type " + type + ")",
            "the event names no detail.userIdentity.arn",
            COMPARE));

    assertThat(line()).containsEntry("outcome", "unknown").doesNotContainKey("fetchedBy");
    assertThat(emr.calls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"00app, ''", "'', 00s1", "00app, 00s1; rm -rf", "../app, 00s1"})
  void printsNoCommandForWhatIsNoId(String application, String sessionId) {
    assertThatThrownBy(() -> hear(event("{}", application, sessionId)))
        .isInstanceOf(TakeoverSuspected.class)
        .hasMessageContaining("the event lacks detail.requestParameters.applicationId or sessionId")
        .hasMessageNotContainingAny("aws emr-serverless", "rm -rf", "../app");
    assertThat(emr.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "5", "{}", "{\"token\": \"hush", "hush"})
  void saysWhatItTakes(String event) throws IOException {
    assertSuspected(
        event,
        "an identity without an ARN (of type unknown) fetched the endpoint of session unknown of"
            + " application unknown at an unknown time from an unknown address, but whether that"
            + " is who started the session is unknown: the event lacks"
            + " detail.requestParameters.applicationId or sessionId, each a text that matches"
            + " [0-9a-z]{1,64}; what to do: look up GetSessionEndpoint in CloudTrail; if it is not"
            + " there, somebody called this function by another way than its rule");
    assertThat(line()).containsEntry("outcome", "unknown").containsKey("reason");
  }

  private void assertUnknown(String why, String remedy) throws IOException {
    String message = UNKNOWN.formatted(ALICE, why, remedy);
    assertSuspected(fetchedBy(ALICE), message);
    assertThat(line())
        .containsEntry("outcome", "unknown")
        .containsEntry("reason", message)
        .doesNotContainKey("createdBy");
  }

  private void assertSuspected(String event, String message) throws IOException {
    assertSuspected(event, 60_000, message);
  }

  private void assertSuspected(String event, int remainingMillis, String message) {
    assertThatThrownBy(() -> hear(event, remainingMillis))
        .isInstanceOf(TakeoverSuspected.class)
        .hasMessage(message)
        // Lambda prints it all.
        .hasNoCause();
    assertThat(answer.size()).isZero();
  }

  private void hear(String event) throws IOException {
    hear(event, 60_000);
  }

  private void hear(String event, int remainingMillis) throws IOException {
    PrintStream log = new PrintStream(written, true, StandardCharsets.UTF_8);
    try {
      new TakeoverHandler(lambda.variables(), log)
          .handleRequest(
              new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
              answer,
              StubContext.of(Duration.ofMillis(remainingMillis)));
    } finally {
      assertThat(written.toString(StandardCharsets.UTF_8)).doesNotContain("hush", "ASIAHUSH");
    }
  }

  /** The one record. */
  private Map<String, Object> line() throws IOException {
    assertThat(written.toString(StandardCharsets.UTF_8)).hasLineCount(1);
    return JSON.std.mapFrom(written.toString(StandardCharsets.UTF_8));
  }
}
