package io.sparkgate.reaper;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.application.EmrServerlessApplication;
import io.sparkgate.application.IEmrServerlessApplication;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;

class WatchChecksTest {

  @Test
  void rejectsAnApplicationThatTheFunctionCannotReach() {
    Stack ireland =
        new Stack(
            new App(),
            "Ireland",
            StackProps.builder()
                .env(Environment.builder().account("111122223333").region("eu-west-1").build())
                .build());
    IEmrServerlessApplication frankfurt =
        EmrServerlessApplication.fromApplicationArn(
            ireland,
            "Frankfurt",
            "arn:aws:emr-serverless:eu-central-1:111122223333:/applications/00f1");

    assertThatThrownBy(
            () -> IdleSessionReaper.Builder.create(ireland, "Reaper").watch(frankfurt).build())
        .hasMessage(
            "Ireland/Reaper: watch received Ireland/Frankfurt of 111122223333/eu-central-1, but the"
                + " function sees only applications of its own, 111122223333/eu-west-1; put a reaper"
                + " into a stack of that account and Region");
  }

  @Test
  void rejectsAReaperThatWatchesNothing() {
    assertThatThrownBy(() -> IdleSessionReaper.Builder.create(new Stack(), "Reaper").build())
        .hasMessage(
            "Default/Reaper: watch received no application, but takes one or more; call"
                + " watch(application)");
  }
}
