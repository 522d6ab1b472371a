package io.sparkgate.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.Prices;
import io.sparkgate.testing.AsDeployed;
import io.sparkgate.watch.IdlePolicy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.Subnet;
import software.amazon.awscdk.services.sns.Topic;

/** Hundreds of applications, and as much as there is to tell, against AWS's limits. */
class MonitoredFleetTest {

  private static final int MORE = 149;

  private final Monitored it = new Monitored(new Stack());
  private final SessionMonitor monitor = monitor();

  private SessionMonitor monitor() {
    SessionMonitor.Builder builder = it.monitor();
    IntStream.range(0, MORE)
        .mapToObj(
            i ->
                EmrServerlessApplication.fromApplicationId(
                    it.stack, "App" + i, "00f1cb5c6anui%03d".formatted(i)))
        .forEach(builder::watch);
    List<ISubnet> subnets =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    Subnet.fromSubnetId(
                        it.stack, "Subnet" + i, "subnet-0123456789abcde%02d".formatted(i)))
            .toList();
    return builder
        .idlePolicy(
            IdlePolicy.terminateAfter(Duration.hours(20))
                .limitByTag(Duration.hours(18), Duration.hours(22))
                .maxAge(Duration.hours(23))
                .unusedLimit(Duration.hours(20)))
        .warnBefore(Duration.hours(12))
        .subnets(subnets)
        .prices(Prices.of(0.0526241, 0.00577851, 0.0001111, "s".repeat(200)))
        .ownerLimits(OwnerLimits.none().atMost(999).dailyBudget(99999.99).enforce())
        .mostOwners(50)
        .build();
  }

  @Test
  void haveAFunctionForEachHundred() {
    assertThat(monitor.getFunctions()).hasSize(2);
    assertThat(it.template().toJSON().toString().split("subnet-0123456789abcde00", -1)).hasSize(2);
  }

  @Test
  void fitIntoTheVariablesOfTheirFunctions() {
    assertThat(it.all("AWS::Lambda::Function"))
        .allSatisfy(
            function -> {
              JsonNode document = function.at("/Environment/Variables/SPARKGATE_MONITOR");
              assertThat(AsDeployed.text(document).length() + 100).isLessThanOrEqualTo(4096);
            });
  }

  @Test
  void areReachedByRolesThatFit() {
    Map<String, Integer> inline = new TreeMap<>();
    it.all("AWS::IAM::Policy")
        .forEach(policy -> inline.merge(role(policy), size(policy), Integer::sum));
    Map<String, Integer> managed = new TreeMap<>();
    it.all("AWS::IAM::ManagedPolicy")
        .forEach(
            policy -> {
              assertThat(size(policy)).isLessThanOrEqualTo(6144);
              managed.merge(role(policy), 1, Integer::sum);
            });

    assertThat(inline).allSatisfy((role, size) -> assertThat(size).isLessThanOrEqualTo(10_240));
    assertThat(managed).allSatisfy((role, count) -> assertThat(count).isLessThanOrEqualTo(10));
  }

  @Test
  void areHeardOfByRulesThatFit() {
    monitor.warnTo(new Topic(it.stack, "Warned"));

    assertThat(it.all("AWS::Events::Rule"))
        .hasSize(2)
        .allSatisfy(
            rule ->
                assertThat(AsDeployed.text(rule.get("EventPattern")).length())
                    .isLessThanOrEqualTo(2048));
  }

  private static String role(JsonNode policy) {
    return policy.at("/Roles/0/Ref").asText();
  }

  private static int size(JsonNode policy) {
    return AsDeployed.text(policy.get("PolicyDocument")).length();
  }
}
