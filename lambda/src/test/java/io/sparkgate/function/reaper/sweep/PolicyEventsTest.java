package io.sparkgate.function.reaper.sweep;

import static io.sparkgate.function.reaper.sweep.Sweeping.idle;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.function.aws.LambdaEnvironment;
import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.Injection;
import io.sparkgate.function.stub.Operation;
import io.sparkgate.function.stub.SideServicesStub;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PolicyEventsTest {

  private static final String DOCUMENT =
      """
      {"applications":["app1"],"idleMinutes":60,"keepTag":"keep-until","maxTerminations":25,
       "dryRun":false,"eventBus":"platform",
       "rates":{"listSessions":{"perSecond":1000,"burst":1000},
                "getSession":{"perSecond":1000,"burst":1000},
                "terminateSession":{"perSecond":1000,"burst":1000}}}""";

  @AutoClose private final Sweeping sweeping = new Sweeping();
  @AutoClose private final SideServicesStub aws = SideServicesStub.start();

  @AutoClose
  private final LambdaEnvironment lambda =
      LambdaEnvironment.withContainerCredentials(sweeping.emr.uri())
          .with("AWS_ENDPOINT_URL_EVENTBRIDGE", aws.uri().toString());

  private void sweep(String document) throws IOException {
    sweeping.handle(
        ReaperConfig.parse(document), Duration.ofMinutes(1), new ByteArrayOutputStream());
  }

  @BeforeEach
  void useTheBus() {
    sweeping.environment = lambda.variables();
  }

  @Test
  void tellsEachSessionThatItEnded() throws IOException {
    sweeping
        .emr
        .application("app1")
        .put(idle("s1", 90).withTag("sparkgate:owner", "anna"))
        .put(idle("s2", 10));

    sweep(DOCUMENT);

    assertThat(aws.events()).hasSize(1);
    assertThat(aws.events().get(0))
        .containsEntry("DetailType", "Spark Connect Session Terminated By Policy")
        .containsEntry("EventBusName", "platform");
    assertThat(Sweeping.json((String) aws.events().get(0).get("Detail")))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("eventId", "s1:terminated"),
                Map.entry("applicationId", "app1"),
                Map.entry("sessionId", "s1"),
                Map.entry("name", "notebook-s1"),
                Map.entry("title", "notebook-s1"),
                Map.entry("owner", "anna"),
                Map.entry("createdBy", "arn:aws:sts::123456789012:assumed-role/developers/alice"),
                Map.entry("executionRole", "arn:aws:iam::123456789012:role/spark"),
                Map.entry("state", "IDLE"),
                Map.entry("time", "2026-11-20T12:00:00Z"),
                Map.entry("rule", "idle"),
                Map.entry("reason", "idle for 90 min, limit 60 min")));
  }

  @Test
  void tellsNobodyInADryRun() throws IOException {
    sweeping.emr.application("app1").put(idle("s1", 90));

    sweep(DOCUMENT.replace("\"dryRun\":false", "\"dryRun\":true"));

    assertThat(aws.calls()).isEmpty();
  }

  /** Nor is a client made, which the other tests of the reaper would notice. */
  @Test
  void callsNobodyWhereItIsToldNoBus() throws IOException {
    sweeping.environment = Map.of();
    sweeping.emr.application("app1").put(idle("s1", 90));

    sweep(DOCUMENT.replace(",\"eventBus\":\"platform\"", ""));

    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void tellsAgainInTheNextSweepWhatTheBusDidNotTake() throws IOException {
    sweeping.emr.application("app1").put(idle("s1", 90));
    Injection refusals = aws.always(Operation.PUT_EVENTS);
    refusals.fail(Fault.DENIED);
    ReaperHandler reaper = sweeping.handler(ReaperConfig.parse(DOCUMENT));
    sweeping.invoke(reaper, Duration.ofMinutes(1), new ByteArrayOutputStream());
    sweeping.emr.application("app1").put(idle("s2", 90));
    refusals.lift();

    sweeping.invoke(reaper, Duration.ofMinutes(1), new ByteArrayOutputStream());

    assertThat(aws.events())
        .extracting(event -> Sweeping.json((String) event.get("Detail")).get("eventId"))
        .containsExactly("s1:terminated", "s2:terminated");
  }

  @Test
  void endsAllTheSameWhereTheBusTakesNothingAndSaysSo() throws IOException {
    sweeping.emr.application("app1").put(idle("s1", 90)).put(idle("s2", 80));
    aws.always(Operation.PUT_EVENTS).fail(Fault.DENIED);

    sweep(DOCUMENT);

    assertThat(sweeping.emr.application("app1").stateOf("s1")).isEqualTo("TERMINATING");
    assertThat(sweeping.emr.application("app1").stateOf("s2")).isEqualTo("TERMINATING");
    assertThat(sweeping.lines().stream().filter(line -> "event".equals(line.get("type"))))
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(line)
                    .containsEntry("outcome", "failed")
                    .containsEntry("detailType", "Spark Connect Session Terminated By Policy"));
    assertThat(sweeping.lines().get(4)).containsEntry("Failed", 0).containsEntry("Terminated", 2);
  }
}
