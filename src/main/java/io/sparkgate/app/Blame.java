package io.sparkgate.app;

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
    Matcher matcher = PROPERTY.matcher(message);
    if (!matcher.matches()) {
      return "";
    }
    String property = matcher.group(1);
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
      case "withinQuota" -> ".accountVcpuQuota";
      case "terminateAfter" -> ".idleMinutes";
      case "maxAge" -> ".maxAgeMinutes";
      case "vpcSubnets" -> ".vpc";
      case "allowClients" -> ".privateMode.clients";
      case "gitHubProvider" -> ".oidcProvider";
      case "encryptionKey" -> ".customerManagedKey";
      default -> "";
    };
  }
}
