package io.sparkgate.function.monitor;

import static io.sparkgate.function.monitor.Monitoring.APP;
import static io.sparkgate.function.monitor.Monitoring.USAGE;
import static io.sparkgate.function.monitor.Monitoring.ago;
import static io.sparkgate.function.monitor.Monitoring.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.Operation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is kept of pools that wait: a record for each hour. */
class PoolRecordsTest {

  private static final String HOUR = "month=2026-11/day=20/pool-00app-20261120T12.json";

  @AutoClose private final Monitoring monitoring = new Monitoring(USAGE);

  @Test
  void addsASlotOfAPoolOnce() {
    monitoring.app.initialCapacity("Driver", 3, "4 vCPU", "16 GB", "60 GB");

    monitoring.run();
    monitoring.run();
    monitoring.coldStart();
    monitoring.run();
    assertThat(monitoring.record(HOUR)).containsEntry("vcpuHours", 1);

    monitoring.pass(6);
    monitoring.run();

    assertThat(monitoring.record(HOUR))
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
    monitoring.run();
    try (Monitoring other = new Monitoring(USAGE)) {
      other.app.initialCapacity("Driver", 1, "4 vCPU", "16 GB", "20 GB");
      other.aws.put("bills/usage/" + HOUR, monitoring.aws.objects().get("bills/usage/" + HOUR));
      other.pass(5);
      other.run();
      monitoring.aws.put("bills/usage/" + HOUR, other.aws.objects().get("bills/usage/" + HOUR));
    }

    monitoring.pass(10);
    monitoring.run();

    assertThat((List<?>) monitoring.record(HOUR).get("slots")).hasSize(3);
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

    Map<String, Object> record = monitoring.record(HOUR);
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

  @Test
  void isRecordedWithAllThatItsWorkersHave() {
    monitoring.app.initialCapacity("Driver", 3, "4 vCPU", "16 GB", "60 GB");
    monitoring.pass(2);
    monitoring.run();
    monitoring.pass(5);
    monitoring.run();

    assertThat(monitoring.record(HOUR))
        .containsEntry("startedAt", "2026-11-20T12:00:00Z")
        .containsEntry("endedAt", "2026-11-20T13:00:00Z")
        .containsEntry("recordedAt", "2026-11-20T12:07:00Z")
        .containsEntry("vcpuHours", 2)
        .containsEntry("memoryGbHours", 8)
        .containsEntry("storageGbHours", 20);
  }

  /** Who could not be looked at may have workers of it. */
  @Test
  void isNotRecordedWhereNotAllWasLookedAt() {
    monitoring.app.put(session("s1", "BUSY"));
    monitoring.app.initialCapacity("Driver", 2, "4 vCPU", "16 GB", "60 GB");
    monitoring.emr.next(1, Operation.GET_SESSION).fail(Fault.DENIED);

    assertThatThrownBy(monitoring::run).isInstanceOf(MonitorFailed.class);

    assertThat(monitoring.aws.objects()).isEmpty();
  }

  /** As they need other permissions: to read what is there, which records do not. */
  @Test
  void isRefusedApartFromOtherRecords() {
    monitoring.app.put(session("s1", "").endedAt(ago(10)).billed("1", "1", "0"));
    monitoring.app.initialCapacity("Driver", 2, "4 vCPU", "16 GB", "60 GB");
    monitoring.aws.always(Operation.GET_OBJECT).fail(new Fault(403, "AccessDenied", "No"));

    assertThatThrownBy(monitoring::run)
        .isInstanceOf(MonitorFailed.class)
        .hasMessageStartingWith(
            "1 failed, the first is the pool of application 00app: AccessDenied");

    assertThat(monitoring.aws.objects())
        .containsOnlyKeys("bills/usage/month=2026-11/day=20/session-s1.json");
    monitoring.coldStart();
    monitoring.aws.always(Operation.PUT_OBJECT).fail(new Fault(403, "AccessDenied", "No"));

    assertThatThrownBy(monitoring::run).hasMessageStartingWith("2 failed, the first is ");
  }
}
