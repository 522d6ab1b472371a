package io.sparkgate.cluster;

import static java.util.Map.entry;

import io.sparkgate.internal.Ordered;
import io.sparkgate.network.SparkConnectNetwork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
          "terminationProtected",
          "unhealthyNodeReplacement",
          "visibleToAllUsers");

  private static final String TYPES = "instanceTypeConfigs";
  private static final String TYPE = "instanceType";

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

  /**
   * Returns what only a new cluster can have, by names for people: resolved, so at synthesis. What
   * CloudFormation fills in stays as it is, so that it does.
   */
  Map<String, Object> replacing() {
    Map<String, Object> replacing = new TreeMap<>();
    ((Map<?, ?>) getStack().resolve(getCfnProperties()))
        .forEach(
            (property, value) -> {
              if (property.equals("instances") && value instanceof Map<?, ?> instances) {
                instances.forEach((part, setting) -> put(replacing, part, setting));
              } else {
                put(replacing, property, value);
              }
            });
    overrides.forEach((path, value) -> replacing.put(path, readable(getStack().resolve(value))));
    return replacing;
  }

  private void put(Map<String, Object> all, Object property, @Nullable Object value) {
    String name = String.valueOf(property);
    if (value == null || IN_PLACE.contains(name)) {
      return;
    }
    String words = WORDS.getOrDefault(name, words(name));
    if (value instanceof Map<?, ?> fleet && fleet.get(TYPES) instanceof List<?> types) {
      all.put("instance types of the " + words, types(types));
      Map<Object, Object> rest = new LinkedHashMap<>(fleet);
      rest.put(TYPES, types.stream().map(ClusterResource::withoutType).toList());
      all.put("disks and number of the " + words, readable(rest));
    } else {
      all.put(words, readable(value));
    }
  }

  private static String types(List<?> types) {
    return types.stream()
        .map(type -> String.valueOf(((Map<?, ?>) type).get(TYPE)))
        .collect(Collectors.joining(", "));
  }

  private static Map<Object, Object> withoutType(Object type) {
    Map<Object, Object> rest = new LinkedHashMap<>((Map<?, ?>) type);
    rest.remove(TYPE);
    return rest;
  }

  /** A text, unless CloudFormation must still fill something in: in a text it would not. */
  private Object readable(Object resolved) {
    if (resolved instanceof Map<?, ?> || resolved instanceof List<?>) {
      return hasIntrinsic(resolved) ? resolved : getStack().toJsonString(resolved);
    }
    return String.valueOf(resolved);
  }

  private static boolean hasIntrinsic(@Nullable Object resolved) {
    if (resolved instanceof Map<?, ?> map) {
      return isIntrinsic(map) || map.values().stream().anyMatch(ClusterResource::hasIntrinsic);
    }
    return resolved instanceof List<?> list
        && list.stream().anyMatch(ClusterResource::hasIntrinsic);
  }

  private static boolean isIntrinsic(Map<?, ?> map) {
    String name = map.size() == 1 ? String.valueOf(map.keySet().iterator().next()) : "";
    return name.equals("Ref") || name.startsWith("Fn::");
  }

  private static String words(String property) {
    return property.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }
}
