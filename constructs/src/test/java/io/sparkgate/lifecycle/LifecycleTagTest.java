package io.sparkgate.lifecycle;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.serverless.EmrServerlessApplication;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Tags;

/** Without its tag the function may not stop the application, so no update would ever pass. */
class LifecycleTagTest {

  private final App app = new App();

  @BeforeEach
  void makeALifecycle() {
    Stack stack = new Stack(app, "Data");
    ApplicationLifecycle.Builder.create(stack, "Lifecycle")
        .application(EmrServerlessApplication.Builder.create(stack, "Application").build())
        .build();
  }

  @Test
  void mayNotBeRemoved() {
    Tags.of(app).remove("sparkgate:lifecycle");

    assertThatThrownBy(app::synth)
        .hasMessageContaining(
            "[Data/Lifecycle] application Data/Application lacks the tag sparkgate:lifecycle, which"
                + " an aspect removed; leave it, because the function may stop only what carries it,"
                + " and no update or deletion would pass");
  }

  @Test
  void mayNotBeReplaced() {
    Tags.of(app).add("sparkgate:lifecycle", "mine");

    assertThatThrownBy(app::synth)
        .hasMessageContaining(
            "[Data/Lifecycle] application Data/Application has the tag sparkgate:lifecycle with the"
                + " value \"mine\" of an aspect; leave it, because the function may stop only what"
                + " carries it as this construct wrote it, and no update or deletion would pass");
  }

  @Test
  void staysBesideOthers() {
    Tags.of(app).add("team", "data");
    Tags.of(app).remove("owner");

    app.synth();
  }
}
