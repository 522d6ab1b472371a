package io.sparkgate.app;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which setting a construct speaks of: it knows its own properties, not where they came from. */
final class Blame {

  /** "Stack/Construct: property says the rest". */
  private static final Pattern PROPERTY =
      Pattern.compile("\\S+: \\[?([A-Za-z]+).*", Pattern.DOTALL);

  private Blame() {}

  /** The setting with a dot before it; nothing if only the environment is known. */
  static String of(String message) {
    return property(message).map(Blame::ofTheApplication).orElse("");
  }

  /** The same, where a cluster and its endpoint speak. */
  static String ofCluster(String message) {
    return property(message).map(Blame::ofTheCluster).orElse("");
  }

  private static Optional<String> property(String message) {
    Matcher matcher = PROPERTY.matcher(message);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static String ofTheCluster(String property) {
    return switch (property) {
      case "natGateways", "vpc" -> "." + property;
      case "vpcSubnets" -> ".vpc";
      case "releaseLabel", "generation", "onDelete" -> ".cluster." + property;
      case "idleTermination" -> ".cluster.idleTerminationMinutes";
      case "capacity" -> ".cluster";
      case "domainName" -> ".cluster.endpoint.domainName";
      case "certificate" -> ".cluster.endpoint.certificateArn";
      case "trustStore" -> ".cluster.endpoint.trustStoreArn";
      case "allowClients" -> ".cluster.endpoint.clients";
      default -> "";
    };
  }

  private static String ofTheApplication(String property) {
    return switch (property) {
      case "releaseLabel",
          "warmPool",
          "natGateways",
          "vpc",
          "privateMode",
          "onUpdate",
          "onDelete" ->
          "." + property;
      case "prefix" -> ".connectionPrefix";
      case "capacityLimit" -> ".capacity";
      case "Catalog", "classification" -> ".catalogs";
      case "withinQuota" -> ".accountVcpuQuota";
      case "terminateAfter" -> ".idleMinutes";
      case "maxAge" -> ".maxAgeMinutes";
      case "every" -> ".monitoring.everyMinutes";
      case "warnBefore" -> ".monitoring.warnMinutes";
      case "startTime" -> ".monitoring.alarms.startMinutes";
      case "busyTime" -> ".monitoring.alarms.busyMinutes";
      case "quotaPercent",
          "sessionsPercent",
          "sessionsPerApplication",
          "startFailures",
          "dollarsPerDay",
          "freeAddresses" ->
          ".monitoring.alarms." + property;
      case "application" -> ".warmHours";
      case "ownerLimits" -> ".monitoring.ownerLimits";
      case "vpcSubnets" -> ".vpc";
      case "allowClients" -> ".privateMode.clients";
      case "gitHubProvider" -> ".oidcProvider";
      case "encryptionKey" -> ".customerManagedKey";
      default -> "";
    };
  }
}
