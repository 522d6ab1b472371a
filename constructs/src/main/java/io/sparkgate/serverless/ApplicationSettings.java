package io.sparkgate.serverless;

import io.sparkgate.spark.Classification;
import io.sparkgate.spark.CpuArchitecture;
import io.sparkgate.spark.Feature;
import io.sparkgate.spark.FeatureTarget;
import io.sparkgate.spark.ReleaseLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.emrserverless.CfnApplication.MonitoringConfigurationProperty;
import software.constructs.Construct;

/** What the builder was told, and the defaults of what it was not. */
final class ApplicationSettings {

  @Nullable String applicationName;
  ReleaseLabel releaseLabel = ReleaseLabel.EMR_7_13_0;
  CpuArchitecture architecture = CpuArchitecture.X86_64;
  ApplicationType type = ApplicationType.spark();
  @Nullable JobQueue jobQueue;
  @Nullable WorkerImages images;
  @Nullable WarmPool warmPool;
  CapacityLimit capacityLimit = CapacityLimit.standard();
  AutoStop autoStop = AutoStop.after(Duration.minutes(15));
  Logs logs = Logs.managed();
  @Nullable IVpc vpc;
  SubnetSelection vpcSubnets = SubnetSelection.builder().build();
  List<ISecurityGroup> securityGroups = List.of();
  RuntimeConfiguration runtime = RuntimeConfiguration.empty();
  final List<Feature> features = new ArrayList<>();

  void sparkDefaults(Map<String, String> settings) {
    if (!settings.isEmpty()) {
      runtime =
          runtime.with("sparkDefaults", Classification.of(SparkConf.CLASSIFICATION, settings));
    }
  }

  FeatureTarget target(Construct application) {
    return new FeatureTarget(application, releaseLabel, architecture, type.takesSessions());
  }

  /** What the features say, which may depend on all else. */
  void settle(FeatureTarget target) {
    for (Classification classification : type.settings()) {
      runtime = runtime.with(type.toString(), classification);
    }
    for (Feature feature : features) {
      for (Classification classification : settingsOf(feature, target)) {
        runtime = runtime.with(feature.toString(), classification);
      }
    }
  }

  /** What the engine of this application reads of a feature's. */
  List<Classification> settingsOf(Feature feature, FeatureTarget target) {
    return type instanceof ApplicationType.Hive
        ? feature.settingsOfHive(target)
        : feature.settings(target);
  }

  String applicationName(Construct application) {
    if (applicationName == null) {
      applicationName = DefaultName.of(application);
    }
    return applicationName;
  }

  Optional<WarmPool> warmPool() {
    return Optional.ofNullable(warmPool);
  }

  SparkConf sparkConf() {
    return type instanceof ApplicationType.Spark
        ? SparkConf.of(runtime.classifications())
        : SparkConf.none();
  }

  Optional<WorkerImages> images() {
    return Optional.ofNullable(images);
  }

  Optional<JobQueue> jobQueue() {
    return Optional.ofNullable(jobQueue);
  }

  /** Logs, and metrics of Spark where somebody takes them. */
  MonitoringConfigurationProperty monitoring(Stack stack) {
    MonitoringConfigurationProperty.Builder monitoring = logs.render();
    features.stream()
        .filter(PrometheusMetrics.class::isInstance)
        .map(PrometheusMetrics.class::cast)
        .forEach(metrics -> metrics.render(monitoring, stack));
    return monitoring.build();
  }

  /** Makes a security group if none is given; empty without a VPC. */
  Optional<ApplicationNetwork> network(Construct scope) {
    return Optional.ofNullable(vpc)
        .map(given -> ApplicationNetwork.of(scope, given, vpcSubnets, securityGroups));
  }
}
