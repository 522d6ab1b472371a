package io.sparkgate.sandbox.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * Whether an event is what a rule waits for. It plays exact values, {@code prefix}, {@code suffix},
 * {@code anything-but} (values, or a prefix), {@code exists}, {@code numeric} and {@code
 * equals-ignore-case}.
 */
public final class EventPattern {

  private EventPattern() {}

  /**
   * Compares an event with a pattern.
   *
   * @throws IllegalArgumentException if the pattern has what is not played; a rule that seems to
   *     work would be worse
   */
  public static boolean matches(JsonNode pattern, JsonNode event) {
    for (var field : pattern.properties()) {
      JsonNode wanted = field.getValue();
      JsonNode found = event.path(field.getKey());
      boolean matches;
      if (field.getKey().equals("$or")) {
        matches = any(wanted, one -> matches(one, event));
      } else if (wanted.isObject()) {
        // Without the field, "exists": false in it still holds.
        matches = matches(wanted, found);
      } else if (wanted.isArray()) {
        matches = any(wanted, one -> holds(one, found));
      } else {
        throw unknown(wanted);
      }
      if (!matches) {
        return false;
      }
    }
    return true;
  }

  private interface Test {
    boolean of(JsonNode one);
  }

  private static boolean any(JsonNode list, Test test) {
    for (JsonNode one : list) {
      if (test.of(one)) {
        return true;
      }
    }
    return false;
  }

  /** A list in an event matches when one of its values does. */
  private static boolean holds(JsonNode wanted, JsonNode found) {
    if (wanted.has("exists")) {
      return wanted.get("exists").asBoolean() != (found.isMissingNode() || found.isObject());
    }
    if (found.isArray()) {
      return any(found, one -> value(wanted, one));
    }
    return !found.isMissingNode() && value(wanted, found);
  }

  private static boolean value(JsonNode wanted, JsonNode found) {
    if (!wanted.isObject()) {
      return wanted.isNumber() && found.isNumber()
          ? wanted.decimalValue().compareTo(found.decimalValue()) == 0
          : wanted.equals(found);
    }
    String test = wanted.fieldNames().next();
    JsonNode argument = wanted.get(test);
    return switch (test) {
      case "prefix" -> found.isTextual() && found.asText().startsWith(argument.asText());
      case "suffix" -> found.isTextual() && found.asText().endsWith(argument.asText());
      case "equals-ignore-case" ->
          found.isTextual() && found.asText().equalsIgnoreCase(argument.asText());
      case "anything-but" ->
          argument.isArray() ? !any(argument, one -> value(one, found)) : !value(argument, found);
      case "numeric" -> found.isNumber() && numeric(argument, found.decimalValue());
      default -> throw unknown(wanted);
    };
  }

  private static boolean numeric(JsonNode comparisons, BigDecimal found) {
    for (int i = 0; i + 1 < comparisons.size(); i += 2) {
      int order = found.compareTo(comparisons.get(i + 1).decimalValue());
      boolean holds =
          switch (comparisons.get(i).asText()) {
            case "=" -> order == 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> throw unknown(comparisons);
          };
      if (!holds) {
        return false;
      }
    }
    return true;
  }

  private static IllegalArgumentException unknown(JsonNode pattern) {
    return new IllegalArgumentException(
        "The sandbox's rules do not know the pattern %s; they know values in a list, prefix, suffix, equals-ignore-case, anything-but, exists and numeric"
            .formatted(pattern));
  }
}
