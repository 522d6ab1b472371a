package io.sparkgate.function.monitor;

import static io.sparkgate.function.monitor.Monitoring.APP;
import static io.sparkgate.function.monitor.Monitoring.USAGE;
import static io.sparkgate.function.monitor.Monitoring.ago;
import static io.sparkgate.function.monitor.Monitoring.in;
import static io.sparkgate.function.monitor.Monitoring.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.Injection;
import io.sparkgate.function.stub.Operation;
import io.sparkgate.function.stub.StubJobRun;
import io.sparkgate.function.stub.StubSession;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
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
  void addsASlotOfAPoolOnce() {
    monitoring.app.initialCapacity("Driver", 3, "4 vCPU", "16 GB", "60 GB");
    String key = "month=2026-11/day=20/pool-00app-20261120T12.json";

    monitoring.run();
    monitoring.run();
    monitoring.coldStart();
    monitoring.run();
    assertThat(monitoring.record(key)).containsEntry("vcpuHours", 1);

    monitoring.pass(6);
    monitoring.run();

    assertThat(monitoring.record(key))
        .containsEntry("kind", "pool")
        .containsEntry("id", "00app-20261120T12")
        .containsEntry("applicationId", APP)
        .containsEntry("architecture", "ARM64")
        .containsEntry("slots", List.of("2026-11-20T12:00:00Z", "2026-11-20T12:05:00Z"))
        .containsEntry("vcpuHours", 2)
        .containsEntry("estimated", true)
        .containsEntry("complete", false);
  }

  /** As two environments may that share an application and a bucket. */
  @Test
  void keepsWhatAnotherAddedToAnHour() throws IOException {
    monitoring.app.initialCapacity("Driver", 1, "4 vCPU", "16 GB", "20 GB");
    String key = "month=2026-11/day=20/pool-00app-20261120T12.json";
    monitoring.run();
    try (Monitoring other = new Monitoring(USAGE)) {
      other.app.initialCapacity("Driver", 1, "4 vCPU", "16 GB", "20 GB");
      other.aws.put("bills/usage/" + key, monitoring.aws.objects().get("bills/usage/" + key));
      other.pass(5);
      other.run();
      monitoring.aws.put("bills/usage/" + key, other.aws.objects().get("bills/usage/" + key));
    }

    monitoring.pass(10);
    monitoring.run();

    assertThat((List<?>) monitoring.record(key).get("slots")).hasSize(3);
  }

  @Test
  void fillsAnHourAndNoMoreWhateverTheStep() {
    monitoring.configure(USAGE, "\"mostOwners\":1");
    monitoring.every(7);
    monitoring.app.initialCapacity("Executor", 1, "4 vCPU", "16 GB", "20 GB");
    for (int i = 0; i < 60; i++) {
      monitoring.run();
      monitoring.pass(1);
    }

    Map<String, Object> record =
        monitoring.record("month=2026-11/day=20/pool-00app-20261120T12.json");
    assertThat((double) record.get("vcpuHours")).isCloseTo(4, within(1e-8));
  }

  @Test
  void keepsNothingOfAPoolThatIsStoppedOrTaken() {
    monitoring.app.initialCapacity("Driver", 1, "4 vCPU", "16 GB", "20 GB").state("STOPPED");
    monitoring.run();
    monitoring.app.state("STARTED").put(session("s1", "BUSY"));
    monitoring.run();

    assertThat(monitoring.aws.objects()).isEmpty();
  }
}
