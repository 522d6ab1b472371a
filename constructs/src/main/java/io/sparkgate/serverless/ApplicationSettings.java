package io.sparkgate.serverless;

import io.sparkgate.spark.Classification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.emrserverless.CfnApplication.AutoStopConfigurationProperty;
import software.amazon.awscdk.services.kms.IKey;
import software.constructs.Construct;

/** What the builder was told, the defaults of what it was not, and what follows from both. */
final class ApplicationSettings {

  @Nullable String applicationName;
  ReleaseLabel releaseLabel = ReleaseLabel.EMR_7_13_0;
  CpuArchitecture architecture = CpuArchitecture.X86_64;
  @Nullable WarmPool warmPool;
  // One default session fits, the vCPUs are the account's default quota, and sixteen workers of
  // one vCPU still have their 20 GB disks.
  @Nullable CapacityLimit capacityLimit = CapacityLimit.of(16, 64, 320);
  int expectedSessions = 1;
  int accountVcpuQuota = 16;
  boolean autoStart = true;
  boolean autoStopEnabled = true;
  Duration autoStop = Duration.minutes(15);
  boolean managedLogStorage = true;
  final List<LogDestination> logDestinations = new ArrayList<>();
  @Nullable IKey encryptionKey;
  @Nullable IVpc vpc;
  @Nullable SubnetSelection vpcSubnets;
  List<ISecurityGroup> securityGroups = List.of();
  Map<String, String> sparkDefaults = Map.of();
  final List<Classification> classifications = new ArrayList<>();

  String applicationName(Construct application) {
    return applicationName != null ? applicationName : DefaultName.of(application);
  }

  Optional<WarmPool> warmPool() {
    return Optional.ofNullable(warmPool);
  }

  Optional<CapacityLimit> capacityLimit() {
    return Optional.ofNullable(capacityLimit);
  }

  Logs logs() {
    return new Logs(
        managedLogStorage, logDestinations, Optional.ofNullable(encryptionKey).map(LogKey::new));
  }

  AutoStopConfigurationProperty autoStopConfiguration() {
    var configuration = AutoStopConfigurationProperty.builder().enabled(autoStopEnabled);
    return autoStopEnabled
        ? configuration.idleTimeoutMinutes(autoStop.toMinutes()).build()
        : configuration.build();
  }

  List<Classification> runtimeConfiguration() {
    List<Classification> all = new ArrayList<>();
    if (!sparkDefaults.isEmpty()) {
      all.add(Classification.of(SparkConf.CLASSIFICATION, sparkDefaults));
    }
    all.addAll(classifications);
    return all;
  }

  SparkConf sparkConf() {
    return SparkConf.of(runtimeConfiguration());
  }

  /** Makes a security group if none is given; empty without a VPC. */
  Optional<ApplicationNetwork> network(Construct scope) {
    return Optional.ofNullable(vpc)
        .map(given -> ApplicationNetwork.of(scope, given, subnets(), securityGroups));
  }

  private SubnetSelection subnets() {
    return vpcSubnets != null ? vpcSubnets : SubnetSelection.builder().build();
  }
}
