package io.sparkgate.function.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.monitor.SessionMonitor;
import io.sparkgate.monitor.UsageStore;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.watch.IdlePolicy;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.ec2.Subnet;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.s3.Bucket;

/** What the construct writes is what the function reads. */
class DocumentTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Stack stack = new Stack();

  @Test
  void readsAllThatAMonitorIsTold() {
    MonitorConfig config =
        config(
            monitor ->
                monitor
                    .idlePolicy(
                        IdlePolicy.standard()
                            .limitByTag(
                                software.amazon.awscdk.Duration.minutes(15),
                                software.amazon.awscdk.Duration.hours(2))
                            .maxAge(software.amazon.awscdk.Duration.hours(12))
                            .unusedLimit(software.amazon.awscdk.Duration.hours(1)))
                    .usage(
                        UsageStore.Builder.create(stack, "Usage")
                            .bucket(Bucket.fromBucketName(stack, "Ours", "ours"))
                            .build())
                    .eventBus(EventBus.fromEventBusName(stack, "Bus", "platform"))
                    .subnets(List.of(Subnet.fromSubnetId(stack, "Subnet", "subnet-1")))
                    .ownerLimits(
                        io.sparkgate.monitor.OwnerLimits.none()
                            .atMost(3)
                            .dailyBudget(50)
                            .endingNewest()
                            .enforce()));

    assertThat(config.applications()).containsExactly("00f1cb5c6anuij25");
    assertThat(config.every()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.warn()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.policy()).isNotNull();
    assertThat(config.usage()).isEqualTo(new MonitorConfig.Usage("ours", "usage/"));
    assertThat(config.eventBus()).isEqualTo("platform");
    assertThat(config.subnets()).containsExactly("subnet-1");
    assertThat(config.prices()).isNotNull();
    assertThat(config.owners())
        .satisfies(
            owners -> {
              assertThat(owners.maxSessions()).isEqualTo(3);
              assertThat(owners.end()).isEqualTo(OwnerLimits.Order.NEWEST);
              assertThat(owners.dailyDollars()).isEqualByComparingTo("50");
              assertThat(owners.dryRun()).isFalse();
            });
    assertThat(config.mostOwners()).isEqualTo(10);
  }

  @Test
  void readsTheLeastThatAMonitorIsTold() {
    MonitorConfig config = config(SessionMonitor.Builder::withoutUsage);

    assertThat(config.policy()).isNull();
    assertThat(config.usage()).isNull();
    assertThat(config.owners()).isNull();
    assertThat(config.eventBus()).isEqualTo("default");
  }

  @Test
  void readsABudgetAlone() {
    MonitorConfig config =
        config(
            monitor ->
                monitor
                    .withoutUsage()
                    .ownerLimits(io.sparkgate.monitor.OwnerLimits.none().dailyBudget(12.5)));

    assertThat(config.hasBudget()).isTrue();
    assertThat(config.owners().dryRun()).isTrue();
  }

  private MonitorConfig config(UnaryOperator<SessionMonitor.Builder> settings) {
    settings
        .apply(
            SessionMonitor.Builder.create(stack, "Monitor")
                .watch(
                    EmrServerlessApplication.fromApplicationId(
                        stack, "Application", "00f1cb5c6anuij25")))
        .build();
    JsonNode functions =
        JSON.valueToTree(Template.fromStack(stack).findResources("AWS::Lambda::Function"));
    return MonitorConfig.parse(functions.findValue("SPARKGATE_MONITOR").asText());
  }
}
