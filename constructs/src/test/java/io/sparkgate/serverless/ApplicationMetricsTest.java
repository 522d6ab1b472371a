package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;

class ApplicationMetricsTest {

  private final Stack stack = new Stack();

  @ParameterizedTest
  @MethodSource
  void areThoseOfTheService(String name, Function<IEmrServerlessApplication, Metric> named) {
    Metric metric = named.apply(named("spark"));

    assertThat(metric.getNamespace()).isEqualTo("AWS/EMRServerless");
    assertThat(metric.getMetricName()).isEqualTo(name);
    assertThat(metric.getDimensions())
        .isEqualTo(Map.of("ApplicationId", "00f1cb5c6anuij25", "ApplicationName", "spark"));
  }

  static Stream<Arguments> areThoseOfTheService() {
    return Stream.of(
        of("CPUAllocated", IEmrServerlessApplication::metricCpuAllocated),
        of("MemoryAllocated", IEmrServerlessApplication::metricMemoryAllocated),
        of("StorageAllocated", IEmrServerlessApplication::metricStorageAllocated),
        of("MaxCPUAllowed", IEmrServerlessApplication::metricMaxCpuAllowed),
        of("MaxMemoryAllowed", IEmrServerlessApplication::metricMaxMemoryAllowed),
        of("MaxStorageAllowed", IEmrServerlessApplication::metricMaxStorageAllowed),
        of("TotalWorkerCount", IEmrServerlessApplication::metricTotalWorkerCount),
        of("RunningWorkerCount", IEmrServerlessApplication::metricRunningWorkerCount),
        of("IdleWorkerCount", IEmrServerlessApplication::metricIdleWorkerCount),
        of(
            "PendingCreationWorkerCount",
            IEmrServerlessApplication::metricPendingCreationWorkerCount));
  }

  private static Arguments of(String name, Function<IEmrServerlessApplication, Metric> named) {
    return Arguments.of(name, named);
  }

  @Test
  void haveTheNameThatTheApplicationIsGiven() {
    EmrServerlessApplication application =
        EmrServerlessApplication.Builder.create(stack, "App").applicationName("mine").build();

    assertThat(application.metricIdleWorkerCount().getDimensions())
        .containsEntry("ApplicationName", "mine");
  }

  @Test
  void areWhereTheApplicationIsAndAsOneWants() {
    Metric metric =
        EmrServerlessApplication.fromApplicationAttributes(
                stack,
                "App",
                EmrServerlessApplicationAttributes.builder()
                    .applicationId("00f1cb5c6anuij25")
                    .applicationName("spark")
                    .region("eu-central-1")
                    .account("111122223333")
                    .build())
            .metric(
                "RunningJobs",
                MetricOptions.builder().statistic("Sum").period(Duration.minutes(1)).build());

    assertThat(metric.getRegion()).isEqualTo("eu-central-1");
    assertThat(metric.getAccount()).isEqualTo("111122223333");
    assertThat(metric.getStatistic()).isEqualTo("Sum");
    assertThat(metric.getPeriod().toMinutes()).isEqualTo(1);
  }

  @Test
  void areNotFoundWithoutTheNameOfTheApplication() {
    IEmrServerlessApplication application =
        EmrServerlessApplication.fromApplicationId(stack, "App", "00f1cb5c6anuij25");

    assertThatThrownBy(application::metricRunningWorkerCount)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Default/App: metric needs the name of the application, by which CloudWatch finds it;"
                + " import it with EmrServerlessApplicationAttributes.applicationName");
  }

  private IEmrServerlessApplication named(String name) {
    return EmrServerlessApplication.fromApplicationAttributes(
        stack,
        "App",
        EmrServerlessApplicationAttributes.builder()
            .applicationId("00f1cb5c6anuij25")
            .applicationName(name)
            .build());
  }
}
