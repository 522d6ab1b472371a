package io.sparkgate.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.IEmrServerlessApplication;
import io.sparkgate.serverless.Prices;
import io.sparkgate.spark.CpuArchitecture;
import io.sparkgate.testing.Synth;
import io.sparkgate.watch.RequestRates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.Subnet;

/** What a monitor tells of, and how well. */
class MonitorScopeTest {

  private final Monitored it = new Monitored(new Stack());

  @Test
  void hasMetricsOfEachApplication() {
    ISubnet subnet = Subnet.fromSubnetId(it.stack, "Subnet", "subnet-1");
    SessionMonitor monitor = it.monitor().subnets(List.of(subnet)).build();

    assertThat(monitor.metricSessionsBusy(it.application))
        .satisfies(
            metric -> {
              assertThat(metric.getNamespace()).isEqualTo("Sparkgate");
              assertThat(metric.getMetricName()).isEqualTo("SessionsBusy");
              assertThat(metric.getDimensions()).isEqualTo(Map.of("ApplicationId", Monitored.ID));
              assertThat(metric.getStatistic()).isEqualTo("Maximum");
            });
    assertThat(monitor.metricDollars(it.application).getStatistic()).isEqualTo("Sum");
    assertThat(monitor.metricReadySeconds(it.application).getStatistic()).isEqualTo("p90");
    assertThat(monitor.metricOwnerDollars(it.application, "alice").getDimensions())
        .isEqualTo(Map.of("ApplicationId", Monitored.ID, "Owner", "alice"));
    assertThat(monitor.metricFreeAddresses(subnet).getDimensions())
        .isEqualTo(Map.of("SubnetId", "subnet-1"));
    assertThat(monitor.getSubnetIds()).containsExactly("subnet-1");
  }

  @Test
  void hasNoMetricsOfWhatItDoesNotWatch() {
    SessionMonitor monitor = it.monitor().build();
    IEmrServerlessApplication other =
        EmrServerlessApplication.fromApplicationId(it.stack, "Other", "00f1cb5c6anuij26");

    assertThat(monitor.watches(other)).isFalse();
    assertThat(
            monitor.watches(
                EmrServerlessApplication.fromApplicationId(it.stack, "Again", Monitored.ID)))
        .isTrue();
    assertThatThrownBy(() -> monitor.metricSessionsLive(other))
        .hasMessage(
            "Default/Monitor: a metric was asked for of Default/Other, but there are metrics only of"
                + " what the monitor watches; call watch(application) of its builder too");
    assertThatThrownBy(() -> monitor.metricOwnerDollars(other, "alice"))
        .hasMessageContaining("a metric was asked for of Default/Other");
    assertThatThrownBy(
            () -> monitor.metricFreeAddresses(Subnet.fromSubnetId(it.stack, "Subnet", "subnet-1")))
        .hasMessage(
            "Default/Monitor: a metric was asked for of Default/Subnet, but there are metrics only"
                + " of the monitor's subnets; name it by subnets(…) of its builder too");
  }

  @Test
  void saysWhenAPassCannotBeWhole() {
    watching(33).build();
    assertThat(Synth.warnings(it.stack))
        .singleElement()
        .asString()
        .contains(
            "watch received 34 applications for a function, which needs 68 requests of ListJobRuns"
                + " for a whole pass, but every 5 minutes it has 66 at its rate, and a pass that is"
                + " not whole tells no figures");
  }

  @Test
  void saysNothingWhenAPassCanJustBeWhole() {
    watching(32).build();

    assertThat(Synth.warnings(it.stack)).isEmpty();
  }

  @Test
  void saysWhichListIsTooSlow() {
    watching(50)
        .requestRates(RequestRates.share(100).listSessions(1, 1).listJobRuns(10, 100))
        .every(Duration.minutes(1))
        .build();

    assertThat(Synth.warnings(it.stack))
        .singleElement()
        .asString()
        .contains("51 applications for a function, which needs 51 requests of ListSessions");
  }

  /** With so many applications more. */
  private SessionMonitor.Builder watching(int more) {
    SessionMonitor.Builder builder = it.monitor();
    IntStream.range(0, more)
        .mapToObj(
            i ->
                EmrServerlessApplication.fromApplicationId(
                    it.stack, "App" + i, "00f1cb5c6anui%03d".formatted(i)))
        .forEach(builder::watch);
    return builder;
  }

