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
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.constructs.Construct;

/** What the builder was told, and the defaults of what it was not. */
final class ApplicationSettings {

  @Nullable String applicationName;
  ReleaseLabel releaseLabel = ReleaseLabel.EMR_7_13_0;
  CpuArchitecture architecture = CpuArchitecture.X86_64;
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
    return new FeatureTarget(application, releaseLabel, architecture, true);
  }

  /** What the features say, which may depend on all else. */
  void settle(FeatureTarget target) {
    for (Feature feature : features) {
      for (Classification classification : feature.settings(target)) {
        runtime = runtime.with(feature.toString(), classification);
      }
    }
  }

  String applicationName(Construct application) {
    return applicationName != null ? applicationName : DefaultName.of(application);
  }

  Optional<WarmPool> warmPool() {
    return Optional.ofNullable(warmPool);
  }

  SparkConf sparkConf() {
    return SparkConf.of(runtime.classifications());
  }

  /** Makes a security group if none is given; empty without a VPC. */
  Optional<ApplicationNetwork> network(Construct scope) {
    return Optional.ofNullable(vpc)
        .map(given -> ApplicationNetwork.of(scope, given, vpcSubnets, securityGroups));
  }
}
