package io.sparkgate.function.monitor;

import static io.sparkgate.function.monitor.Monitoring.PRICES;
import static io.sparkgate.function.monitor.Monitoring.ago;
import static io.sparkgate.function.monitor.Monitoring.idle;
import static io.sparkgate.function.monitor.Monitoring.metrics;
import static io.sparkgate.function.monitor.Monitoring.session;
import static io.sparkgate.function.stub.Operation.GET_JOB_RUN;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.StubJobRun;
import io.sparkgate.function.stub.StubSession;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of a pool waits, and what that costs: prices are a twentieth of a dollar for a vCPU. */
class PoolTest {

  @AutoClose private final Monitoring monitoring = new Monitoring(PRICES);

  @BeforeEach
  void pool() {
    monitoring.app.initialCapacity("Driver", 4, "2 vCPU", "0 GB", "20 GB");
    monitoring.app.initialCapacity("Executor", 10, "4 vCPU", "0 GB", "20 GB");
  }

  private Object dollars() {
    monitoring.run();
    return metrics(monitoring.lines()).get("PoolIdleDollarsPerHour");
  }

  /** Four drivers of 0.1 dollars and ten executors of 0.2. */
  @Test
  void waitsAsAWholeWhereNobodyIsThere() {
    monitoring.run();

    assertThat(metrics(monitoring.lines()))
        .containsEntry("PoolIdleDollarsPerHour", 2.4)
        .doesNotContainKey("SessionsLive");
  }

  @Test
  void costsNothingWhileTheApplicationIsStopped() {
    monitoring.app.state("STOPPED");

    assertThat(dollars()).isNull();
  }

  @Test
  void givesADriverToWhatIsMoreThanSubmitted() {
    monitoring.app.put(StubSession.of("s1", "SUBMITTED", ago(1)).startedAt(null));
    assertThat(dollars()).isEqualTo(2.4);
    monitoring.app.put(StubSession.of("s2", "STARTING", ago(1)).startedAt(null));
    assertThat(dollars()).isEqualTo(2.3);
    monitoring.app.put(idle("s3", 1));
    assertThat(dollars()).isEqualTo(2.2);
  }

  @Test
  void givesADriverAndThreeExecutorsToWhatWorks() {
    monitoring.app.put(session("s1", "BUSY"));
    assertThat(dollars()).isEqualTo(1.7);
    monitoring.app.put(new StubJobRun("j1", "RUNNING", ago(9)));
    assertThat(dollars()).isEqualTo(1);
  }

  @Test
  void getsBackWhatGoneSessionsHad() {
    monitoring.app.put(session("s1", "BUSY"));
    monitoring.run();
    monitoring.lines();
    monitoring.app.remove("s1");

    assertThat(dollars()).isEqualTo(2.4);
  }

  @Test
  void getsBackWhatGoneJobRunsHad() {
    monitoring.app.put(new StubJobRun("j1", "RUNNING", ago(9)));
    monitoring.run();
    monitoring.lines();
    monitoring.emr.always(GET_JOB_RUN).fail(Fault.NOT_FOUND);
    monitoring.app.put(new StubJobRun("j1", "SCHEDULED", ago(9)));

    assertThat(dollars()).isEqualTo(2.4);
  }

  @Test
  void owesNoDriversThatItHasNot() {
    for (int i = 0; i < 6; i++) {
      monitoring.app.put(idle("s" + i, 1));
    }

    assertThat(dollars()).isEqualTo(2);
  }

  /** An idle session keeps a driver of the pool's size. */
  @Test
  void tellsWhatIdleSessionsCostByTheSizeOfItsDrivers() {
    monitoring.app.put(idle("s1", 1));

    monitoring.run();

    assertThat(metrics(monitoring.lines())).containsEntry("IdleDollarsPerHour", 0.1);
  }
}
