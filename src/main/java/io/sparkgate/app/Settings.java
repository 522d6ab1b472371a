package io.sparkgate.app;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A section of cdk.json, read strictly: what is not asked for is an error, and so is a wrong type.
 */
final class Settings {

  private final String path;
  private final Map<String, Object> values;

  private Settings(String path, Map<?, ?> values) {
    this.path = path;
    this.values = new TreeMap<>();
    values.forEach((name, value) -> this.values.put(String.valueOf(name), value));
  }

  static Settings ofContext(@Nullable Object context, String key) {
    if (context == null) {
      throw new IllegalArgumentException(
          "cdk.json: context has no '%s'; add one, for example {\"%s\": {\"dev\": {}}}"
              .formatted(key, key));
    }
    return section("cdk.json: " + key, context);
  }

  Set<String> names() {
    return values.keySet();
  }

  /** Rejects every name but these. */
  Settings only(String... known) {
    Set<String> unknown = new TreeSet<>(values.keySet());
    unknown.removeAll(List.of(known));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has the unknown setting '%s'; the settings are %s"
              .formatted(path, unknown.iterator().next(), new TreeSet<>(List.of(known))));
    }
    return this;
  }

  Optional<Settings> section(String name) {
    return Optional.ofNullable(values.get(name)).map(value -> section(path + "." + name, value));
  }

  Optional<String> text(String name, String pattern, String allowed) {
    Object value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text && text.matches(pattern)) {
      return Optional.of(text);
    }
    throw wrong(name, value, allowed);
  }

  /** A whole number that is not negative. */
  OptionalInt whole(String name) {
    Object value = values.get(name);
    if (value == null) {
      return OptionalInt.empty();
    }
    if (value instanceof Number number
        && number.doubleValue() == number.intValue()
        && number.intValue() >= 0) {
      return OptionalInt.of(number.intValue());
    }
    throw wrong(name, value, "a whole number such as 30, without quotes");
  }

  /** A whole number that must be there. */
  int required(String name) {
    return whole(name).orElseThrow(() -> missing(name));
  }

  boolean flag(String name) {
    Object value = values.getOrDefault(name, false);
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong(name, value, "true or false, without quotes");
  }

  List<String> texts(String name, String pattern, String allowed) {
    Object value = values.getOrDefault(name, List.of());
    if (value instanceof List<?> list
        && list.stream().allMatch(item -> item instanceof String text && text.matches(pattern))) {
      return list.stream().map(String::valueOf).toList();
    }
    throw wrong(name, value, allowed);
  }

  /** A value of the library's; what it refuses is said of this section. */
  <T> T value(Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
    }
  }

  IllegalArgumentException missing(String name) {
    return new IllegalArgumentException("%s lacks the setting '%s'".formatted(path, name));
  }

  private static Settings section(String path, Object value) {
    if (value instanceof Map<?, ?> section) {
      return new Settings(path, section);
    }
    throw new IllegalArgumentException(
        "%s received %s, but takes a section {...}".formatted(path, shown(value)));
  }

  IllegalArgumentException wrong(String name, Object value, String allowed) {
    return new IllegalArgumentException(
        "%s.%s received %s, but takes %s".formatted(path, name, shown(value), allowed));
  }

  private static String shown(Object value) {
    return value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
  }
}
