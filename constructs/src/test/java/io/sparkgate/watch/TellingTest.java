package io.sparkgate.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.IEmrServerlessApplication;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.events.IEventBus;

/** Reaper and takeover alarm say on a bus what happened, if they are told one. */
class TellingTest {

  private final Stack stack =
      new Stack(
          null,
          "Here",
          StackProps.builder()
              .env(Environment.builder().account("111122223333").region("eu-west-1").build())
              .build());
  private final IEmrServerlessApplication application =
      EmrServerlessApplication.fromApplicationId(stack, "Application", "00f1cb5c6anuij25");
  private final IEventBus ours = EventBus.fromEventBusName(stack, "Ours", "ours");

  @Test
  void noBusIsToldUnlessItIsNamed() {
    IdleSessionReaper.Builder.create(stack, "Reaper").watch(application).build();
    TakeoverAlarm.Builder.create(stack, "Takeover").watch(application).build();

    assertThat(Template.fromStack(stack).toJSON().toString())
        .doesNotContain("events:PutEvents", "eventBus");
  }

  @Test
  void theReaperTellsTheBus() {
    IdleSessionReaper.Builder.create(stack, "Reaper").watch(application).eventBus(ours).build();

    assertThat(Template.fromStack(stack).toJSON().toString())
        .contains("\"eventBus\":\"ours\"", "events:PutEvents", ":event-bus/ours");
  }

  @Test
  void theTakeoverAlarmTellsTheBus() {
    TakeoverAlarm.Builder.create(stack, "Takeover").watch(application).eventBus(ours).build();

    assertThat(Template.fromStack(stack).toJSON().toString())
        .contains("SPARKGATE_TAKEOVER={\"eventBus\":\"ours\"}", "events:PutEvents");
  }

  @Test
  void noBusOfAnotherPlaceIsTaken() {
    IEventBus there =
        EventBus.fromEventBusArn(
            stack, "There", "arn:aws:events:us-east-1:111122223333:event-bus/there");

    assertThatThrownBy(
            () ->
                IdleSessionReaper.Builder.create(stack, "Reaper")
                    .watch(application)
                    .eventBus(there)
                    .build())
        .hasMessage(
            "Here/Reaper: eventBus received Here/There of 111122223333/us-east-1, but takes a bus of"
                + " its own account and Region, 111122223333/eu-west-1; name one here, and let a"
                + " rule hand its events on");
  }
}
