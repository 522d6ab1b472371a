package io.sparkgate.dashboard;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.monitor.SessionMonitor;
import io.sparkgate.serverless.EmrServerlessApplication;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.Subnet;

class SparkConnectAlarmsChecksTest {

  private static final String NOT_KNOWN =
      " received %s that is known only when the stack is deployed, such as a CfnParameter; checks"
          + " need it at synthesis: take it from the context (cdk.json or -c), and a stack for each"
          + " environment";

  private final Stack stack = new Stack();
  private final Watching watching = Watching.in(stack);

  @Test
  void refuseAThresholdOfWhatIsNotMade() {
    refuses(
        alarms -> alarms.dollarsPerDay(5),
        "dollarsPerDay was set, but without a monitor nothing counts sessions, and its alarm is not"
            + " made; call monitor(monitor), or leave it out");
    refuses(
        alarms -> alarms.quotaPercent(90).without(AlarmKind.VCPU_NEAR_QUOTA),
        "quotaPercent was set, but without(VCPU_NEAR_QUOTA) leaves its alarm out; take one of the"
            + " two away");
    SparkConnectAlarms.Builder subnetless =
        SparkConnectAlarms.Builder.create(stack, "Alarms")
            .application(watching.application())
            .monitor(
                SessionMonitor.Builder.create(stack, "Monitor")
                    .watch(watching.application())
                    .withoutUsage()
                    .build())
            .freeAddresses(8);
    assertThatThrownBy(subnetless::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Default/Alarms: freeAddresses was set, but no subnet was named, and its alarm is not"
                + " made; call subnets(subnets), or leave it out");
  }

  static List<UnaryOperator<SparkConnectAlarms.Builder>> thresholdsOfSessions() {
    return List.of(
        alarms -> alarms.sessionsPercent(90),
        alarms -> alarms.sessionsPerApplication(50),
        alarms -> alarms.startFailures(2),
        alarms -> alarms.startTime(Duration.minutes(7)),
        alarms -> alarms.busyTime(Duration.hours(2)),
        alarms -> alarms.dollarsPerDay(5),
        alarms -> alarms.freeAddresses(8));
  }

  @ParameterizedTest
  @MethodSource("thresholdsOfSessions")
  void refuseEachThresholdWhereNobodyCountsSessions(
      UnaryOperator<SparkConnectAlarms.Builder> threshold) {
    SparkConnectAlarms.Builder builder =
        SparkConnectAlarms.Builder.create(stack, "Alarms").application(watching.application());

    assertThatThrownBy(() -> threshold.apply(builder).build())
        .hasMessageContaining("was set, but without a monitor nothing counts sessions");
  }

  @Test
  void refuseWhatTheMonitorDoesNotWatch() {
    Stack other = new Stack();
    SessionMonitor monitor =
        SessionMonitor.Builder.create(other, "Monitor")
            .watch(EmrServerlessApplication.fromApplicationId(other, "Another", "00b"))
            .withoutUsage()
            .build();

    assertThatThrownBy(
            () ->
                SparkConnectAlarms.Builder.create(other, "Alarms")
                    .application(Watching.in(other).application())
                    .monitor(monitor)
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Default/Alarms: monitor received Default/Monitor, which does not watch"
                + " Default/Application, so there would never be data; call watch(application) of"
                + " the monitor's builder too");
  }

  @Test
  void refuseSubnetsThatTheMonitorDoesNotCount() {
    List<ISubnet> unknown = List.of(Subnet.fromSubnetId(stack, "SubnetC", "subnet-0c"));

    assertThatThrownBy(
            () ->
                watching
                    .fully(SparkConnectAlarms.Builder.create(stack, "Alarms"))
                    .subnets(unknown)
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Default/Alarms: subnets received subnet-0c, whose free addresses Default/Monitor does"
                + " not count; call subnets(subnets) of the monitor's builder too");
    refuses(
        alarms -> alarms.subnets(unknown),
        "subnets received 1, but only a monitor counts their free addresses; call monitor(monitor),"
            + " or leave them out");
  }

  @Test
  void refuseThresholdsThatAreNone() {
    refuses(
        alarms -> alarms.quotaPercent(101),
        "quotaPercent received 101, but takes 1 to 100; to have no such alarm call without(...)");
    refuses(
        alarms -> alarms.sessionsPercent(0),
        "sessionsPercent received 0, but takes 1 to 100; to have no such alarm call without(...)");
    refuses(
        alarms -> alarms.sessionsPerApplication(0),
        "sessionsPerApplication received 0, but takes 1 to 1000000; to have no such alarm call"
            + " without(...)");
    refuses(
        alarms -> alarms.startFailures(0),
        "startFailures received 0, but takes 1 to 1000000; to have no such alarm call"
            + " without(...)");
    refuses(
        alarms -> alarms.startTime(Duration.days(8)),
        "startTime received 11520 minutes, but takes whole minutes from 1 to 10080, a week");
    refuses(
        alarms -> alarms.startFailures(Token.asNumber(Map.of("Ref", "P")).intValue()),
        "startFailures" + NOT_KNOWN.formatted("a number"));
    refuses(
        alarms -> alarms.busyTime(Duration.minutes(Token.asNumber(Map.of("Ref", "P")))),
        "busyTime" + NOT_KNOWN.formatted("a duration"));
    refuses(
        alarms -> alarms.freeAddresses(0),
        "freeAddresses received 0, but takes 1 to 1000000; to have no such alarm call"
            + " without(...)");
    refuses(
        alarms -> alarms.busyTime(Duration.seconds(90)),
        "busyTime received 1.5 minutes, but takes whole minutes from 1 to 10080, a week");
    refuses(
        alarms -> alarms.dollarsPerDay(Token.asNumber(Map.of("Ref", "Budget")).doubleValue()),
        "dollarsPerDay" + NOT_KNOWN.formatted("a number"));
    refuses(
        alarms -> alarms.dollarsPerDay(-1),
        "dollarsPerDay received -1.0, but takes a number above 0, to 1000000; leave it out for no"
            + " budget");
  }

  private void refuses(UnaryOperator<SparkConnectAlarms.Builder> wrong, String message) {
    Stack other = new Stack();
    SparkConnectAlarms.Builder builder =
        SparkConnectAlarms.Builder.create(other, "Alarms")
            .application(Watching.in(other).application());
    assertThatThrownBy(() -> wrong.apply(builder).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Default/Alarms: " + message);
  }
}
