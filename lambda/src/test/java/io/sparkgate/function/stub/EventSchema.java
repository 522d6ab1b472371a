package io.sparkgate.function.stub;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What docs/session-events.schema.json says of our events: as much of JSON Schema as is in it. */
public final class EventSchema {

  private static final Path FILE = Path.of("..", "docs", "session-events.schema.json");

  private final Map<String, Map<?, ?>> details = new LinkedHashMap<>();
  private final Map<?, ?> definitions;

  private EventSchema(Map<?, ?> schema) {
    definitions = (Map<?, ?>) schema.get("$defs");
    for (Object one : (List<?>) schema.get("oneOf")) {
      Map<?, ?> properties = properties((Map<?, ?>) one);
      String type = (String) ((Map<?, ?>) properties.get("detail-type")).get("const");
      details.put(type, (Map<?, ?>) properties.get("detail"));
    }
  }

  public static EventSchema read() {
    try {
      return new EventSchema(JSON.std.mapFrom(Files.readString(FILE)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The detail types. */
  public Set<String> types() {
    return details.keySet();
  }

  /** All fields of all details. */
  public Set<String> fields() {
    Set<String> fields = new TreeSet<>();
    details.values().forEach(one -> properties(one).keySet().forEach(key -> fields.add("" + key)));
    return fields;
  }

  /** What is wrong with an event; a field that the schema does not know is wrong here too. */
  public List<String> problems(String type, Map<String, Object> detail) {
    Map<?, ?> schema = details.get(type);
    if (schema == null) {
      return List.of(type + " is no detail type of the schema");
    }
    List<String> problems = new ArrayList<>();
    for (Object field : (List<?>) schema.get("required")) {
      if (!detail.containsKey(field)) {
        problems.add("%s: %s is missing in %s".formatted(type, field, detail));
      }
    }
    detail.forEach(
        (field, value) -> {
          boolean known = properties(schema).containsKey(field);
          if (!known || !fits(value, (Map<?, ?>) definitions.get(field))) {
            problems.add("%s: %s is %s".formatted(type, field, value));
          }
        });
    return problems;
  }

  private static boolean fits(Object value, Map<?, ?> schema) {
    return switch ((String) schema.get("type")) {
      case "boolean" -> value instanceof Boolean;
      case "integer" -> value instanceof Integer number && number >= 0;
      case "number" -> value instanceof Number number && number.doubleValue() >= 0;
      default -> value instanceof String text && fitsText(text, schema);
    };
  }

  private static boolean fitsText(String text, Map<?, ?> schema) {
    if (schema.containsKey("format")) {
      return Instant.parse(text) != null;
    }
    return !schema.containsKey("pattern")
        || text.matches((String) schema.get("pattern"))
            && text.length() <= (Integer) schema.get("maxLength");
  }

  private static Map<?, ?> properties(Map<?, ?> schema) {
    return (Map<?, ?>) schema.get("properties");
  }
}
