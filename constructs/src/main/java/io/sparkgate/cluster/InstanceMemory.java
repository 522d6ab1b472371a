package io.sparkgate.cluster;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The memory of EC2's common instance types, by the rule that their names follow. */
final class InstanceMemory {

  private static final Pattern COMMON = Pattern.compile("([cmr])\\d[a-z-]*\\.(\\d*)xlarge");

  private InstanceMemory() {}

  /** Returns the MiB of a type; empty for those that follow no rule. */
  static OptionalLong mib(String type) {
    Matcher matcher = COMMON.matcher(type);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    int times = matcher.group(2).isEmpty() ? 1 : Integer.parseInt(matcher.group(2));
    return OptionalLong.of(ofXlarge(matcher.group(1)) * times * 1024L);
  }

  /** In GiB: each size doubles its family's smallest. */
  private static int ofXlarge(String family) {
    return switch (family) {
      case "c" -> 8;
      case "m" -> 16;
      default -> 32;
    };
  }
}
