package io.sparkgate.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.testing.Synth;
import io.sparkgate.watch.RequestRates;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.Subnet;

class MonitorChecksTest {
  private final Monitored it = new Monitored(new Stack());

  static List<Arguments> wrong() {
    return List.of(
        wrong(
            monitor -> monitor.every(Duration.minutes(16)),
            "every received 16 minutes, but takes whole minutes from 1 to 15"),
        wrong(
            monitor -> monitor.every(Duration.seconds(90)),
            "every received 1.5 minutes, but takes whole minutes from 1 to 15"),
        wrong(
            monitor -> monitor.warnBefore(Duration.minutes(5)),
            "warnBefore received 5 minutes, but takes 6 or more: a pass every 5, some seconds late,"
                + " would find a session due that was never warned of; warn earlier, or call every(…)"
                + " with less"),
        wrong(
            monitor -> monitor.warnBefore(Duration.minutes(1441)),
            "warnBefore received 1441 minutes, but takes whole minutes from 1 to 1440"),
        wrong(
            monitor -> monitor.every(Duration.minutes(Token.asNumber(Map.of("Ref", "P")))),
            "every received a token, but takes a duration that is known at synthesis"),
        wrong(
            monitor -> monitor.mostOwners(-1),
            "mostOwners received -1, but takes 0 to 50, because metrics of each cost money"),
        wrong(
            monitor -> monitor.mostOwners(Token.asNumber(Map.of("Ref", "P")).intValue()),
            "mostOwners"
                + " received a number that is known only when the stack is deployed, such as a"
                + " CfnParameter; checks need it at synthesis: take it from the context (cdk.json or"
                + " -c), and a stack for each environment"),
        wrong(
            monitor -> monitor.mostOwners(51),
            "mostOwners received 51, but takes 0 to 50, because metrics of each cost money"),
        wrong(
            monitor -> monitor.ownerLimits(OwnerLimits.none().enforce()),
            "ownerLimits received enforce, but no limit; call atMost or dailyBudget too"),
        wrong(
            monitor -> monitor.ownerLimits(OwnerLimits.none().dailyBudget(5).endingNewest()),
            "ownerLimits received endingNewest, but no number of sessions beyond which they end;"
                + " call atMost too"),
        wrong(
            monitor -> monitor.ownerLimits(OwnerLimits.none().atMost(5).warnAt(50)),
            "ownerLimits received warnAt, but no budget of which that is a part; call dailyBudget"
                + " too"),
        wrong(
            monitor -> monitor.requestRates(RequestRates.share(0)),
            "requestRates received a share of 0 percent, but takes 1 to 100"));
  }

  private static Arguments wrong(UnaryOperator<SessionMonitor.Builder> setting, String sentence) {
    return Arguments.of(setting, sentence);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void saysWhatIsWrong(UnaryOperator<SessionMonitor.Builder> setting, String sentence) {
    assertThatThrownBy(() -> setting.apply(it.monitor()).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Default/Monitor: " + sentence);
  }

  @Test
  void takesTwentySubnets() {
    ISubnet subnet = Subnet.fromSubnetId(it.stack, "Subnet", "subnet-1");
    List<ISubnet> many = Collections.nCopies(21, subnet);

    assertThatThrownBy(() -> it.monitor().subnets(many).build())
        .hasMessage(
            "Default/Monitor: subnets received 21, but takes 20; watch the others with another"
                + " monitor");
  }

  @Test
  void takesNoStoreThatIsNotWanted() {
    UsageStore store = UsageStore.Builder.create(it.stack, "Usage").build();

    assertThatThrownBy(() -> it.monitor().usage(store).withoutUsage().build())
        .hasMessage(
            "Default/Monitor: usage received a store, but withoutUsage() wants none; leave one of"
                + " them out");
  }

  @Test
  void takesTheLeastAndTheMostThatItSaysItTakes() {
    it.monitor().every(Duration.minutes(15)).warnBefore(Duration.minutes(16)).mostOwners(0).build();

    assertThat(Synth.errors(it.stack)).isEmpty();
  }
}
