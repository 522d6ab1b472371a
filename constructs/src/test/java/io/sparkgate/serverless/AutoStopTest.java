package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.access.SessionExecutionRole;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.Role;

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
  void letsDevelopersStartOnlyWhatASessionWouldStart() {
    EmrServerlessApplication application = application().build();
    grantDevelop(application);
    Object onIt = stack.resolve(application.getApplicationArn());
    assertThat(mayStart()).isTrue();
    Synth.hasStatement(
        stack,
        Map.of(
            "Effect",
            "Allow",
            "Resource",
            onIt,
            "Action",
            List.of(
                "emr-serverless:GetApplication",
                "emr-serverless:ListSessions",
                "emr-serverless:StartApplication")));
  }

  @Test
  void letsNoDeveloperStartWhatNoSessionStarts() {
    grantDevelop(application().autoStop(AutoStop.never().withoutAutoStart()).build());
    assertThat(mayStart()).isFalse();
  }

  /** Nobody can see from here whether it starts by itself. */
  @Test
  void letsNoDeveloperStartWhatIsMadeElsewhere() {
    grantDevelop(EmrServerlessApplication.fromApplicationId(stack, "Imported", "00f1cb5c6anuij25"));
    assertThat(mayStart()).isFalse();
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

  private void grantDevelop(IEmrServerlessApplication application) {
    application.grantDevelop(
        Role.Builder.create(stack, "People").assumedBy(new AccountRootPrincipal()).build(),
        SessionExecutionRole.Builder.create(stack, "Execution").build().getRole());
  }

  private boolean mayStart() {
    return Template.fromStack(stack)
        .findResources("AWS::IAM::Policy")
        .toString()
        .contains("emr-serverless:StartApplication");
  }

  private EmrServerlessApplication.Builder application() {
    return EmrServerlessApplication.Builder.create(stack, "App");
  }
}
