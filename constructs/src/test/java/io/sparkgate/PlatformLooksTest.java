package io.sparkgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.dashboard.AlarmKind;
import io.sparkgate.serverless.AutoStop;
import io.sparkgate.serverless.CapacityLimit;
import io.sparkgate.serverless.WarmPool;
import io.sparkgate.serverless.WorkerSize;
import io.sparkgate.testing.Synth;
import io.sparkgate.warm.WorkingHours;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.Topic;

class PlatformLooksTest {

  private static final WorkingHours HOURS = WorkingHours.of("Europe/Berlin", "08:00", "18:00");

  private final Stack stack = new Stack();

  private SparkConnectPlatform.Builder platform() {
    return SparkConnectPlatform.Builder.create(stack, "Platform");
  }

  private SparkConnectPlatform.Builder warm() {
    return platform()
        .application(
            application ->
                application
                    .warmPool(WarmPool.of(1, WorkerSize.of(4, 16), 2, WorkerSize.of(4, 16)))
                    .capacityLimit(CapacityLimit.of(16, 64, 320)))
        .warmHours(HOURS);
  }

  @Test
  void hasNothingToSeeWithoutAMonitor() {
    SparkConnectPlatform made = platform().build();

    assertThat(made.getDashboard()).isEmpty();
    assertThat(made.getAlarms()).isEmpty();
    assertThat(made.getLogQueries()).isEmpty();
    Template.fromStack(stack).resourceCountIs("AWS::CloudWatch::Dashboard", 0);
  }

  @Test
  void isSeenWhereItIsMonitored() {
    Topic topic = Topic.Builder.create(stack, "OnCall").build();
    SparkConnectPlatform made = platform().monitoring().alarmAction(new SnsAction(topic)).build();

    Template template = Template.fromStack(stack);
    template.resourceCountIs("AWS::CloudWatch::Dashboard", 1);
    // Both subnets of the network have one.
    assertThat(made.getAlarms().orElseThrow().getAlarms(AlarmKind.FEW_ADDRESSES)).hasSize(2);
    assertThat(made.getLogQueries().orElseThrow().getDefinitions()).hasSize(6);
    assertThat(template.findResources("AWS::CloudWatch::Alarm").values())
        .hasSizeGreaterThan(10)
        .allSatisfy(
            alarm ->
                assertThat(((Map<?, ?>) alarm.get("Properties")).get("AlarmActions"))
                    .isEqualTo(List.of(stack.resolve(topic.getTopicArn()))));
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void isSeenAsItIsTold() {
    SparkConnectPlatform made =
        platform()
            .monitoring()
            .withoutDashboard()
            .withoutLogQueries()
            .alarms(alarms -> alarms.without(AlarmKind.FEW_ADDRESSES).busyTime(Duration.hours(2)))
            .build();

    assertThat(made.getDashboard()).isEmpty();
    assertThat(made.getLogQueries()).isEmpty();
    assertThat(made.getAlarms().orElseThrow().getAlarms(AlarmKind.FEW_ADDRESSES)).isEmpty();
    Template.fromStack(stack)
        .hasResourceProperties(
            "AWS::CloudWatch::Alarm",
            Map.of("MetricName", "LongestBusySeconds", "Threshold", 7200));
  }

  @Test
  void refusesSettingsOfWhatIsNotMade() {
    refuses(
        platform().alarms(alarms -> alarms.busyTime(Duration.hours(2))),
        "alarms(...) received settings, but a platform has these with a monitor only; call"
            + " monitoring(), or make SparkConnectAlarms of your own");
    refuses(
        platform().dashboard(dashboard -> {}),
        "dashboard(...) received settings, but a platform has these with a monitor only; call"
            + " monitoring(), or make SparkConnectDashboard of your own");
    refuses(
        platform().monitoring().dashboard(dashboard -> {}).withoutDashboard(),
        "dashboard(...) received settings, but withoutDashboard() leaves them out; take one of the"
            + " two away");
    refuses(
        platform().monitoring().alarms(alarms -> {}).withoutAlarms(),
        "alarms(...) received settings, but withoutAlarms() leaves them out; take one of the two"
            + " away");
  }

  private void refuses(SparkConnectPlatform.Builder wrong, String message) {
    assertThatThrownBy(wrong::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Default/Platform: " + message);
    stack.getNode().tryRemoveChild("Platform");
  }

  @Test
  void canBeWithoutAlarms() {
    assertThat(platform().monitoring().withoutAlarms().build().getAlarms()).isEmpty();
  }

  @Test
  void letsTheServiceStopTheApplicationNoSoonerThanAfterItsHours() {
    warm().build();

    Synth.hasApplication(
        stack, Map.of("AutoStopConfiguration", Map.of("Enabled", true, "IdleTimeoutMinutes", 600)));
    assertThat(Synth.warnings(stack)).noneMatch(warning -> warning.contains("warmHours"));
  }

  @Test
  void leavesTheLastWordOnItToTheUser() {
    warm()
        .application(application -> application.autoStop(AutoStop.after(Duration.minutes(20))))
        .build();

    Synth.hasApplication(
        stack, Map.of("AutoStopConfiguration", Map.of("Enabled", true, "IdleTimeoutMinutes", 20)));
    assertThat(Synth.warnings(stack))
        .anyMatch(warning -> warning.contains("sparkgate/constructs:warmHoursInterrupted"));
  }

  @Test
  void needsAPoolForWarmHours() {
    assertThatThrownBy(() -> platform().warmHours(HOURS).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Platform/Application, which has no warm pool");
  }
}
