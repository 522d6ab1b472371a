package io.sparkgate.function.reaper.sweep;

import static io.sparkgate.function.reaper.sweep.Sweeping.ago;
import static io.sparkgate.function.reaper.sweep.Sweeping.config;
import static io.sparkgate.function.reaper.sweep.Sweeping.idle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.Invocation;
import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.Operation;
import io.sparkgate.function.stub.StubSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ReaperHandlerTest {

  private static final List<Map<String, String>> METRICS =
      List.of(
          Map.of("Name", "Scanned", "Unit", "Count"),
          Map.of("Name", "Idle", "Unit", "Count"),
          Map.of("Name", "Terminated", "Unit", "Count"),
          Map.of("Name", "WouldTerminate", "Unit", "Count"),
          Map.of("Name", "Exempt", "Unit", "Count"),
          Map.of("Name", "Unknown", "Unit", "Count"),
          Map.of("Name", "UnreadableKeepUntil", "Unit", "Count"),
          Map.of("Name", "UnreadableIdleMinutes", "Unit", "Count"),
          Map.of("Name", "Failed", "Unit", "Count"),
          Map.of("Name", "Left", "Unit", "Count"),
          Map.of("Name", "OldestIdleSeconds", "Unit", "Seconds"),
          Map.of("Name", "SweepDuration", "Unit", "Milliseconds"));

  @AutoClose private final Sweeping sweeping = new Sweeping();
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();

  private void handle(ReaperConfig config, Duration remaining) throws IOException {
    sweeping.handle(config, remaining, answer);
  }

  @Test
  void writesOneRecordForEachDecision() throws IOException {
    sweeping.emr.application("app1").put(idle("s1", 90));

    handle(config("app1"), Duration.ofMinutes(1));

    assertThat(sweeping.lines()).hasSize(2);
    assertThat(sweeping.lines().get(0))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("type", "decision"),
                Map.entry("applicationId", "app1"),
                Map.entry("sessionId", "s1"),
                Map.entry("name", "notebook-s1"),
                Map.entry("createdBy", "arn:aws:sts::123456789012:assumed-role/developers/alice"),
                Map.entry("executionRole", "arn:aws:iam::123456789012:role/spark"),
                Map.entry("state", "IDLE"),
                Map.entry("ageSeconds", 18_000),
                Map.entry("idleSeconds", 5_400),
                Map.entry("rule", "idle"),
                Map.entry("limitSeconds", 3_600),
                Map.entry("outcome", "terminated"),
                Map.entry("reason", "idle for 90 min, limit 60 min")));
  }

  @Test
  void writesTheSweepAsEmbeddedMetrics() throws IOException {
    sweeping
        .emr
        .application("app1")
        .put(idle("s1", 90))
        .put(idle("s2", 80).withTag("keep-until", "2026-11-21T00:00:00Z"))
        .put(idle("s3", 10))
        .put(StubSession.of("s4", "IDLE", ago(300)))
        .put(idle("s5", 70));

    String document =
        """
        {"applications":["app1"],"idleMinutes":60,"keepTag":"keep-until",
         "idleTag":{"key":"idle-minutes","minMinutes":15,"maxMinutes":240},
         "maxTerminations":1,"dryRun":false,
         "rates":{"listSessions":{"perSecond":1,"burst":25},
                  "getSession":{"perSecond":10,"burst":50},
                  "terminateSession":{"perSecond":1,"burst":25}}}""";

    handle(ReaperConfig.parse(document), Duration.ofMinutes(1));

    Map<String, Object> line = sweeping.lines().get(5);
    Map<String, Object> figures =
        Map.ofEntries(
            Map.entry("Scanned", 5),
            Map.entry("Idle", 5),
            Map.entry("Terminated", 1),
            Map.entry("WouldTerminate", 0),
            Map.entry("Exempt", 1),
            Map.entry("Unknown", 1),
            Map.entry("UnreadableKeepUntil", 0),
            Map.entry("UnreadableIdleMinutes", 0),
            Map.entry("Failed", 0),
            Map.entry("Left", 1),
            Map.entry("OldestIdleSeconds", 5_400),
            Map.entry("SweepDuration", 0));
    assertThat(line)
        .containsAllEntriesOf(figures)
        .containsEntry("type", "sweep")
        .containsEntry("Reaper", "my-reaper")
        .containsEntry("kept", 1)
        .containsEntry("gone", 0)
        .containsEntry("leftApplications", List.of())
        .containsEntry("policy", Sweeping.json(document));
    assertThat(line.get("_aws"))
        .isEqualTo(
            Map.of(
                "Timestamp",
                Sweeping.NOW.toEpochMilli(),
                "CloudWatchMetrics",
                List.of(
                    Map.of(
                        "Namespace",
                        "Sparkgate",
                        "Dimensions",
                        List.of(List.of("Reaper")),
                        "Metrics",
                        METRICS))));
    assertThat(Sweeping.json(answer.toString(StandardCharsets.UTF_8))).isEqualTo(figures);
  }

  /** Those that are not due yet too, and in each sweep: else the alarm would come and go. */
  @Test
  void countsInEverySweepTheSessionsWhoseTagsCannotBeRead() throws IOException {
    sweeping
        .emr
        .application("app1")
        .put(idle("s1", 90).withTag("keep-until", "for ever"))
        .put(idle("s2", 10).withTag("keep-until", "2026-11-31").withTag("idle-minutes", "1h"))
        .put(idle("s3", 90).withTag("idle-minutes", "two hours"))
        .put(idle("s4", 10));
    ReaperHandler handler = sweeping.handler(config("app1"));

    sweeping.invoke(handler, Duration.ofMinutes(1), answer);
    sweeping.invoke(handler, Duration.ofMinutes(1), answer);

    assertThat(sweeping.lines().stream().filter(line -> line.get("type").equals("sweep")))
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(line)
                    .containsEntry("UnreadableKeepUntil", 2)
                    .containsEntry("UnreadableIdleMinutes", 2)
                    .containsEntry("Exempt", 1)
                    .containsEntry("Terminated", 0));
    assertThat(sweeping.emr.calls()).noneMatch(Operation.TERMINATE_SESSION);
  }

  @Test
  void failsAfterItReportedWhenAnythingFailed() {
    sweeping.emr.application("app1").put(idle("s1", 90)).put(idle("s2", 80));
    sweeping.emr.always(Operation.TERMINATE_SESSION.of("s1")).fail(Fault.DENIED);

    assertThatThrownBy(() -> handle(config("app1"), Duration.ofMinutes(1)))
        .isInstanceOf(SweepFailed.class)
        .hasMessageStartingWith(
            "1 failed, the first is session s1: AccessDeniedException: User is not authorized")
        .hasMessageNotContaining("\n");

    assertThat(sweeping.lines()).hasSize(3);
    assertThat(sweeping.lines().get(2)).containsEntry("Failed", 1).containsEntry("Terminated", 1);
    assertThat(answer.size()).isPositive();
  }

  @Test
  void callsNobodyWithinTheMarginAndSaysWhatItLeft() throws IOException {
    handle(config("app1", "app2"), Invocation.MARGIN);

    assertThat(sweeping.calls()).isEmpty();
    assertThat(sweeping.lines().get(2))
        .containsEntry("Left", 2)
        .containsEntry("leftApplications", List.of("app1", "app2"));
  }

  @Test
  void failsAtOnceWithoutAConfiguration() {
    assertThatThrownBy(ReaperHandler::new)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("SPARKGATE_REAPER is not set; allowed: ");
  }
}
