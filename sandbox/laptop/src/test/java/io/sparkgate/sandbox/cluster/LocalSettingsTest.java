package io.sparkgate.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.emrserverless.SandboxClock;
import io.sparkgate.sandbox.template.ClusterBlueprint.InstallStep;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalSettingsTest {
  private static final String STREAM = "spark.connect.execute.reattachable.senderMaxStreamDuration";
  private static final InstallStep STEP =
      new InstallStep(
          "Install",
          List.of(
              "--conf",
              STREAM + "=2m",
              "--conf",
              "spark.driver.memory=16g",
              "--conf",
              "spark.sparkgate.idleStop=1800s",
              "--conf",
              "spark.sql.ansi.enabled=true"),
          Map.of());

  private static LocalSettings with(double minute) {
    return LocalSettings.of(
        STEP,
        SandboxClock.withMinuteOf(minute, Clock.systemUTC()),
        2048,
        "/v/bin/python",
        Path.of("/w/cluster"));
  }

  @Test
  void onTheRealClockTimesAreTheSteps() {
    assertThat(with(60).values())
        .doesNotContainKeys(STREAM, "spark.sparkgate.idleStop", "spark.sql.ansi.enabled");
  }

  @Test
  void onTheFastClockTimesAreAsShortAsItSays() {
    assertThat(with(1).values())
        .containsEntry(STREAM, "2000ms")
        .containsEntry("spark.sparkgate.idleStop", "30000ms");
  }

  @Test
  void listensOnLoopbackWhateverTheStepSays() {
    assertThat(with(60).values())
        .containsEntry("spark.driver.bindAddress", "127.0.0.1")
        .containsEntry("spark.master", "local[2]");
  }

  @Test
  void tellsWhatOfTheStepItOverrides() {
    assertThat(with(1).overridden(STEP))
        .containsExactly(
            STREAM + " 2m → 2000ms",
            "spark.driver.memory 16g → 2048m",
            "spark.sparkgate.idleStop 1800s → 30000ms");
  }
}
