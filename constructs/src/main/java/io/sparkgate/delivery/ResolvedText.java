package io.sparkgate.delivery;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a resolved value says. What is known at deployment only stands in it as {@code ${…}}, so
 * that the rest can be looked at, as in {@code arn:${AWS::Partition}:iam::444455556666:root}.
 */
final class ResolvedText {

  private ResolvedText() {}

  static String of(Object resolved) {
    if (!(resolved instanceof Map<?, ?> map)) {
      return String.valueOf(resolved);
    }
    if (map.get("Fn::Join") instanceof List<?> join && join.get(1) instanceof List<?> parts) {
      return parts.stream().map(ResolvedText::of).collect(Collectors.joining(of(join.get(0))));
    }
    return "${" + (map.containsKey("Ref") ? map.get("Ref") : map) + "}";
  }

  /** Of one, or of each in a list. */
  static Stream<String> all(Object resolved) {
    return resolved instanceof List<?> list
        ? list.stream().map(ResolvedText::of)
        : Stream.of(of(resolved));
  }
}
