package io.sparkgate.cluster;

import static java.util.Map.entry;

import io.sparkgate.internal.Ordered;
import io.sparkgate.network.SparkConnectNetwork;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.CfnTag;
import software.amazon.awscdk.services.emr.CfnCluster;
import software.amazon.awscdk.services.emr.CfnClusterProps;
import software.constructs.Construct;

/** The settings in the words of CloudFormation, and which of them only a new cluster can have. */
final class ClusterResource extends CfnCluster {

  /** What CloudFormation changes in a cluster that runs; all else replaces it. */
  private static final List<String> IN_PLACE =
      List.of(
          "autoTerminationPolicy",
          "managedScalingPolicy",
          "stepConcurrencyLevel",
          "tags",
          "visibleToAllUsers");

  /** Of its instances. */
  private static final List<String> IN_PLACE_OF_INSTANCES =
      List.of("terminationProtected", "unhealthyNodeReplacement");

  /** Where the words of CloudFormation are not those of people. */
  private static final Map<String, String> WORDS =
      Ordered.map(
          entry("additionalMasterSecurityGroups", "further security groups of the primary node"),
          entry("additionalSlaveSecurityGroups", "further security groups of the other nodes"),
          entry("coreInstanceFleet", "core nodes"),
          entry("ec2SubnetIds", "subnets"),
          entry("emrManagedMasterSecurityGroup", "security group of the primary node"),
          entry("emrManagedSlaveSecurityGroup", "security group of the other nodes"),
          entry("jobFlowRole", "instance profile"),
          entry("logUri", "place of the logs"),
          entry("masterInstanceFleet", "primary node"),
          entry("serviceAccessSecurityGroup", "security group of EMR"),
          entry("taskInstanceFleets", "task nodes"));

  private final Map<String, Object> overrides = new TreeMap<>();

  ClusterResource(Construct scope, CfnClusterProps props) {
    super(scope, "Resource", props);
  }

  static CfnTag emrTag() {
    return CfnTag.builder().key(SparkConnectNetwork.EMR_TAG).value("true").build();
  }

  /** The CDK keeps overrides to itself, so what passes by is noted. */
  @Override
  public void addOverride(String path, Object value) {
    super.addOverride(path, value);
    if (path.startsWith("Properties")) {
      overrides.put(path, value);
    }
  }

  /** Returns what only a new cluster can have, by names for people: resolved, so at synthesis. */
  Map<String, Object> replacing() {
    Map<String, Object> replacing = new TreeMap<>();
    ((Map<?, ?>) getStack().resolve(getCfnProperties()))
        .forEach(
            (property, value) -> {
              if (property.equals("instances") && value instanceof Map<?, ?> instances) {
                instances.forEach(
                    (part, setting) -> put(replacing, part, setting, IN_PLACE_OF_INSTANCES));
              } else {
                put(replacing, property, value, IN_PLACE);
              }
            });
    overrides.forEach((path, value) -> replacing.put(path, getStack().toJsonString(value)));
    return replacing;
  }

  private void put(Map<String, Object> all, Object property, Object value, List<String> inPlace) {
    String name = String.valueOf(property);
    if (value != null && !inPlace.contains(name)) {
      all.put(
          WORDS.getOrDefault(name, words(name)),
          value instanceof String || value instanceof Number || value instanceof Boolean
              ? String.valueOf(value)
              : getStack().toJsonString(value));
    }
  }

  private static String words(String property) {
    return property.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }
}
