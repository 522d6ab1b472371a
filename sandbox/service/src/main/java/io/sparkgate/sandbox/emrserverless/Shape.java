package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the service's model says of a value. */
sealed interface Shape {

  /** Adds what is wrong with the value at a path. */
  void check(String at, JsonNode value, Problems problems);

  /** A text of some length that matches. */
  record Text(int min, int max, Pattern pattern) implements Shape {
    @Override
    public void check(String at, JsonNode value, Problems problems) {
      if (!value.isTextual()) {
        problems.add(at, value, "Member must be a string");
      } else if (value.asText().length() < min) {
        problems.add(at, value, "Member must have length greater than or equal to " + min);
      } else if (value.asText().length() > max) {
        problems.add(at, value, "Member must have length less than or equal to " + max);
      } else if (!pattern.matcher(value.asText()).matches()) {
        problems.add(at, value, "Member must satisfy regular expression pattern: " + pattern);
      }
    }
  }

  /** One of some words. */
  record Word(List<String> values) implements Shape {
    @Override
    public void check(String at, JsonNode value, Problems problems) {
      if (!value.isTextual() || !values.contains(value.asText())) {
        problems.add(at, value, "Member must satisfy enum value set: " + values);
      }
    }
  }

  /** A whole number. */
  record Whole(long min, long max) implements Shape {
    @Override
    public void check(String at, JsonNode value, Problems problems) {
      if (!value.isIntegralNumber() || !value.canConvertToLong()) {
        problems.add(at, value, "Member must be a whole number");
      } else if (value.asLong() < min) {
        problems.add(at, value, "Member must have value greater than or equal to " + min);
      } else if (value.asLong() > max) {
        problems.add(at, value, "Member must have value less than or equal to " + max);
      }
    }
  }

  /** True or false. */
  record Flag() implements Shape {
    @Override
    public void check(String at, JsonNode value, Problems problems) {
      if (!value.isBoolean()) {
        problems.add(at, value, "Member must be true or false");
      }
    }
  }

  /** A time in a query. */
  record Time() implements Shape {
    @Override
    public void check(String at, JsonNode value, Problems problems) {
      if (Times.parse(value.asText()).isEmpty()) {
        problems.add(at, value, "Member must be a time like 2026-01-02T03:04:05Z");
      }
    }
  }

  /** A list. */
  record Items(Shape item, int min, int max) implements Shape {
    @Override
    public void check(String at, JsonNode value, Problems problems) {
      if (!value.isArray()) {
        problems.add(at, "Member must be a list");
        return;
      }
      size(at, value.size(), min, max, problems);
      for (int i = 0; i < value.size(); i++) {
        item.check(at + "." + (i + 1) + ".member", value.get(i), problems);
      }
    }
  }

  /** Values by keys. */
  record Entries(Text key, Shape value, int min, int max) implements Shape {
    @Override
    public void check(String at, JsonNode map, Problems problems) {
      if (!map.isObject()) {
        problems.add(at, "Member must be a map");
        return;
      }
      size(at, map.size(), min, max, problems);
      for (Map.Entry<String, JsonNode> entry : map.properties()) {
        key.check(at + ".key", TextNode.valueOf(entry.getKey()), problems);
        value.check(at + "." + entry.getKey(), entry.getValue(), problems);
      }
    }
  }

  /** Whatever it is, it is never repeated in a message, and neither is the path inside it. */
  record Secret(Shape shape) implements Shape {
    @Override
    public void check(String at, JsonNode value, Problems problems) {
      Problems inside = new Problems();
      shape.check(at, value, inside);
      try {
        inside.throwIfAny();
      } catch (Fault hidden) {
        problems.add(at, "Member holds a key or value that is too long, blank or not a string");
      }
    }
  }

  /** Named members, some of them required. */
  record Structure(Map<String, Shape> members, List<String> required) implements Shape {
    @Override
    public void check(String at, JsonNode value, Problems problems) {
      if (!value.isObject()) {
        problems.add(at, "Member must be a structure of " + names());
        return;
      }
      String prefix = at.isEmpty() ? "" : at + ".";
      for (String name : required) {
        if (!value.hasNonNull(name)) {
          problems.add(prefix + name, "Member must not be null");
        }
      }
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        Shape shape = members.get(member.getKey());
        if (shape == null) {
          // The service ignores these; on a laptop it is kinder to say so than to wonder why.
          problems.add(prefix + member.getKey(), "Member must be one of " + names());
        } else if (!member.getValue().isNull()) {
          shape.check(prefix + member.getKey(), member.getValue(), problems);
        }
      }
    }

    private TreeSet<String> names() {
      return new TreeSet<>(members.keySet());
    }

    Structure with(String name, Shape shape) {
      Map<String, Shape> more = new LinkedHashMap<>(members);
      more.put(name, shape);
      return new Structure(more, required);
    }

    Structure requiring(String... names) {
      return new Structure(members, List.of(names));
    }
  }

  /** An empty structure, to be filled by {@link Structure#with}. */
  static Structure structure() {
    return new Structure(Map.of(), List.of());
  }

  private static void size(String at, int size, int min, int max, Problems problems) {
    if (size < min) {
      problems.add(at, "Member must have length greater than or equal to " + min);
    } else if (size > max) {
      problems.add(at, "Member must have length less than or equal to " + max);
    }
  }
}
