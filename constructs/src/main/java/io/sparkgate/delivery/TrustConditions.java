package io.sparkgate.delivery;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The conditions under which somebody comes in.
 *
 * @param operators keys and values of each operator, resolved
 */
record TrustConditions(Map<?, ?> operators) {

  /** Others hold for a caller without the key (IfExists, ForAllValues), or for all but one. */
  private static final String ASKS_FOR_A_TEXT =
      "(?i)(ForAnyValue:)?String(Equals|EqualsIgnoreCase|Like)";

  private static final String ASKS_FOR_AN_ARN = "(?i)(ForAnyValue:)?Arn(Equals|Like)";

  /** What is not the same for all callers of an account, and not theirs to choose. */
  private static final String WHO_CALLS =
      "(?i)aws:(PrincipalArn|PrincipalTag/.+|userid|username|SourceIdentity)|sts:ExternalId";

  private static final String NAMED_ARN = ".*/.*[^*?/].*|.*:root|\\$\\{.*}";

  /** Whether there is one on a key, whatever it asks. */
  boolean mention(String key) {
    return operators.values().stream()
        .flatMap(TrustConditions::entries)
        .anyMatch(entry -> isSame(key, entry));
  }

  /** Whether they hold what a token or an assertion says to some value. */
  boolean pin(Predicate<String> key) {
    return asked(ASKS_FOR_A_TEXT)
        .filter(entry -> key.test(String.valueOf(entry.getKey())))
        .anyMatch(entry -> isPinned(entry, "(?s).*[^*?].*"));
  }

  /** Whether they tell callers of one account apart. */
  boolean pinTheCaller() {
    return asked(ASKS_FOR_A_TEXT + "|" + ASKS_FOR_AN_ARN)
        .filter(entry -> String.valueOf(entry.getKey()).matches(WHO_CALLS))
        .anyMatch(
            entry ->
                isPinned(entry, isSame("aws:PrincipalArn", entry) ? NAMED_ARN : "(?s).*[^*?:].*"));
  }

  private Stream<Map.Entry<?, ?>> asked(String operator) {
    return operators.entrySet().stream()
        .filter(entry -> String.valueOf(entry.getKey()).matches(operator))
        .flatMap(entry -> entries(entry.getValue()));
  }

  private static Stream<Map.Entry<?, ?>> entries(Object keys) {
    return keys instanceof Map<?, ?> map
        ? map.entrySet().stream().map(entry -> entry)
        : Stream.of();
  }

  private static boolean isSame(String key, Map.Entry<?, ?> entry) {
    return key.equalsIgnoreCase(String.valueOf(entry.getKey()));
  }

  /** One value is enough to let somebody in, so each has to say something; none lets nobody in. */
  private static boolean isPinned(Map.Entry<?, ?> entry, String says) {
    List<String> values = ResolvedText.all(entry.getValue()).toList();
    return !values.isEmpty() && values.stream().allMatch(value -> value.matches(says));
  }
}
