package io.sparkgate.function.watch;

import static io.sparkgate.function.watch.FetchEvents.fetchedBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import io.sparkgate.function.aws.LambdaEnvironment;
import io.sparkgate.function.stub.EmrServerlessStub;
import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.Operation;
import io.sparkgate.function.stub.SideServicesStub;
import io.sparkgate.function.stub.StubContext;
import io.sparkgate.function.stub.StubSession;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TakeoverEventsTest {

  private static final String ALICE = "arn:aws:sts::123456789012:assumed-role/developers/alice";
  private static final String MALLORY = "arn:aws:sts::123456789012:assumed-role/developers/mallory";

  @AutoClose private final EmrServerlessStub emr = EmrServerlessStub.start();
  @AutoClose private final SideServicesStub aws = SideServicesStub.start();

  @AutoClose
  private final LambdaEnvironment lambda =
      LambdaEnvironment.withContainerCredentials(emr.uri())
          .with("AWS_ENDPOINT_URL_EVENTBRIDGE", aws.uri().toString())
          .with("SPARKGATE_TAKEOVER", "{\"eventBus\":\"platform\"}");

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @BeforeEach
  void startSession() {
    emr.application("00app")
        .put(
            StubSession.of("00s1", "IDLE", Instant.parse("2026-11-20T09:00:00Z"))
                .withTag("sparkgate:owner", "alice"));
  }

  private void hear(String event) throws IOException {
    new TakeoverHandler(lambda.variables(), new PrintStream(written, true, StandardCharsets.UTF_8))
        .handleRequest(
            new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
            new ByteArrayOutputStream(),
            StubContext.of(Duration.ofMinutes(1)));
  }

  @Test
  void tellsWhoFetchedTheEndpointOfWhom() throws IOException {
    assertThatThrownBy(() -> hear(fetchedBy(MALLORY))).isInstanceOf(TakeoverSuspected.class);

    assertThat(aws.events()).hasSize(1);
    assertThat(aws.events().get(0))
        .containsEntry("DetailType", "Spark Connect Session Takeover Suspected");
    assertThat(JSON.std.mapFrom((String) aws.events().get(0).get("Detail")))
        .containsEntry("eventId", "00s1:takeover:2026-11-20T10:15:30Z")
        .containsEntry("applicationId", "00app")
        .containsEntry("sessionId", "00s1")
        .containsEntry("title", "notebook-00s1")
        .containsEntry("owner", "alice")
        .containsEntry("createdBy", ALICE)
        .containsEntry("fetchedBy", MALLORY)
        .containsEntry("sourceIpAddress", "203.0.113.7")
        .containsEntry("state", "IDLE")
        .containsEntry("time", "2026-11-20T10:15:30Z")
        .containsKey("reason");
  }

  @Test
  void namesTheOwnerByWhoStartedASessionWithoutATag() throws IOException {
    emr.application("00app")
        .put(StubSession.of("00s1", "IDLE", Instant.parse("2026-11-20T09:00:00Z")));

    assertThatThrownBy(() -> hear(fetchedBy(MALLORY))).isInstanceOf(TakeoverSuspected.class);

    assertThat(JSON.std.mapFrom((String) aws.events().get(0).get("Detail")))
        .containsEntry("owner", "alice");
  }

  @Test
  void leavesOutWhatIsKnownFromTheSessionOnlyWhereItCannotBeRead() throws IOException {
    emr.always(Operation.GET_SESSION).fail(Fault.DENIED);

    assertThatThrownBy(() -> hear(fetchedBy(MALLORY))).isInstanceOf(TakeoverSuspected.class);

    assertThat(JSON.std.mapFrom((String) aws.events().get(0).get("Detail")))
        .containsEntry("title", "00s1")
        .containsEntry("sessionId", "00s1")
        .doesNotContainKeys("name", "owner", "createdBy", "executionRole", "state");
  }

  @Test
  void tellsNothingOfOnesOwn() throws IOException {
    hear(fetchedBy(ALICE));

    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void failsAllTheSameWhereTheBusTakesNothing() {
    aws.always(Operation.PUT_EVENTS).fail(Fault.DENIED);

    assertThatThrownBy(() -> hear(fetchedBy(MALLORY))).isInstanceOf(TakeoverSuspected.class);

    assertThat(written.toString(StandardCharsets.UTF_8))
        .contains("\"type\":\"event\"", "\"outcome\":\"failed\"", "AccessDeniedException");
  }

  @Test
  void saysWhatIsWrongWithItsDocument() {
    lambda.with("SPARKGATE_TAKEOVER", "{\"bus\":\"platform\"}");

    assertThatThrownBy(() -> hear(fetchedBy(MALLORY)))
        .hasMessage(
            "SPARKGATE_TAKEOVER: bus is \"platform\"; allowed: no such field, only eventBus."
                + " Correct the name or remove it");
  }
}
