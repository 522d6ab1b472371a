package io.sparkgate.function.lifecycle;

import io.sparkgate.function.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of an event, of which some must be there. Never says anything about the others. */
final class Fields {

  private final String path;
  private final Map<?, ?> values;

  Fields(String path, Map<?, ?> values) {
    this.path = path;
    this.values = values;
  }

  Fields object(String name) {
    if (values.get(name) instanceof Map<?, ?> map) {
      return new Fields(path + name + ".", map);
    }
    throw wrong(name, "an object");
  }

  String text(String name) {
    String text = Json.text(values, name);
    if (text == null) {
      throw wrong(name, "a text");
    }
    return text;
  }

  @Nullable String textIfGiven(String name) {
    return values.containsKey(name) ? text(name) : null;
  }

  List<?> list(String name) {
    if (values.get(name) instanceof List<?> list) {
      return list;
    }
    throw wrong(name, "a list");
  }

  LifecycleFailed wrong(String name, String allowed) {
    Object value = values.get(name);
    String received =
        !values.containsKey(name)
            ? "missing"
            : value instanceof String text
                ? "\"" + Messages.abbreviated(text) + "\""
                : "of another kind";
    return new LifecycleFailed(
        "%s%s is %s in what CloudFormation sent; allowed: %s. Correct it in the template"
            .formatted(path, name, received, allowed));
  }
}
