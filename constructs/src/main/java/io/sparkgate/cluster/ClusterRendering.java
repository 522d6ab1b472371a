package io.sparkgate.cluster;

import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awscdk.CfnTag;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.emr.CfnCluster.ApplicationProperty;
import software.amazon.awscdk.services.emr.CfnCluster.AutoTerminationPolicyProperty;
import software.amazon.awscdk.services.emr.CfnCluster.ComputeLimitsProperty;
import software.amazon.awscdk.services.emr.CfnCluster.EbsBlockDeviceConfigProperty;
import software.amazon.awscdk.services.emr.CfnCluster.EbsConfigurationProperty;
import software.amazon.awscdk.services.emr.CfnCluster.InstanceFleetConfigProperty;
import software.amazon.awscdk.services.emr.CfnCluster.InstanceFleetProvisioningSpecificationsProperty;
import software.amazon.awscdk.services.emr.CfnCluster.InstanceTypeConfigProperty;
import software.amazon.awscdk.services.emr.CfnCluster.JobFlowInstancesConfigProperty;
import software.amazon.awscdk.services.emr.CfnCluster.ManagedScalingPolicyProperty;
import software.amazon.awscdk.services.emr.CfnCluster.OnDemandProvisioningSpecificationProperty;
import software.amazon.awscdk.services.emr.CfnCluster.SpotProvisioningSpecificationProperty;
import software.amazon.awscdk.services.emr.CfnCluster.VolumeSpecificationProperty;
import software.amazon.awscdk.services.emr.CfnClusterProps;

/** A cluster's settings in the words of CloudFormation. */
final class ClusterRendering {

  private static final int DISK_GIB = 64;
  private static final long LONGEST_WITHOUT_SERVER_SECONDS = 15 * 60;

  private ClusterRendering() {}

  /**
   * Returns the properties of the resource.
   *
   * @param name with the generation, so that a new one brings a new cluster
   * @param logUri where logs go
   * @param tag by which the function knows it
   */
  static CfnClusterProps props(
      ClusterSettings settings,
      String name,
      String logUri,
      ClusterRoles roles,
      ClusterGroups groups,
      ClusterNetwork network,
      String securityConfiguration,
      CfnTag tag) {
    CfnClusterProps.Builder props =
        CfnClusterProps.builder()
            .name(name)
            .releaseLabel(settings.releaseLabel.getLabel())
            .applications(List.of(ApplicationProperty.builder().name("Spark").build()))
            .serviceRole(roles.service().role().getRoleArn())
            .jobFlowRole(roles.profile().getRef())
            .securityConfiguration(securityConfiguration)
            .logUri(logUri)
            .scaleDownBehavior("TERMINATE_AT_TASK_COMPLETION")
            .stepConcurrencyLevel(1)
            .visibleToAllUsers(true)
            .instances(instances(settings.capacity, groups, network))
            .managedScalingPolicy(scaling(settings.capacity))
            .tags(List.of(ClusterResource.emrTag(), tag));
    Duration idle = settings.idleTermination;
    return idle == null ? props.build() : props.autoTerminationPolicy(ending(idle)).build();
  }

  /** Time to mend a server that a step broke, which to EMR is idleness too. */
  private static AutoTerminationPolicyProperty ending(Duration idle) {
    long seconds = Math.min(idle.toSeconds().longValue(), LONGEST_WITHOUT_SERVER_SECONDS);
    return AutoTerminationPolicyProperty.builder().idleTimeout(seconds).build();
  }

  private static JobFlowInstancesConfigProperty instances(
      ClusterCapacity capacity, ClusterGroups groups, ClusterNetwork network) {
    String workers = network.workers().getSecurityGroupId();
    JobFlowInstancesConfigProperty.Builder instances =
        JobFlowInstancesConfigProperty.builder()
            .ec2SubnetIds(network.subnetIds())
            .masterInstanceFleet(fleet("Primary", 1, capacity.primaryNames()))
            .coreInstanceFleet(fleet("Core", 1, capacity.nodeNames()))
            .keepJobFlowAliveWhenNoSteps(true)
            .terminationProtected(false)
            .unhealthyNodeReplacement(true)
            .emrManagedMasterSecurityGroup(groups.primary().getSecurityGroupId())
            .emrManagedSlaveSecurityGroup(groups.core().getSecurityGroupId())
            .serviceAccessSecurityGroup(groups.service().getSecurityGroupId())
            .additionalMasterSecurityGroups(List.of(groups.access().getSecurityGroupId(), workers))
            .additionalSlaveSecurityGroups(List.of(workers));
    if (capacity.usesSpot()) {
      instances.taskInstanceFleets(List.of(spotFleet(capacity.nodeNames())));
    }
    return instances.build();
  }

  private static ManagedScalingPolicyProperty scaling(ClusterCapacity capacity) {
    int onDemand = capacity.usesSpot() ? 1 : capacity.nodes();
    return ManagedScalingPolicyProperty.builder()
        .computeLimits(
            ComputeLimitsProperty.builder()
                .unitType("InstanceFleetUnits")
                .minimumCapacityUnits(1)
                .maximumCapacityUnits(capacity.nodes())
                .maximumCoreCapacityUnits(onDemand)
                .maximumOnDemandCapacityUnits(onDemand)
                .build())
        .build();
  }

  private static InstanceFleetConfigProperty fleet(String name, int onDemand, List<String> types) {
    return InstanceFleetConfigProperty.builder()
        .name(name)
        .targetOnDemandCapacity(onDemand)
        .targetSpotCapacity(0)
        .instanceTypeConfigs(
            IntStream.range(0, types.size())
                .mapToObj(i -> type(types.get(i)).priority(i).build())
                .toList())
        .launchSpecifications(
            InstanceFleetProvisioningSpecificationsProperty.builder()
                .onDemandSpecification(
                    OnDemandProvisioningSpecificationProperty.builder()
                        // EMR's default is the cheapest.
                        .allocationStrategy("prioritized")
                        .build())
                .build())
        .build();
  }

  /** It starts with one node, because a fleet of none is refused (assumed, not seen). */
  private static InstanceFleetConfigProperty spotFleet(List<String> types) {
    return InstanceFleetConfigProperty.builder()
        .name("Task")
        .targetOnDemandCapacity(0)
        .targetSpotCapacity(1)
        .instanceTypeConfigs(types.stream().map(type -> type(type).build()).toList())
        .launchSpecifications(
            InstanceFleetProvisioningSpecificationsProperty.builder()
                .spotSpecification(
                    SpotProvisioningSpecificationProperty.builder()
                        .allocationStrategy("price-capacity-optimized")
                        .timeoutAction("SWITCH_TO_ON_DEMAND")
                        .timeoutDurationMinutes(10)
                        .build())
                .build())
        .build();
  }

  private static InstanceTypeConfigProperty.Builder type(String type) {
    VolumeSpecificationProperty volume =
        VolumeSpecificationProperty.builder().volumeType("gp3").sizeInGb(DISK_GIB).build();
    return InstanceTypeConfigProperty.builder()
        .instanceType(type)
        .weightedCapacity(1)
        .ebsConfiguration(
            EbsConfigurationProperty.builder()
                .ebsOptimized(true)
                .ebsBlockDeviceConfigs(
                    List.of(
                        EbsBlockDeviceConfigProperty.builder()
                            .volumesPerInstance(1)
                            .volumeSpecification(volume)
                            .build()))
                .build());
  }
}
