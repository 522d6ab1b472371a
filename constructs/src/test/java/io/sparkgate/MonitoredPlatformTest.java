package io.sparkgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.monitor.OwnerLimits;
import io.sparkgate.monitor.UsageStore;
import io.sparkgate.testing.Synth;
import io.sparkgate.watch.IdlePolicy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.sns.Topic;

class MonitoredPlatformTest {

  private final Stack stack = new Stack();

  @Test
  void isNotMonitoredUnlessSomebodyAsks() {
    SparkConnectPlatform platform = platform().build();

    assertThat(platform.getMonitor()).isEmpty();
    Template.fromStack(stack).resourceCountIs("AWS::S3::Bucket", 0);
    assertThat(Template.fromStack(stack).toJSON().toString())
        .doesNotContain("MonitorHandler", "events:PutEvents");
    assertThatThrownBy(() -> platform.grantReadUsage(people()))
        .hasMessage(
            "Default/SparkConnect: grantReadUsage finds no monitor; call monitoring() of the"
                + " platform's builder");
    assertThatThrownBy(() -> platform.grantExplain(people()))
        .hasMessageContaining("grantExplain finds no monitor");
  }

  @Test
  void tellsTheMonitorWhatItKnowsItself() {
    Topic topic = new Topic(stack, "OnCall");
    SparkConnectPlatform platform =
        platform()
            .idlePolicy(IdlePolicy.terminateAfter(Duration.minutes(45)))
            .alarmAction(new SnsAction(topic))
            .connectionParameters(connection -> connection.prefix("/sparkgate/dev"))
            .monitoring(monitor -> monitor.ownerLimits(OwnerLimits.none().atMost(2)))
            .build();
    platform.grantReadUsage(people());
    platform.grantExplain(people());

    String monitor = platform.getMonitor().orElseThrow().getNode().getPath();
    assertThat(monitor).isEqualTo("Default/SparkConnect/Monitor");
    String template = Template.fromStack(stack).toJSON().toString();
    assertThat(template)
        .contains("\"policy\":{\"idleMinutes\":45", "\"maxSessions\":2", "\"subnets\":[")
        .contains("/sparkgate/dev/usage-location", "/sparkgate/dev/log-groups");
    Annotations.fromStack(stack).hasNoWarning("*", Match.anyValue());
    Annotations.fromStack(stack).hasNoError("*", Match.anyValue());
  }

  @Test
  void letsTheReaperTellWhatItTerminatesOnTheSameBus() {
    platform()
        .eventBus(EventBus.Builder.create(stack, "Bus").eventBusName("ours").build())
        .monitoring()
        .build();

    Map<String, Map<String, Object>> policies =
        Template.fromStack(stack).findResources("AWS::IAM::Policy");
    assertThat(policies.values())
        .filteredOn(policy -> policy.toString().contains("events:PutEvents"))
        .hasSize(2);
  }

  @Test
  void keepsRecordsWhereItIsTold() {
    UsageStore store = UsageStore.Builder.create(stack, "Ours").build();
    SparkConnectPlatform platform = platform().monitoring(monitor -> monitor.usage(store)).build();

    assertThat(platform.getMonitor().orElseThrow().getUsage()).contains(store);
    Template.fromStack(stack).resourceCountIs("AWS::S3::Bucket", 1);
  }

  @Test
  void isMonitoredUntilItStopped() {
    platform().monitoring().build();

    Synth.errors(stack);
    assertThat(
            Template.fromStack(stack)
                .findResources("Custom::SparkgateBeforeDelete")
                .values()
                .iterator()
                .next()
                .get("DependsOn")
                .toString())
        .contains("SparkConnectMonitorFunction");
  }

  private SparkConnectPlatform.Builder platform() {
    return SparkConnectPlatform.Builder.create(stack, "SparkConnect");
  }

  private IRole people() {
    return stack.getNode().tryFindChild("People") instanceof IRole made
        ? made
        : Role.Builder.create(stack, "People").assumedBy(new AccountRootPrincipal()).build();
  }
}
