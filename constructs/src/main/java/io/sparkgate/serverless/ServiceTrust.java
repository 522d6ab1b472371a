package io.sparkgate.serverless;

import io.sparkgate.internal.Tokens;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Role;

/**
 * Whether a service can assume a role at all, as its trust policy says. What only the deployment
 * knows is taken to hold.
 */
record ServiceTrust(String service, String account) {

  private static final String ASSUME = "sts:assumerole";

  /** Operators that ask for one of some values; {@code IfExists} asks services the same. */
  private static final Pattern EQUAL =
      Pattern.compile("(StringEquals(IgnoreCase)?|StringLike|Arn(Equals|Like))(IfExists)?");

  boolean isIn(Role role) {
    return Stack.of(role).resolve(role.getAssumeRolePolicy()) instanceof Map<?, ?> policy
        && statements(policy, "Allow").anyMatch(this::canHold)
        && statements(policy, "Deny").noneMatch(this::alwaysHolds);
  }

  private Stream<Map<?, ?>> statements(Map<?, ?> policy, String effect) {
    return list(policy.get("Statement"))
        .filter(Map.class::isInstance)
        .<Map<?, ?>>map(statement -> (Map<?, ?>) statement)
        .filter(statement -> effect.equals(statement.get("Effect")))
        .filter(
            statement -> list(statement.get("Action")).anyMatch(action -> like(action, ASSUME)));
  }

  private static Stream<?> services(Map<?, ?> statement) {
    return statement.get("Principal") instanceof Map<?, ?> principal
        ? list(principal.get("Service"))
        : Stream.empty();
  }

  private boolean alwaysHolds(Map<?, ?> denied) {
    return denied.get("Condition") == null && services(denied).anyMatch(service::equals);
  }

  private boolean canHold(Map<?, ?> statement) {
    return services(statement).anyMatch(name -> name.equals(service) || !(name instanceof String))
        && conditionsCanHold(statement);
  }

  private boolean conditionsCanHold(Map<?, ?> statement) {
    return !(statement.get("Condition") instanceof Map<?, ?> conditions)
        || conditions.entrySet().stream()
            .filter(entry -> EQUAL.matcher(String.valueOf(entry.getKey())).matches())
            .filter(entry -> entry.getValue() instanceof Map)
            .flatMap(entry -> ((Map<?, ?>) entry.getValue()).entrySet().stream())
            .allMatch(this::admitsTheAccount);
  }

  private boolean admitsTheAccount(Map.Entry<?, ?> condition) {
    String key = String.valueOf(condition.getKey()).toLowerCase(Locale.ROOT);
    boolean arn = key.equals("aws:sourcearn");
    return !(arn || key.equals("aws:sourceaccount"))
        || Tokens.isUnresolved(account)
        || list(condition.getValue())
            .anyMatch(value -> like(arn ? accountOf(value) : value, account));
  }

  /** Of an ARN that a wildcard ends before its account, anything. */
  private static Object accountOf(Object arn) {
    List<String> parts = List.of(String.valueOf(arn).split(":", -1));
    return arn instanceof String && parts.size() > 4 ? parts.get(4) : "*";
  }

  /** As IAM reads {@code *} and {@code ?}. */
  private static boolean like(Object pattern, String value) {
    return !(pattern instanceof String text)
        || value.matches("(?i)\\Q" + text.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E");
  }

  private static Stream<?> list(Object oneOrMany) {
    return oneOrMany instanceof Collection<?> many ? many.stream() : Stream.ofNullable(oneOrMany);
  }
}
