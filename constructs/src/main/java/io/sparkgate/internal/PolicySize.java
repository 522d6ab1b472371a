package io.sparkgate.internal;

import static java.util.Map.entry;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * How long a policy is as IAM counts it, without whitespace. What is known at deployment only is
 * taken to be as long as such values usually are at most.
 */
public final class PolicySize {

  /** Of an ARN of ours: that of an application has 77, of a role with a long name 95. */
  private static final int ARN = 100;

  private static final Map<String, Integer> PSEUDO_PARAMETERS =
      Ordered.map(
          entry("AWS::AccountId", 12), entry("AWS::Partition", 10), entry("AWS::Region", 14));

  private PolicySize() {}

  /** Returns the size of a resolved statement, list or document. */
  public static int of(Object resolved) {
    if (resolved instanceof Collection<?> list) {
      return 1 + list.stream().mapToInt(item -> of(item) + 1).sum();
    }
    if (resolved instanceof Map<?, ?> map && !isIntrinsic(map)) {
      return 1
          + map.entrySet().stream()
              .mapToInt(entry -> of(entry.getKey()) + 1 + of(entry.getValue()) + 1)
              .sum();
    }
    return characters(resolved) + 2;
  }

  private static boolean isIntrinsic(Map<?, ?> map) {
    String only = map.size() == 1 ? String.valueOf(map.keySet().iterator().next()) : "";
    return only.equals("Ref") || only.startsWith("Fn::");
  }

  private static int characters(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.get("Fn::Join") instanceof List<?> join && join.get(1) instanceof List<?> parts
          ? parts.stream().mapToInt(PolicySize::characters).sum()
          : PSEUDO_PARAMETERS.getOrDefault(String.valueOf(map.get("Ref")), ARN);
    }
    return String.valueOf(value).length();
  }
}
