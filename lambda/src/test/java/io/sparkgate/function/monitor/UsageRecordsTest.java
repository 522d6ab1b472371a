package io.sparkgate.function.monitor;

import static io.sparkgate.function.monitor.Monitoring.APP;
import static io.sparkgate.function.monitor.Monitoring.USAGE;
import static io.sparkgate.function.monitor.Monitoring.ago;
import static io.sparkgate.function.monitor.Monitoring.in;
import static io.sparkgate.function.monitor.Monitoring.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.Injection;
import io.sparkgate.function.stub.Operation;
import io.sparkgate.function.stub.StubJobRun;
import io.sparkgate.function.stub.StubSession;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class UsageRecordsTest {

  private static final String S1 = "month=2026-11/day=20/session-s1.json";

  @AutoClose private final Monitoring monitoring = new Monitoring(USAGE);

  @Test
  void keepsWhatASessionUsedAsTheServiceSaysIt() {
    monitoring.app.put(
        session("s1", "").startedAt(ago(298)).endedAt(ago(10)).billed("1.234", "4.9", "0.001"));

    monitoring.run();

    assertThat(monitoring.record(S1))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("kind", "session"),
                Map.entry("id", "s1"),
                Map.entry("applicationId", APP),
                Map.entry("name", "notebook-s1"),
                Map.entry("owner", "alice"),
                Map.entry("createdBy", "arn:aws:sts::123456789012:assumed-role/developers/alice"),
                Map.entry("executionRole", "arn:aws:iam::123456789012:role/spark"),
                Map.entry("state", "TERMINATED"),
                Map.entry("createdAt", "2026-11-20T07:00:00Z"),
                Map.entry("startedAt", "2026-11-20T07:02:00Z"),
                Map.entry("endedAt", "2026-11-20T11:50:00Z"),
                Map.entry("readySeconds", 120),
                Map.entry("architecture", "ARM64"),
                Map.entry("vcpuHours", 1.234),
                Map.entry("memoryGbHours", 4.9),
                Map.entry("storageGbHours", 0.001),
                Map.entry("complete", true),
                Map.entry("tags", Map.of("sparkgate:owner", "alice")),
                Map.entry("recordedAt", "2026-11-20T12:00:00Z")));
  }

  @Test
  void keepsAJobRunOfWhoeverStartedIt() {
    monitoring.app.put(new StubJobRun("j1", "SUCCESS", ago(90)).endedAt(ago(30), "8", "32", "0"));

    monitoring.run();

    assertThat(monitoring.record("month=2026-11/day=20/jobrun-j1.json"))
        .containsEntry("kind", "jobrun")
        .containsEntry("owner", "nightly")
        .containsEntry("vcpuHours", 8)
        .containsEntry("complete", true);
  }

  @Test
  void waitsUntilTheFiguresAreFinal() {
    monitoring.app.put(session("s1", "").endedAt(ago(1)).billed("1", "1", "0"));
    monitoring.run();
    assertThat(monitoring.aws.objects()).isEmpty();

    monitoring.app.put(session("s1", "").endedAt(ago(1)).billed("2", "2", "0"));
    monitoring.pass(5);
    monitoring.run();

    assertThat(monitoring.record(S1)).containsEntry("vcpuHours", 2);
  }

  @Test
  void writesOnceWhatItHasWritten() {
    monitoring.app.put(session("s1", "").endedAt(ago(10)).billed("1", "1", "0"));
    monitoring.run();
    monitoring.pass(5);
    monitoring.run();

    assertThat(monitoring.aws.calls()).hasSize(1);
    assertThat(monitoring.emr.calls().stream().filter(Operation.GET_SESSION)).hasSize(1);
  }

  @Test
  void writesOverWhatTheServiceCorrects() {
    monitoring.app.put(session("s1", "").endedAt(ago(10)).billed("1", "1", "0"));
    monitoring.run();
    monitoring.pass(5);
    monitoring.app.put(session("s1", "").endedAt(ago(10)).billed("1.5", "1", "0").updatedAt(in(1)));
    monitoring.run();

    assertThat(monitoring.aws.objects()).hasSize(1);
    assertThat(monitoring.record(S1))
        .containsEntry("vcpuHours", 1.5)
        .containsEntry("recordedAt", "2026-11-20T12:05:00Z");
  }

  @Test
  void keepsTheLastFiguresOfWhatIsGone() {
    monitoring.app.put(session("s1", "BUSY").billed("1", "4", "0"));
    monitoring.run();
    monitoring.app.remove("s1");
    monitoring.pass(5);
    monitoring.run();

    assertThat(monitoring.record(S1))
        .containsEntry("complete", false)
        .containsEntry("state", "BUSY")
        .containsEntry("vcpuHours", 1)
        .containsEntry("endedAt", "2026-11-20T07:00:00Z");
  }

  @Test
  void isNotSureOfWhatWasGoneBeforeItsFiguresWereFinal() {
    monitoring.app.put(session("s1", "").endedAt(ago(1)).billed("1", "4", "0"));
    monitoring.run();
    monitoring.app.remove("s1");
    monitoring.pass(5);
    monitoring.run();

    assertThat(monitoring.record(S1))
        .containsEntry("complete", false)
        .containsEntry("vcpuHours", 1);
  }

  /** Else there would be two records of it, and each would count. */
  @Test
  void writesOneRecordOfWhatIsGoneHoweverOftenThatIsFoundOut() {
    monitoring.app.put(session("s1", "BUSY").updatedAt(ago(20)));
    monitoring.emr.always(Operation.GET_SESSION).fail(Fault.NOT_FOUND);
    monitoring.run();
    monitoring.coldStart();
    monitoring.pass(18 * 60);
    monitoring.run();

    assertThat(monitoring.aws.objects()).containsOnlyKeys("bills/usage/" + S1);
    assertThat(monitoring.record(S1)).containsEntry("endedAt", "2026-11-20T11:40:00Z");
  }

  @Test
  void keepsWhatTheListShowedOfWhatWasGoneBeforeItWasRead() {
    monitoring.app.put(session("s1", "BUSY"));
    monitoring.emr.always(Operation.GET_SESSION).fail(Fault.NOT_FOUND);

    monitoring.run();

    assertThat(monitoring.record(S1))
        .containsEntry("complete", false)
        .containsEntry("vcpuHours", 0)
        .containsEntry("owner", "alice");
  }

  @Test
  void givesUpOnFiguresThatNeverCome() {
    monitoring.app.put(session("s1", "").endedAt(ago(10)));
    monitoring.run();
    assertThat(monitoring.aws.objects()).isEmpty();
    monitoring.pass(21);
    monitoring.run();

    assertThat(monitoring.record(S1))
        .containsEntry("complete", false)
        .containsEntry("vcpuHours", 0);
  }

  @Test
  void keepsWhatEndedAtMidnightOnTheDayItEnded() {
    monitoring.app.put(
        StubSession.of("s1", "", Instant.parse("2026-11-30T20:00:00Z"))
            .endedAt(Instant.parse("2026-12-01T00:00:00Z"))
            .billed("1", "1", "0"));
    monitoring.app.put(
        StubSession.of("s2", "", Instant.parse("2026-11-30T20:00:00Z"))
            .endedAt(Instant.parse("2026-11-30T23:59:59Z"))
            .billed("1", "1", "0"));
    monitoring.at(Instant.parse("2026-12-01T00:03:00Z"));

    monitoring.run();

    assertThat(monitoring.aws.objects())
        .containsOnlyKeys(
            "bills/usage/month=2026-12/day=01/session-s1.json",
            "bills/usage/month=2026-11/day=30/session-s2.json");
  }

  @Test
  void saysWhereS3RefusesAndTriesAgainInTheNextPass() {
    monitoring.app.put(session("s1", "").endedAt(ago(10)).billed("1", "1", "0"));
    monitoring.app.put(session("s2", "").endedAt(ago(10)).billed("1", "1", "0"));
    Injection refusals = monitoring.aws.always(Operation.PUT_OBJECT);
    refusals.fail(new Fault(403, "AccessDenied", "No"));

    assertThatThrownBy(monitoring::run)
        .isInstanceOf(MonitorFailed.class)
        .hasMessageStartingWith("1 failed, the first is usage/month=2026-11/day=20/session-")
        .hasMessageContaining(": AccessDenied: No (s3://bills/usage/month=2026-11/day=20/session-")
        .hasMessageEndingWith(
            "allow the function's role s3:PutObject on it, and its use of the" + " bucket's key");
    refusals.lift();
    monitoring.run();

    assertThat(monitoring.aws.objects()).hasSize(2);
  }

  @Test
  void remembersForDaysWhatS3Refuses() {
    monitoring.app.put(session("s1", "").endedAt(ago(10)).billed("1", "1", "0"));
    Injection refusals = monitoring.aws.always(Operation.PUT_OBJECT);
    refusals.fail(new Fault(403, "AccessDenied", "No"));
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(monitoring::run).isInstanceOf(MonitorFailed.class);
      monitoring.pass(24 * 60);
    }
    refusals.lift();
    monitoring.run();

    assertThat(monitoring.record(S1)).containsEntry("complete", true);
  }

  @Test
  void writesTheOthersWhereOneIsThrottled() {
    // More than are written at once.
    for (int i = 0; i < 40; i++) {
      monitoring.app.put(session("s" + i, "").endedAt(ago(10)).billed("1", "1", "0"));
    }
    monitoring.aws.next(1, Operation.PUT_OBJECT).fail(new Fault(503, "SlowDown", "Slowly"));

    assertThat(monitoring.run()).containsEntry("Records", 39).containsEntry("Left", 1);

    assertThat(monitoring.aws.objects()).hasSize(39);
  }

  @Test
  void hasNothingToWaitForOfWhatNeverRan() {
    monitoring.app.put(
        StubSession.of("s1", "", ago(20)).startedAt(null).endedAt(ago(10)).withState("FAILED"));

    monitoring.run();

    assertThat(monitoring.record(S1))
        .containsEntry("complete", true)
        .containsEntry("vcpuHours", 0)
        .doesNotContainKeys("startedAt", "readySeconds");
  }
}
