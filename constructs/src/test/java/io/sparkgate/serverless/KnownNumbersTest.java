package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.network.SparkConnectNetwork;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;

class KnownNumbersTest {

  private static final Stack STACK = new Stack();
  private static final Number TOKEN =
      CfnParameter.Builder.create(STACK, "Number").type("Number").build().getValueAsNumber();
  private static final WorkerSize SIZE = WorkerSize.of(1, 2);

  static Stream<Arguments> sizes() {
    return Stream.of(
        use("CapacityLimit: vcpu", n -> CapacityLimit.of(n, 64, 320)),
        use("CapacityLimit: memoryGb", n -> CapacityLimit.of(16, n, 320)),
        use("CapacityLimit: diskGb", n -> CapacityLimit.of(16, 64, n)),
        use("CapacityLimit: count", n -> CapacityLimit.ofWorkers(n, SIZE)),
        use("WorkerSize: vcpu", n -> WorkerSize.of(n, 16)),
        use("WorkerSize: memoryGb", n -> WorkerSize.of(4, n)),
        use("WarmPool: driverCount", n -> WarmPool.ofDrivers(n, SIZE)),
        use("WarmPool: executorCount", n -> WarmPool.ofExecutors(n, SIZE)),
        use("Disk: sizeGb", Disk::standard),
        use("CapacityLimit: forSessions", CapacityLimit.standard()::forSessions),
        use("CapacityLimit: withinQuota", CapacityLimit.standard()::withinQuota),
        use(
            "Default/C: natGateways",
            n -> SparkConnectNetwork.Builder.create(STACK, "C").natGateways(n).build()));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void saysThatANumberMustBeKnown(String where, IntConsumer use) {
    assertThatThrownBy(() -> use.accept(TOKEN.intValue()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            where
                + " received a number that is known only when the stack is deployed, such as a"
                + " CfnParameter; checks need it at synthesis: take it from the context (cdk.json"
                + " or -c), and a stack for each environment");
  }

  @Test
  void saysInWhichUnitAnUnknownDurationMustBe() {
    assertThatThrownBy(
            () -> application("D").autoStop(AutoStop.after(Duration.hours(TOKEN))).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Default/D: autoStop received hours that are known only when the stack is deployed,"
                + " and cannot be converted then; use Duration.minutes of a number of minutes");
  }

  @Test
  void saysThatLogsExpireInWholeDays() {
    assertThatThrownBy(
            () -> LogBucket.Builder.create(STACK, "Logs").expireAfter(Duration.hours(12)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Default/Logs: expireAfter is 12 hours; use whole days, 1 or more");
    assertThatThrownBy(
            () ->
                LogBucket.Builder.create(STACK, "Unknown")
                    .expireAfter(Duration.minutes(TOKEN))
                    .build())
        .hasMessage(
            "Default/Unknown: expireAfter received minutes that are known only when the stack is"
                + " deployed, and cannot be converted then; use Duration.days of a number of days");
  }

  private static Arguments use(String where, IntConsumer use) {
    return Arguments.of(where, use);
  }

  private static EmrServerlessApplication.Builder application(String id) {
    return EmrServerlessApplication.Builder.create(STACK, id);
  }
}
