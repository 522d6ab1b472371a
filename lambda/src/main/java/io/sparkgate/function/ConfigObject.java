package io.sparkgate.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.thirdparty.jackson.core.JacksonException;
import software.amazon.awssdk.thirdparty.jackson.core.JsonParser;

/**
 * A JSON object read strictly. What it does not like, it says in one sentence: the variable, the
 * path, the value received, the values allowed and what to do.
 */
public final class ConfigObject {

  /** Of applications and sessions. */
  public static final Pattern ID = Pattern.compile("[0-9a-z]{1,64}");

  /** Of a tag, in the service's model. */
  public static final Pattern TAG_KEY = Pattern.compile("[A-Za-z0-9 /_.:=+@-]{1,128}");

  private final String variable;
  private final String prefix;
  private final Map<?, ?> values;

  private ConfigObject(String variable, String path, @Nullable Object value, List<String> known) {
    this.variable = variable;
    this.prefix = path.isEmpty() ? "" : path + ".";
    if (!(value instanceof Map<?, ?> map)) {
      String allowed = "an object with the fields " + String.join(", ", known);
      throw problem(variable, path, value, allowed, "Give an object");
    }
    this.values = map;
    for (Object name : map.keySet()) {
      if (!known.contains(name)) {
        String allowed = "no such field, only " + String.join(", ", known);
        throw problem(
            variable, prefix + name, map.get(name), allowed, "Correct the name or remove it");
      }
    }
  }

  public static ConfigObject parse(String variable, @Nullable String text, List<String> known) {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException(
          "%s is not set; allowed: a JSON object with the fields %s. Set it on the function"
              .formatted(variable, String.join(", ", known)));
    }
    try (JsonParser parser = Json.FACTORY.createParser(text)) {
      Object value = Json.read(parser);
      if (parser.nextToken() != null) {
        throw problem(variable, "", text, "one JSON object", "Remove what follows it");
      }
      return new ConfigObject(variable, "", value, known);
    } catch (JacksonException e) {
      throw unreadable(variable, text, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Map<?, ?> values() {
    return Collections.unmodifiableMap(values);
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  public int whole(String name, int min, int max) {
    Object value = values.get(name);
    if (value instanceof Integer number && number >= min && number <= max) {
      return number;
    }
    throw wrong(name, "a whole number from %d to %d".formatted(min, max));
  }

  public double number(String name, double min, int max) {
    Object value = values.get(name);
    if (value instanceof Number number
        && number.doubleValue() >= min
        && number.doubleValue() <= max) {
      return number.doubleValue();
    }
    throw wrong(name, "a number from %s to %d".formatted(min, max));
  }

  public boolean flag(String name) {
    if (values.get(name) instanceof Boolean flag) {
      return flag;
    }
    throw wrong(name, "true or false");
  }

  public String text(String name, Pattern pattern) {
    if (values.get(name) instanceof String text && pattern.matcher(text).matches()) {
      return text;
    }
    throw wrong(name, "a text that matches " + pattern);
  }

  /** At least one; what is named twice is one, as two tokens can turn out to be the same. */
  public List<String> texts(String name, Pattern pattern) {
    String allowed = "at least one text that matches " + pattern;
    if (!(values.get(name) instanceof List<?> list) || list.isEmpty()) {
      throw wrong(name, allowed);
    }
    for (int i = 0; i < list.size(); i++) {
      Object item = list.get(i);
      if (!(item instanceof String text) || !pattern.matcher(text).matches()) {
        String path = "%s%s[%d]".formatted(prefix, name, i);
        throw problem(variable, path, item, allowed, "Correct or remove it");
      }
    }
    return list.stream().map(String.class::cast).distinct().toList();
  }

  public ConfigObject object(String name, List<String> known) {
    if (!has(name)) {
      throw wrong(name, "an object with the fields " + String.join(", ", known));
    }
    return new ConfigObject(variable, prefix + name, values.get(name), known);
  }

  /** At least one object with these fields. */
  public List<ConfigObject> objects(String name, List<String> known) {
    if (!(values.get(name) instanceof List<?> list) || list.isEmpty()) {
      throw wrong(name, "at least one object with the fields " + String.join(", ", known));
    }
    List<ConfigObject> objects = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      objects.add(
          new ConfigObject(variable, "%s%s[%d]".formatted(prefix, name, i), list.get(i), known));
    }
    return objects;
  }

  private IllegalArgumentException wrong(String name, String allowed) {
    if (!has(name)) {
      return new IllegalArgumentException(
          "%s: %s is missing; allowed: %s. Add it".formatted(variable, prefix + name, allowed));
    }
    return problem(variable, prefix + name, values.get(name), allowed, "Correct the value");
  }

  private static IllegalArgumentException problem(
      String variable, String path, @Nullable Object received, String allowed, String remedy) {
    String what = path.isEmpty() ? "the document" : path;
    return new IllegalArgumentException(
        "%s: %s is %s; allowed: %s. %s"
            .formatted(variable, what, Json.write(received), allowed, remedy));
  }

  private static IllegalArgumentException unreadable(
      String variable, String text, JacksonException e) {
    if (e.getOriginalMessage().startsWith("Duplicate field")
        && e.getProcessor() instanceof JsonParser parser) {
      String path = parser.getParsingContext().pathAsPointer().toString();
      return new IllegalArgumentException(
          "%s: %s is given twice in %s; allowed: each field once. Remove one of the two"
              .formatted(variable, path.substring(1).replace('/', '.'), text));
    }
    return new IllegalArgumentException(
        "%s: the document is %s; allowed: a JSON object. Correct its syntax: %s"
            .formatted(variable, text, e.getOriginalMessage()));
  }
}
