package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.access.SessionExecutionRole;
import io.sparkgate.access.SessionOwner;
import io.sparkgate.testing.Synth;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.Role;

class SubmittersBesideLivyTest {

  private static final String ID = "@sparkgate/constructs:runsWithoutOwner";

  private final Stack stack = new Stack(new App(), "Stack");

  @Test
  void warnsThatASubmitterCanTakeARunThatHasNoOwner() {
    EmrServerlessApplication application =
        submitTo(ApplicationType.spark().withLivy(), SessionOwner.userId());

    assertThat(Synth.warnings(stack))
        .singleElement()
        .asString()
        .startsWith(
            "sessions of Livy and kernels of EMR Studio are job runs without an owner's tag, so a"
                + " submitter can make them its own, open their Spark UI and cancel them; use an"
                + " application for job runs and another for Livy and EMR Studio")
        .contains(ID);
    Annotations.of(application).acknowledgeWarning(ID);
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void warnsBesideEmrStudioToo() {
    submitTo(ApplicationType.spark().withoutSessions().withStudio(), SessionOwner.userId());
    assertThat(Synth.warnings(stack)).singleElement().asString().contains(ID);
  }

  @Test
  void saysNothingWhereEveryRunHasAnOwner() {
    submitTo(ApplicationType.spark(), SessionOwner.userId());
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  private EmrServerlessApplication submitTo(ApplicationType type, SessionOwner owner) {
    EmrServerlessApplication application =
        EmrServerlessApplication.Builder.create(stack, "App").type(type).build();
    application.grantSubmit(
        Role.Builder.create(stack, "Submitter").assumedBy(new AccountRootPrincipal()).build(),
        SessionExecutionRole.Builder.create(stack, "Execution").build().getRole(),
        owner);
    return application;
  }
}
