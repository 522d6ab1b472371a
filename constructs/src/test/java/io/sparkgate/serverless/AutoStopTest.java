package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.testing.Synth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;

class AutoStopTest {

  private final Stack stack = new Stack();

  @ParameterizedTest
  @ValueSource(ints = {0, 30, 90, 604_860})
  void rejectsAutoStopsThatTheServiceDoesNotHave(int seconds) {
    var application = application().autoStop(AutoStop.after(Duration.seconds(seconds)));
    assertThatThrownBy(application::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Default/App: autoStop is ")
        .hasMessageEndingWith("; use whole minutes from 1 to 10080, or AutoStop.never()");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 604_800})
  void acceptsTheLimits(int seconds) {
    application().autoStop(AutoStop.after(Duration.seconds(seconds))).build();
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void warnsThatSomebodyMustStartTheApplication() {
    EmrServerlessApplication application =
        application().autoStop(AutoStop.after(Duration.minutes(15)).withoutAutoStart()).build();
    assertThat(Synth.warnings(stack))
        .singleElement()
        .asString()
        .contains("StartSession fails until somebody calls StartApplication; leave that out,");
    Annotations.of(application).acknowledgeWarning("@sparkgate/constructs:autoStartOff");
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  private EmrServerlessApplication.Builder application() {
    return EmrServerlessApplication.Builder.create(stack, "App");
  }
}
