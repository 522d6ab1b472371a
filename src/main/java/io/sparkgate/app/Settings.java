package io.sparkgate.app;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/**
 * A section of cdk.json, read strictly: a wrong type is an error, and so is what nobody asked for.
 */
final class Settings {

  private final String path;
  private final Map<String, Object> values = new TreeMap<>();
  private final Set<String> asked = new TreeSet<>();

  private Settings(String path, Map<?, ?> values) {
    this.path = path;
    values.forEach((name, value) -> this.values.put(String.valueOf(name), value));
  }

  static Settings ofContext(@Nullable Object context, String key) {
    if (context == null) {
      throw new BadSetting(
          "cdk.json: context has no '%s'; add one, for example {\"%s\": {\"dev\": {}}}"
              .formatted(key, key));
    }
    return section("cdk.json: " + key, context);
  }

  /** A section at the top of cdk.json that may be left out. */
  static Optional<Settings> ifInContext(Construct app, String key) {
    return Optional.ofNullable(app.getNode().tryGetContext(key))
        .map(context -> section("cdk.json: " + key, context));
  }

  Set<String> names() {
    return values.keySet();
  }

  /** Ends the reading: rejects every name that was not asked for. */
  void refuseOthers() {
    Set<String> unknown = new TreeSet<>(values.keySet());
    unknown.removeAll(asked);
    if (!unknown.isEmpty()) {
      throw new BadSetting(
          "%s has the unknown setting '%s'; the settings are %s"
              .formatted(path, unknown.iterator().next(), asked));
    }
  }

  Optional<Settings> section(String name) {
    return value(name).map(value -> section(path + "." + name, value));
  }

  Optional<String> text(String name, String pattern, String allowed) {
    Optional<Object> value = value(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof String text && text.matches(pattern)) {
      return Optional.of(text);
    }
    throw wrong(name, value.get(), allowed);
  }

  /** A whole number that is not negative. */
  OptionalInt whole(String name) {
    Optional<Object> value = value(name);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    if (value.get() instanceof Number number
        && number.doubleValue() == number.intValue()
        && number.intValue() >= 0) {
      return OptionalInt.of(number.intValue());
    }
    throw wrong(name, value.get(), "a whole number such as 30, without quotes");
  }

  /** A number, whole or not, that must be there. */
  double number(String name) {
    if (value(name).orElseThrow(() -> missing(name)) instanceof Number number) {
      return number.doubleValue();
    }
    throw wrong(name, values.get(name), "a number such as 0.05, without quotes");
  }

  /** The whole numbers of a section that has these and no others, in the order of the names. */
  int[] onlyWholes(String... names) {
    List<OptionalInt> numbers = Arrays.stream(names).map(this::whole).toList();
    refuseOthers();
    int[] all = new int[names.length];
    for (int i = 0; i < names.length; i++) {
      String name = names[i];
      all[i] = numbers.get(i).orElseThrow(() -> missing(name));
    }
    return all;
  }

  boolean flag(String name) {
    return flag(name, false);
  }

  boolean flag(String name, boolean leftOut) {
    Object value = value(name).orElse(leftOut);
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong(name, value, "true or false, without quotes");
  }

  Optional<List<String>> texts(String name, String pattern, String allowed) {
    Optional<Object> value = value(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof List<?> list
        && list.stream().allMatch(item -> item instanceof String text && text.matches(pattern))) {
      return Optional.of(list.stream().map(String::valueOf).toList());
    }
    throw wrong(name, value.get(), allowed);
  }

  /** A value of the library's; what it refuses is said of this section. */
  <T> T make(Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new BadSetting(path + ": " + e.getMessage(), e);
    }
  }

  BadSetting missing(String name) {
    return new BadSetting("%s lacks the setting '%s'".formatted(path, name));
  }

  BadSetting missingOneOf(String... names) {
    return new BadSetting(
        "%s lacks a setting, one of '%s'".formatted(path, String.join("', '", names)));
  }

  BadSetting wrong(String name, Object value, String allowed) {
    return new BadSetting(
        "%s.%s received %s, but takes %s".formatted(path, name, shown(value), allowed));
  }

  private Optional<Object> value(String name) {
    asked.add(name);
    return Optional.ofNullable(values.get(name));
  }

  private static Settings section(String path, Object value) {
    if (value instanceof Map<?, ?> section) {
      return new Settings(path, section);
    }
    throw new BadSetting("%s received %s, but takes a section {...}".formatted(path, shown(value)));
  }

  private static String shown(Object value) {
    return value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
  }
}
