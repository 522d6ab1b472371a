package io.sparkgate.function.monitor;

import static io.sparkgate.function.monitor.Monitoring.BUS;
import static io.sparkgate.function.monitor.Monitoring.POLICY;
import static io.sparkgate.function.monitor.Monitoring.PRICES;
import static io.sparkgate.function.monitor.Monitoring.USAGE;
import static io.sparkgate.function.monitor.Monitoring.ago;
import static io.sparkgate.function.monitor.Monitoring.idle;
import static io.sparkgate.function.monitor.Monitoring.in;
import static io.sparkgate.function.monitor.Monitoring.metrics;
import static io.sparkgate.function.monitor.Monitoring.session;
import static io.sparkgate.function.stub.Operation.GET_SESSION;
import static io.sparkgate.function.stub.Operation.LIST_JOB_RUNS;
import static io.sparkgate.function.stub.Operation.LIST_SESSIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.Invocation;
import io.sparkgate.function.stub.Call;
import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.Operation;
import io.sparkgate.function.stub.StubJobRun;
import io.sparkgate.function.stub.StubSession;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MonitorFaultTest {

  @AutoClose private final Monitoring monitoring = new Monitoring(BUS, USAGE, PRICES, POLICY);

  private void started() {
    monitoring.app.put(StubSession.of("s1", "STARTED", ago(1)));
  }

  @ParameterizedTest
  @EnumSource(names = {"LIST_SESSIONS", "LIST_JOB_RUNS", "GET_SESSION"})
  void losesNothingAndCountsNothingTwiceOverAPassThatFailed(Operation operation) {
    started();
    monitoring.emr.next(operation == LIST_JOB_RUNS ? 2 : 1, operation).fail(Fault.DENIED);

    assertThatThrownBy(monitoring::run)
        .isInstanceOf(MonitorFailed.class)
        .hasMessageContaining("AccessDeniedException");
    List<Map<String, Object>> lines = monitoring.lines();
    assertThat(metrics(lines).getOrDefault("SessionStarts", 0)).isEqualTo(0);
    monitoring.pass(5);
    monitoring.run();
    assertThat(metrics(monitoring.lines()))
        .containsEntry("SessionStarts", 1)
        .containsEntry("ReadySeconds", List.of(0));
    monitoring.pass(5);
    monitoring.run();

    assertThat(metrics(monitoring.lines())).containsEntry("SessionStarts", 0);
    assertThat(monitoring.eventIds()).containsExactly("s1:started", "s1:ready");
  }

  @Test
  void asksAgainInTheSamePassWhatTheServiceThrottles() {
    started();
    monitoring.emr.next(2, LIST_SESSIONS).fail(Fault.THROTTLED);
    monitoring.emr.next(2, GET_SESSION).fail(Fault.THROTTLED);
    monitoring.emr.next(2, Operation.GET_APPLICATION).fail(Fault.THROTTLED);

    Map<String, Object> answer = monitoring.run();

    assertThat(answer).containsEntry("Read", 1).containsEntry("Failed", 0).containsEntry("Left", 0);
  }

  @Test
  void failsWhereItMayNotReadTheApplicationAndTellsTheRest() {
    started();
    Fault twoLines = new Fault(403, "AccessDeniedException", "No.\nNever.");
    monitoring.emr.always(Operation.GET_APPLICATION).fail(twoLines);

    assertThatThrownBy(monitoring::run)
        .isInstanceOf(MonitorFailed.class)
        .hasMessageStartingWith("1 failed, the first is application 00app: AccessDeniedException: ")
        .hasMessageContaining("No. Never.");

    assertThat(monitoring.lines())
        .anySatisfy(line -> assertThat(line).containsEntry("SessionsLive", 1))
        .anySatisfy(
            line ->
                assertThat(line)
                    .containsEntry("applicationId", Monitoring.APP)
                    .containsEntry("outcome", "failed")
                    .containsKey("error"));
  }

  @Test
  void leavesToTheNextPassWhatItHasNoTimeFor() {
    started();

    Map<String, Object> answer = monitoring.run(Invocation.MARGIN);
    assertThat(answer).containsEntry("Read", 0).containsEntry("Failed", 0);
    assertThat((Integer) answer.get("Left")).isPositive();
    assertThat(monitoring.emr.calls()).isEmpty();
    monitoring.pass(5);
    monitoring.run();

    assertThat(monitoring.eventIds()).containsExactly("s1:started", "s1:ready");
  }

  @Test
  void tellsNothingTwiceWhenItIsInvokedTwice() {
    started();
    monitoring.app.put(session("s2", "").endedAt(ago(4)).billed("1", "2", "3"));
    monitoring.app.put(idle("s3", 55));
    monitoring.run();
    int objects = monitoring.aws.objects().size();
    List<Object> events = monitoring.eventIds();
    monitoring.lines();

    monitoring.run();

    assertThat(monitoring.aws.objects()).hasSize(objects);
    assertThat(monitoring.eventIds()).isEqualTo(events);
    assertThat(metrics(monitoring.lines()))
        .containsEntry("SessionStarts", 0)
        .containsEntry("SessionEnds", 0)
        .doesNotContainKeys("ReadySeconds", "VcpuHours", "Dollars");
  }

  @Test
  void writesTheSameRecordsAgainAfterAColdStartAndTellsNoOldEvent() {
    monitoring.app.put(StubSession.of("s1", "STARTED", ago(1)));
    monitoring.app.put(session("s2", "").endedAt(ago(1)).billed("1", "2", "3"));
    monitoring.app.put(idle("s3", 52));
    monitoring.run();
    monitoring.pass(5);
    monitoring.run();
    Map<String, String> before = monitoring.aws.objects();
    List<Object> events = monitoring.eventIds();
    monitoring.lines();

    monitoring.coldStart();
    monitoring.pass(20);
    monitoring.run();

    assertThat(monitoring.aws.objects()).hasSize(1);
    assertThat(withoutTime(monitoring.aws.objects())).isEqualTo(withoutTime(before));
    assertThat(monitoring.eventIds())
        .isEqualTo(events)
        .containsExactlyInAnyOrder("s1:started", "s1:ready", "s3:idleWarning:2026-11-20T12:08:00Z");
    assertThat(metrics(monitoring.lines()))
        .containsEntry("SessionStarts", 0)
        .containsEntry("SessionEnds", 0)
        .doesNotContainKeys("ReadySeconds", "VcpuHours");
  }

  /** Whoever gets them twice tells it by the id. */
  @Test
  void tellsAgainAfterAColdStartWhatHappenedAMomentAgo() {
    started();
    monitoring.run();
    monitoring.coldStart();
    monitoring.pass(5);
    monitoring.lines();
    monitoring.run();

    assertThat(monitoring.eventIds())
        .containsExactly("s1:started", "s1:ready", "s1:started", "s1:ready");
    assertThat(monitoring.events().get(2)).isEqualTo(monitoring.events().get(0));
    assertThat(metrics(monitoring.lines())).containsEntry("SessionStarts", 0);
  }

  /** Nobody counted it: the process before saw the end when the figures were not final yet. */
  @Test
  void countsAfterAColdStartWhatBecameFinalSinceThePassBefore() {
    monitoring.app.put(session("s1", "").endedAt(ago(1)).billed("1", "2", "3"));
    monitoring.run();
    monitoring.lines();
    monitoring.coldStart();
    monitoring.pass(5);
    monitoring.run();

    assertThat(metrics(monitoring.lines()))
        .containsEntry("VcpuHours", 1)
        .containsEntry("SessionEnds", 0);
  }

  /** The service's clock is so many minutes before ours. */
  @ParameterizedTest
  @ValueSource(ints = {-7, 7})
  void bearsAClockThatIsOff(int skew) {
    monitoring.run();
    monitoring.pass(15);
    Instant service = in(15 + skew);
    monitoring.app.put(
        StubSession.of("s1", "STARTED", service.minusSeconds(60)).startedAt(service));
    monitoring.run();
    assertThat(metrics(monitoring.lines()))
        .containsEntry("SessionStarts", 1)
        .containsEntry("ReadySeconds", List.of(60))
        .containsEntry("OldestIdleSeconds", 0);

    monitoring.app.put(
        StubSession.of("s1", "", service.minusSeconds(60))
            .startedAt(service)
            .endedAt(service.plusSeconds(240))
            .billed("1", "2", "3"));
    for (int i = 0; i < 4; i++) {
      monitoring.pass(5);
      monitoring.run();
    }

    List<Map<String, Object>> lines = monitoring.lines();
    assertThat(lines.stream().filter(line -> line.containsKey("VcpuHours"))).hasSize(1);
    assertThat(lines.stream().mapToInt(line -> (int) line.getOrDefault("SessionEnds", 0)).sum())
        .isEqualTo(1);
    assertThat(monitoring.record("month=2026-11/day=20/session-s1.json"))
        .containsEntry("complete", true)
        .containsEntry("vcpuHours", 1);
    assertThat(monitoring.eventIds()).containsExactly("s1:started", "s1:ready");
  }

  /** Records hold hours, and whoever reads them has the prices. */
  @Test
  void keepsNoDollarsSoThatAChangeOfPricesChangesNoRecord() {
    monitoring.app.put(session("s1", "").endedAt(ago(10)).billed("1", "2", "3"));
    monitoring.run();
    Map<String, String> before = monitoring.aws.objects();

    monitoring.configure(USAGE, PRICES.replace("0.05,", "0.06,"));
    monitoring.coldStart();
    monitoring.run();

    assertThat(withoutTime(monitoring.aws.objects())).isEqualTo(withoutTime(before));
    assertThat(before.values())
        .noneMatch(record -> record.toLowerCase(Locale.ROOT).contains("dollar"));
  }

  @Test
  void goesOnWithOneApplicationWhereAnotherFails() {
    monitoring.configure(BUS, "\"mostOwners\":1");
    started();
    monitoring.emr.application("11app").put(StubSession.of("s9", "BUSY", ago(1)));
    monitoring.addApplication("11app");
    Predicate<Call> ofApp = call -> call.application().equals(Monitoring.APP);
    monitoring.emr.always(ofApp).fail(Fault.DENIED);

    assertThatThrownBy(monitoring::run)
        .isInstanceOf(MonitorFailed.class)
        .hasMessageContaining("application 00app: AccessDeniedException");

    assertThat(metrics(monitoring.lines()))
        .containsEntry("ApplicationId", "11app")
        .containsEntry("SessionsBusy", 1);
    assertThat(monitoring.eventIds()).containsExactly("s9:started", "s9:ready");
  }

  @Test
  void findsAJobRunThatEndedLongAfterItWasCreated() {
    monitoring.app.put(StubJobRun.streaming("j1", "RUNNING", ago(60 * 24 * 9)));
    monitoring.run();
    monitoring.pass(5);
    monitoring.app.put(
        StubJobRun.streaming("j1", "RUNNING", ago(60 * 24 * 9)).endedAt(in(1), "900", "1800", "0"));
    monitoring.run();

    assertThat(monitoring.record("month=2026-11/day=20/jobrun-j1.json"))
        .containsEntry("vcpuHours", 900)
        .containsEntry("complete", true);
  }

  private static Map<String, String> withoutTime(Map<String, String> objects) {
    objects.replaceAll((key, object) -> object.replaceAll("\"recordedAt\":\"[^\"]*\"", ""));
    return objects;
  }
}
