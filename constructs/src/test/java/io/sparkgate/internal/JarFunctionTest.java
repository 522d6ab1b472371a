package io.sparkgate.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.BootstraplessSynthesizer;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

class JarFunctionTest {

  private static final String MESSAGE =
      "Data/Reaper: the code of its function is a file to upload, and the synthesizer of stack Data"
          + " takes none; give the stack one that does, such as DefaultStackSynthesizer, or leave"
          + " this construct out of it";

  @Test
  void saysThatAStackTakesNoFiles() {
    Stack stack =
        new Stack(
            new App(),
            "Data",
            StackProps.builder()
                .synthesizer(BootstraplessSynthesizer.Builder.create().build())
                .build());

    assertThatThrownBy(() -> make(stack)).hasMessage(MESSAGE);
  }

  @Test
  void saysThatAnAppTakesNoFiles() {
    App app =
        new App(
            AppProps.builder()
                .defaultStackSynthesizer(BootstraplessSynthesizer.Builder.create().build())
                .build());

    assertThatThrownBy(() -> make(new Stack(app, "Data"))).hasMessage(MESSAGE);
  }

  private static void make(Stack stack) {
    JarFunction.of(new Construct(stack, "Reaper"), "Handler", "Reaps", RetentionDays.ONE_WEEK)
        .props()
        .build();
  }
}
