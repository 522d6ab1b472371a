package io.sparkgate.function.monitor;

import static io.sparkgate.function.monitor.Monitoring.BUS;
import static io.sparkgate.function.monitor.Monitoring.USAGE;
import static io.sparkgate.function.stub.Operation.GET_SESSION;
import static io.sparkgate.function.stub.Operation.LIST_JOB_RUNS;
import static io.sparkgate.function.stub.Operation.LIST_SESSIONS;
import static io.sparkgate.function.stub.Operation.PUT_OBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.StubJobRun;
import io.sparkgate.function.stub.StubSession;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A month of work with all that goes wrong in one, and a bill that adds up. */
class MonthTest {

  private static final Instant BEGIN = Instant.parse("2026-10-31T00:00:00Z");
  private static final Instant END = Instant.parse("2026-12-02T12:00:00Z");
  private static final Duration STEP = Duration.ofHours(1);

  private record Work(String id, Instant created, Instant ends, boolean session) {}

  @AutoClose private final Monitoring monitoring = new Monitoring(USAGE, BUS);
  private final Random random = new Random(18);
  private final List<Work> running = new ArrayList<>();
  private final Map<String, BigDecimal> ledger = new TreeMap<>();
  private int works;

  @Test
  void sumsToTheLastDigitToWhatTheServiceBilled() throws IOException {
    for (Instant now = BEGIN; now.isBefore(END); now = now.plus(STEP)) {
      if (now.isBefore(END.minus(Duration.ofHours(30))) && random.nextInt(4) == 0) {
        start(now);
      }
      end(now);
      somethingGoesWrong();
      monitoring.at(now);
      try {
        monitoring.run();
      } catch (MonitorFailed e) {
        // The next pass makes up for it.
      }
    }

    assertThat(running).isEmpty();
    assertThat(billed()).isEqualTo(ledger).hasSize(3);
    assertThat(monitoring.aws.objects()).hasSize(works);
  }

  private void start(Instant now) {
    works++;
    Instant ends = now.plus(Duration.ofMinutes(5 + random.nextInt(23 * 60)));
    Work work = new Work("w" + works, now, ends, random.nextInt(3) > 0);
    running.add(work);
    if (work.session()) {
      monitoring.app.put(StubSession.of(work.id(), "BUSY", now).billed(figure(), figure(), "0"));
    } else {
      monitoring.app.put(new StubJobRun(work.id(), "RUNNING", now));
    }
  }

  private void end(Instant now) {
    for (Work work : List.copyOf(running)) {
      if (work.ends().isAfter(now)) {
        continue;
      }
      running.remove(work);
      String vcpu = figure();
      ledger.merge(work.ends().toString().substring(0, 7), new BigDecimal(vcpu), BigDecimal::add);
      if (work.session()) {
        monitoring.app.put(
            StubSession.of(work.id(), "", work.created())
                .endedAt(work.ends())
                .billed(vcpu, "1", "0"));
      } else {
        monitoring.app.put(
            new StubJobRun(work.id(), "", work.created()).endedAt(work.ends(), vcpu, "1", "0"));
      }
    }
  }

  private String figure() {
    return "%d.%06d".formatted(random.nextInt(90), random.nextInt(1_000_000));
  }

  private void somethingGoesWrong() {
    switch (random.nextInt(20)) {
      case 0 -> monitoring.coldStart();
      case 1 -> monitoring.emr.next(1, LIST_SESSIONS).fail(Fault.DENIED);
      case 2 -> monitoring.emr.next(1, LIST_JOB_RUNS).fail(Fault.INVALID);
      case 3 -> monitoring.emr.next(1, GET_SESSION).fail(Fault.THROTTLED);
      case 4 -> monitoring.emr.next(2, GET_SESSION).fail(Fault.DENIED);
      case 5 -> monitoring.aws.next(1, PUT_OBJECT).fail(new Fault(403, "AccessDenied", "No"));
      case 6 -> monitoring.aws.next(1, PUT_OBJECT).fail(new Fault(503, "SlowDown", "Slowly"));
      default -> {
        // Nothing.
      }
    }
  }

  /** By month, as whoever reads the bucket adds it up. */
  private Map<String, BigDecimal> billed() throws IOException {
    JSON exact = JSON.std.with(JSON.Feature.USE_BIG_DECIMAL_FOR_FLOATS);
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (Map.Entry<String, String> object : monitoring.aws.objects().entrySet()) {
      Map<String, Object> record = exact.mapFrom(object.getValue());
      assertThat(record).containsEntry("complete", true);
      String month = object.getKey().replaceFirst(".*month=([0-9-]{7})/.*", "$1");
      sums.merge(month, new BigDecimal(record.get("vcpuHours").toString()), BigDecimal::add);
    }
    sums.replaceAll((month, sum) -> sum.setScale(6));
    return sums;
  }
}