  @Test
  void saysWhenDollarsThatEndSessionsAreOfElsewhere() {
    List<String> warnings = new ArrayList<>();
    OwnerLimits limits = OwnerLimits.none().dailyBudget(5);
    for (OwnerLimits each : List.of(limits, limits.enforce())) {
      for (String region : List.of("us-east-1", "eu-west-1")) {
        Stack stack = in(region);
        new Monitored(stack).monitor().ownerLimits(each).build();
        warnings.addAll(Synth.warnings(stack));
      }
    }

    assertThat(warnings)
        .singleElement()
        .asString()
        .contains(
            "those of eu-west-1 on X86_64 are not known here; give your own"
                + " by prices(Prices.of(…)), in cdk.json prices; sessions end by dailyBudget");
  }

  @Test
  void addsUpWhatHappensAndTakesTheMostOfWhatIs() {
    IEmrServerlessApplication of = it.application;
    ISubnet subnet = Subnet.fromSubnetId(it.stack, "Subnet", "subnet-1");
    SessionMonitor monitor =
        it.monitor().every(Duration.minutes(2)).subnets(List.of(subnet)).build();

    assertThat(
            List.of(
                monitor.metricSessionsLive(of),
                monitor.metricSessionsStarting(of),
                monitor.metricSessionsReady(of),
                monitor.metricSessionsIdle(of),
                monitor.metricSessionsBusy(of),
                monitor.metricBusyPercent(of),
                monitor.metricOldestIdleSeconds(of),
                monitor.metricLongestBusySeconds(of),
                monitor.metricSessionStarts(of),
                monitor.metricSessionFailures(of),
                monitor.metricSessionEnds(of),
                monitor.metricReadySeconds(of),
                monitor.metricIdleMinutes(of),
                monitor.metricVcpuHours(of),
                monitor.metricMemoryGbHours(of),
                monitor.metricDollars(of),
                monitor.metricIdleDollarsPerHour(of),
                monitor.metricPoolIdleDollarsPerHour(of),
                monitor.metricOwnerSessions(of, "alice"),
                monitor.metricOwnerDollars(of, "alice"),
                monitor.metricFreeAddresses(subnet)))
        .allMatch(metric -> metric.getPeriod().toMinutes().intValue() == 2)
        .extracting(metric -> metric.getMetricName() + " " + metric.getStatistic())
        .containsExactly(
            "SessionsLive Maximum",
            "SessionsStarting Maximum",
            "SessionsReady Maximum",
            "SessionsIdle Maximum",
            "SessionsBusy Maximum",
            "BusyPercent Average",
            "OldestIdleSeconds Maximum",
            "LongestBusySeconds Maximum",
            "SessionStarts Sum",
            "SessionFailures Sum",
            "SessionEnds Sum",
            "ReadySeconds p90",
            "IdleMinutes Sum",
            "VcpuHours Sum",
            "MemoryGbHours Sum",
            "Dollars Sum",
            "IdleDollarsPerHour Maximum",
            "PoolIdleDollarsPerHour Maximum",
            "OwnerSessions Maximum",
            "OwnerDollars Sum",
            "FreeAddresses Minimum");
  }

  @Test
  void estimatesByThePricesOfTheProcessorAndSaysWhereTheseAreNot() {
    Stack stack = in("us-east-1");
    SessionMonitor.Builder.create(stack, "Monitor")
        .watch(
            EmrServerlessApplication.Builder.create(stack, "Application")
                .architecture(CpuArchitecture.ARM64)
                .build())
        .build();

    Annotations.fromStack(stack)
        .hasInfo(
            "/Here/Monitor", Match.stringLikeRegexp(".*those of us-east-1 on ARM64 are not.*"));
    it.monitor().build();
    Annotations.fromStack(it.stack)
        .hasInfo(
            "/Default/Monitor",
            Match.stringLikeRegexp(".*those of a Region known at deployment only on X86_64.*"));
  }

  @Test
  void saysNothingOfPricesThatAreYourOwn() {
    Stack stack = in("eu-west-1");
    new Monitored(stack)
        .monitor()
        .ownerLimits(OwnerLimits.none().dailyBudget(5).enforce())
        .prices(Prices.of(0.05, 0.006, 0, "our contract"))
        .build();

    assertThat(Synth.warnings(stack)).isEmpty();
    Annotations.fromStack(stack).hasNoInfo("/Here/Monitor", Match.anyValue());
  }

  private static Stack in(String region) {
    return new Stack(
        null,
        "Here",
        StackProps.builder()
            .env(Environment.builder().account("111122223333").region(region).build())
            .build());
  }
}
