package io.sparkgate.function.monitor;

import static io.sparkgate.function.monitor.Monitoring.APP;
import static io.sparkgate.function.monitor.Monitoring.NOW;
import static io.sparkgate.function.monitor.Monitoring.PRICES;
import static io.sparkgate.function.monitor.Monitoring.ago;
import static io.sparkgate.function.monitor.Monitoring.idle;
import static io.sparkgate.function.monitor.Monitoring.in;
import static io.sparkgate.function.monitor.Monitoring.metrics;
import static io.sparkgate.function.monitor.Monitoring.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.Operation;
import io.sparkgate.function.stub.StubJobRun;
import io.sparkgate.function.stub.StubSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class MonitorMetricsTest {

  @AutoClose private final Monitoring monitoring = new Monitoring(PRICES);

  @Test
  void saysNothingWhileNobodyIsThere() {
    Map<String, Object> answer = monitoring.run();

    assertThat(monitoring.lines()).isEmpty();
    assertThat(answer).containsEntry("Applications", 1).containsEntry("Scanned", 0);
  }

  @Test
  void countsSessionsByState() {
    monitoring
        .app
        .put(idle("s1", 20))
        .put(idle("s2", 3))
        .put(session("s3", "BUSY").updatedAt(ago(40)))
        .put(session("s4", "STARTED"))
        .put(StubSession.of("s5", "SUBMITTED", ago(1)).startedAt(null))
        .put(StubSession.of("s6", "STARTING", ago(30)).startedAt(null))
        .put(session("s7", "TERMINATED").endedAt(ago(200)));

    monitoring.run();

    assertThat(metrics(monitoring.lines()))
        .containsEntry("ApplicationId", APP)
        .containsEntry("SessionsLive", 6)
        .containsEntry("SessionsIdle", 2)
        .containsEntry("SessionsBusy", 1)
        .containsEntry("SessionsReady", 1)
        .containsEntry("SessionsStarting", 2)
        .containsEntry("OldestIdleSeconds", 1200)
        .containsEntry("LongestBusySeconds", 2400)
        .containsEntry("BusyPercent", 16.666667)
        .containsEntry("IdleMinutes", 8)
        // Two drivers of 4 vCPU and 16 GB.
        .containsEntry("IdleDollarsPerHour", 0.56)
        .containsEntry("SessionStarts", 1)
        .containsEntry("SessionEnds", 0);
  }

  @Test
  void followsTheEmbeddedMetricFormat() {
    monitoring.app.put(session("s1", "BUSY"));

    monitoring.run();

    Map<String, Object> line = monitoring.lines().get(0);
    Map<?, ?> aws = (Map<?, ?>) line.get("_aws");
    assertThat(aws.get("Timestamp")).isEqualTo(NOW.toEpochMilli());
    Map<?, ?> directive = (Map<?, ?>) ((List<?>) aws.get("CloudWatchMetrics")).get(0);
    assertThat(directive.get("Namespace")).isEqualTo("Sparkgate");
    assertThat(directive.get("Dimensions")).isEqualTo(List.of(List.of("ApplicationId")));
    assertThat(new ArrayList<Object>((List<?>) directive.get("Metrics")))
        .contains(Map.of("Name", "SessionsBusy", "Unit", "Count"))
        .contains(Map.of("Name", "LongestBusySeconds", "Unit", "Seconds"))
        .contains(Map.of("Name", "BusyPercent", "Unit", "Percent"))
        .contains(Map.of("Name", "IdleDollarsPerHour", "Unit", "None"))
        .allSatisfy(
            metric -> assertThat(line).containsKey((String) ((Map<?, ?>) metric).get("Name")));
  }

  @Test
  void countsAStartAReadinessAFailureAndAnEndOnce() {
    monitoring.app.put(StubSession.of("s1", "SUBMITTED", ago(1)).startedAt(null));
    monitoring.run();
    assertThat(metrics(monitoring.lines()))
        .containsEntry("SessionStarts", 1)
        .doesNotContainKey("ReadySeconds");

    monitoring.pass(5);
    monitoring.app.put(StubSession.of("s1", "STARTED", ago(1)).startedAt(in(1)).updatedAt(in(1)));
    monitoring.run();
    assertThat(metrics(monitoring.lines()))
        .containsEntry("SessionStarts", 0)
        .containsEntry("ReadySeconds", List.of(120));

    monitoring.pass(5);
    monitoring.app.put(
        StubSession.of("s1", "STARTED", ago(1))
            .startedAt(in(1))
            .endedAt(in(6))
            .withState("FAILED"));
    monitoring.run();
    assertThat(metrics(monitoring.lines()))
        .containsEntry("SessionsLive", 0)
        .containsEntry("SessionFailures", 1)
        .containsEntry("SessionEnds", 1);

    monitoring.pass(5);
    monitoring.run();
    assertThat(monitoring.lines()).isEmpty();
  }

  /** Of a pass that came late, all of the time since the one before; of a clock set back, none. */
  @Test
  void countsTheMinutesThatWereIdleSinceThePassBefore() {
    monitoring.app.put(idle("s1", 20));
    monitoring.run();
    monitoring.lines();
    monitoring.pass(12);
    monitoring.run();
    assertThat(metrics(monitoring.lines())).containsEntry("IdleMinutes", 12);

    monitoring.at(in(2));
    monitoring.run();

    assertThat(metrics(monitoring.lines())).containsEntry("IdleMinutes", 5);
  }

  @Test
  void countsOfJobRunsOnlyWhatTheyUsed() {
    monitoring.app.put(
        new StubJobRun("j1", "", ago(4))
            .with("startedAt", ago(4).getEpochSecond())
            .endedAt(ago(3), "8", "32", "0"));
    monitoring.app.put(
        new StubJobRun("j2", "", ago(4)).endedAt(ago(3), "1", "4", "0").withState("FAILED"));

    monitoring.run();

    assertThat(metrics(monitoring.lines()))
        .containsEntry("VcpuHours", 9)
        .containsEntry("SessionStarts", 0)
        .containsEntry("SessionEnds", 0)
        .containsEntry("SessionFailures", 0)
        .doesNotContainKey("ReadySeconds");
  }

  @Test
  void countsTheEndOfWhatIsGoneOnce() {
    monitoring.app.put(session("s1", "BUSY").billed("2", "8", "0"));
    monitoring.run();
    monitoring.lines();
    monitoring.app.remove("s1");
    monitoring.pass(5);
    monitoring.run();
    assertThat(metrics(monitoring.lines()))
        .containsEntry("SessionsLive", 0)
        .containsEntry("SessionEnds", 1)
        .containsEntry("SessionFailures", 0)
        .containsEntry("VcpuHours", 2);

    monitoring.pass(5);
    monitoring.run();

    assertThat(monitoring.lines()).isEmpty();
  }

  @Test
  void tellsWhatWasBilledOfWhatEnded() {
    monitoring.app.put(session("s1", "BUSY"));
    monitoring.run();
    monitoring.lines();
    monitoring.pass(5);
    monitoring.app.put(session("s1", "BUSY").endedAt(in(1)).billed("2.5", "10", "3"));
    monitoring.run();

    assertThat(metrics(monitoring.lines()))
        .containsEntry("VcpuHours", 2.5)
        .containsEntry("MemoryGbHours", 10)
        .containsEntry("Dollars", 0.1753);
  }

  /** CloudWatch takes a hundred values a metric and line. */
  @Test
  void splitsTheValuesOfOneMetric() {
    for (int i = 0; i < 130; i++) {
      monitoring.app.put(StubSession.of("s" + i, "STARTED", ago(1)));
    }

    monitoring.run();

    List<Map<String, Object>> lines =
        monitoring.lines().stream().filter(line -> line.containsKey("ReadySeconds")).toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).containsKey("SessionsLive");
    assertThat((List<?>) lines.get(0).get("ReadySeconds")).hasSize(100);
    assertThat((List<?>) lines.get(1).get("ReadySeconds")).hasSize(30);
    assertThat(lines.get(1)).doesNotContainKey("SessionsLive");
  }

  @Test
  void readsOnlyWhatChanged() {
    monitoring.app.put(idle("s1", 5)).put(session("s2", "BUSY"));
    monitoring.run();
    monitoring.pass(5);
    monitoring.app.put(session("s2", "IDLE").idleSince(in(1)).updatedAt(in(1)));

    Map<String, Object> answer = monitoring.run();

    assertThat(answer).containsEntry("Scanned", 2).containsEntry("Read", 1);
    assertThat(monitoring.emr.calls().stream().filter(Operation.GET_SESSION))
        .extracting(Object::toString)
        .endsWith("GET_SESSION s2");
  }

  @Test
  void tellsTheFreeAddressesOfSubnetsWhileSomebodyIsThere() {
    monitoring.configure("\"subnets\":[\"subnet-1\"]");
    monitoring.aws.subnet("subnet-1", 17);

    monitoring.run();
    assertThat(monitoring.aws.calls()).isEmpty();

    monitoring.app.put(idle("s1", 1));
    monitoring.run();
    assertThat(metrics(monitoring.lines()))
        .containsEntry("SubnetId", "subnet-1")
        .containsEntry("FreeAddresses", 17);
  }

  /** They take addresses as sessions do. */
  @Test
  void tellsTheFreeAddressesWhereOnlyJobRunsAreThere() {
    monitoring.configure("\"subnets\":[\"subnet-1\"]");
    monitoring.aws.subnet("subnet-1", 17);
    monitoring.app.put(new StubJobRun("j1", "RUNNING", ago(90)));

    monitoring.run();

    assertThat(metrics(monitoring.lines()))
        .containsEntry("FreeAddresses", 17)
        .doesNotContainKey("SessionsLive");
  }

  @Test
  void tellsTheFreeAddressesWhereSomebodyIsInAnyOfItsApplications() {
    monitoring.configure("\"subnets\":[\"subnet-1\"]");
    monitoring.addApplication("11app");
    monitoring.emr.application("11app");
    monitoring.aws.subnet("subnet-1", 17);
    monitoring.app.put(idle("s1", 1));

    monitoring.run();

    assertThat(metrics(monitoring.lines())).containsEntry("FreeAddresses", 17);
  }

  @Test
  void failsWhereItMayNotAskForFreeAddressesAndTellsTheRest() {
    monitoring.configure(Monitoring.BUS, "\"subnets\":[\"subnet-1\"]");
    monitoring.aws.always(Operation.DESCRIBE_SUBNETS).fail(Fault.DENIED);
    monitoring.app.put(StubSession.of("s1", "STARTED", ago(1)));

    assertThatThrownBy(monitoring::run)
        .isInstanceOf(MonitorFailed.class)
        .hasMessageStartingWith("1 failed, the first is free addresses: AccessDeniedException");

    assertThat(metrics(monitoring.lines())).containsEntry("SessionsLive", 1);
    assertThat(monitoring.eventIds()).containsExactly("s1:started", "s1:ready");
  }

  @Test
  void tellsNoFiguresWhereNotAllWasLookedAt() {
    monitoring.app.initialCapacity("DRIVER", 2, "4 vCPU", "16 GB", "20 GB");
    monitoring.app.put(idle("s1", 1)).put(idle("s2", 1));
    monitoring.emr.next(1, Operation.GET_SESSION.of("s2")).fail(Fault.DENIED);

    assertThatThrownBy(monitoring::run).isInstanceOf(MonitorFailed.class);
    assertThat(metrics(monitoring.lines()))
        .doesNotContainKeys("SessionsLive", "PoolIdleDollarsPerHour");
    monitoring.run();

    assertThat(metrics(monitoring.lines())).containsEntry("SessionsLive", 2);
  }
}
