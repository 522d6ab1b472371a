package io.sparkgate.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.monitor.EmrServerlessEvents.ApplicationState;
import io.sparkgate.monitor.EmrServerlessEvents.JobRunState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;

class EventsTest {

  private final Monitored it = new Monitored(new Stack());

  @Test
  void areHeardByRules() {
    Rule.Builder.create(it.stack, "Failures")
        .eventPattern(SessionEvents.failed().of(it.application).with("owner", "alice").toPattern())
        .build();

    assertThat(it.only("AWS::Events::Rule").get("EventPattern").toString())
        .isEqualTo(
            "{\"detail\":{\"applicationId\":[\"00f1cb5c6anuij25\"],\"owner\":[\"alice\"]},"
                + "\"detail-type\":[\"Spark Connect Session Failed\"],\"source\":[\"sparkgate\"]}");
  }

  @Test
  void areOfEightKinds() {
    assertThat(
            List.of(
                    SessionEvents.started(),
                    SessionEvents.ready(),
                    SessionEvents.idleWarning(),
                    SessionEvents.terminatedByPolicy(),
                    SessionEvents.failed(),
                    SessionEvents.takeoverSuspected(),
                    SessionEvents.ownerBudgetWarning(),
                    SessionEvents.ownerLimitReached())
                .stream()
                .flatMap(filter -> filter.toPattern().getDetailType().stream()))
        .containsExactly(
            "Spark Connect Session Started",
            "Spark Connect Session Ready",
            "Spark Connect Session Idle Warning",
            "Spark Connect Session Terminated By Policy",
            "Spark Connect Session Failed",
            "Spark Connect Session Takeover Suspected",
            "Spark Connect Owner Budget Warning",
            "Spark Connect Owner Limit Reached");
  }

  @Test
  void ofTheServiceAreHeardByState() {
    EventPattern stopped =
        EmrServerlessEvents.applicationStateChange(
                ApplicationState.STARTED, ApplicationState.STOPPED)
            .toPattern();

    assertThat(stopped.getSource()).containsExactly("aws.emr-serverless");
    assertThat(stopped.getDetailType()).containsExactly("EMR Serverless Application State Change");
    assertThat(stopped.getDetail()).isEqualTo(Map.of("state", List.of("STARTED", "STOPPED")));
    assertThat(EmrServerlessEvents.jobRunStateChange(JobRunState.FAILED).toPattern().getDetail())
        .isEqualTo(Map.of("state", List.of("FAILED")));
    assertThat(EmrServerlessEvents.jobRunRetry().toPattern().getDetailType())
        .containsExactly("EMR Serverless Job Run Retry");
    assertThat(EmrServerlessEvents.jobResourceUtilization().toPattern().getDetailType())
        .containsExactly("EMR Serverless Job Resource Utilization Update");
    assertThat(EmrServerlessEvents.jobRunStateChange().toPattern().getDetail()).isNull();
  }

  @Test
  void areNotFilteredByNothing() {
    assertThatThrownBy(() -> SessionEvents.failed().with("owner"))
        .hasMessage(
            "EventFilter: owner received no value, but takes one or more; leave it out to hear all");
  }
}
