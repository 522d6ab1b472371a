package io.sparkgate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.serverless.EmrServerlessApplication;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;

class ReaperMetricsTest {

  private final Stack stack = new Stack();

  @ParameterizedTest
  @MethodSource
  void areWhatTheFunctionWrites(
      String name, String statistic, Function<IdleSessionReaper, List<Metric>> named) {
    IdleSessionReaper reaper = reaper(1);

    assertThat(named.apply(reaper))
        .singleElement()
        .satisfies(
            metric -> {
              assertThat(metric.getNamespace()).isEqualTo("Sparkgate");
              assertThat(metric.getMetricName()).isEqualTo(name);
              assertThat(metric.getDimensions())
                  .isEqualTo(Map.of("Reaper", reaper.getFunctions().get(0).getFunctionName()));
              assertThat(metric.getStatistic()).isEqualTo(statistic);
              assertThat(metric.getPeriod().toMinutes()).isEqualTo(10);
            });
  }

  static Stream<Arguments> areWhatTheFunctionWrites() {
    return Stream.of(
        of("Scanned", "Maximum", IdleSessionReaper::metricScanned),
        of("Idle", "Maximum", IdleSessionReaper::metricIdle),
        of("Terminated", "Sum", IdleSessionReaper::metricTerminated),
        of("WouldTerminate", "Maximum", IdleSessionReaper::metricWouldTerminate),
        of("Exempt", "Maximum", IdleSessionReaper::metricExempt),
        of("Unknown", "Maximum", IdleSessionReaper::metricUnknown),
        of("UnreadableKeepUntil", "Maximum", IdleSessionReaper::metricUnreadableKeepUntil),
        of("UnreadableIdleMinutes", "Maximum", IdleSessionReaper::metricUnreadableIdleMinutes),
        of("Failed", "Sum", IdleSessionReaper::metricFailed),
        of("Left", "Maximum", IdleSessionReaper::metricLeft),
        of("OldestIdleSeconds", "Maximum", IdleSessionReaper::metricOldestIdleSeconds),
        of("SweepDuration", "Maximum", IdleSessionReaper::metricSweepDuration),
        of("JobRunsScanned", "Maximum", IdleSessionReaper::metricJobRunsScanned),
        of("JobRunsCancelled", "Sum", IdleSessionReaper::metricJobRunsCancelled),
        of("JobRunsWouldCancel", "Maximum", IdleSessionReaper::metricJobRunsWouldCancel));
  }

  private static Arguments of(
      String name, String statistic, Function<IdleSessionReaper, List<Metric>> named) {
    return Arguments.of(name, statistic, named);
  }

  @Test
  void areOneForEachFunctionAndAsOneWants() {
    IdleSessionReaper reaper = reaper(101);

    assertThat(
            reaper.metric(
                "Failed",
                MetricOptions.builder().statistic("p90").period(Duration.hours(1)).build()))
        .hasSize(2)
        .allSatisfy(
            metric -> {
              assertThat(metric.getStatistic()).isEqualTo("p90");
              assertThat(metric.getPeriod().toHours()).isEqualTo(1);
            })
        .extracting(Metric::getDimensions)
        .doesNotHaveDuplicates();
  }

  private IdleSessionReaper reaper(int applications) {
    IdleSessionReaper.Builder reaper =
        IdleSessionReaper.Builder.create(stack, "Reaper").every(Duration.minutes(10));
    IntStream.range(0, applications)
        .mapToObj(
            i ->
                EmrServerlessApplication.fromApplicationId(
                    stack, "Application" + i, "00f1cb5c6anuij" + i))
        .forEach(reaper::watch);
    return reaper.build();
  }
}
