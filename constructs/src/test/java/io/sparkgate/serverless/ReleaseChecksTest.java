package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.spark.ReleaseLabel;
import io.sparkgate.testing.Synth;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Stack;

class ReleaseChecksTest {

  private final Stack stack = new Stack();

  @ParameterizedTest
  @ValueSource(strings = {"emr-7.9.0", "emr-7.12.9", "emr-6.15.0", "emr-7.9.0-20260101"})
  void rejectsReleasesBeforeSessions(String label) {
    assertThatThrownBy(() -> application(label))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Default/App: releaseLabel "
                + label
                + " has no Spark Connect sessions; use emr-7.13.0 or a later release");
  }

  @ParameterizedTest
  @ValueSource(strings = {"emr-7.13.0", "emr-8.0.0", "emr-7.13.0-20260101"})
  void acceptsReleasesSinceSessions(String label) {
    application(label);
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void rejectsShuffleOptimizedDisksThatASettingAsksForTooEarly() {
    var builder =
        EmrServerlessApplication.Builder.create(stack, "App")
            .type(ApplicationType.spark().withoutSessions())
            .releaseLabel(ReleaseLabel.of("emr-7.0.0"))
            .sparkDefaults(Map.of("spark.emr-serverless.executor.disk.type", "shuffle_optimized"));
    assertThatThrownBy(builder::build)
        .hasMessage(
            "Default/App: releaseLabel emr-7.0.0 has no shuffle-optimized disks; use emr-7.1.0 or a"
                + " later release");
  }

  @Test
  void warnsOfAReleaseThatItCannotCompare() {
    EmrServerlessApplication application = application("emr-spark-8.0.0-preview");
    assertThat(Synth.warnings(stack))
        .singleElement()
        .asString()
        .contains("does not start with emr-x.y.z")
        .contains("make sure that it has them");
    Annotations.of(application).acknowledgeWarning("@sparkgate/constructs:unknownRelease");
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  private EmrServerlessApplication application(String label) {
    return EmrServerlessApplication.Builder.create(stack, "App")
        .releaseLabel(ReleaseLabel.of(label))
        .build();
  }
}
