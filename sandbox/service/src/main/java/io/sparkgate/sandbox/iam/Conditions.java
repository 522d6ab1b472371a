package io.sparkgate.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Condition of a statement: operators to keys to values. */
final class Conditions {

  private Conditions() {}

  /**
   * Whether all of them hold; one with a variable that has no value holds for nobody.
   *
   * @throws Unknown if it hangs on one that the sandbox cannot judge
   */
  static boolean hold(JsonNode conditions, RequestContext context) throws Unknown {
    Optional<Unknown> unknown = Optional.empty();
    for (Map.Entry<String, JsonNode> block : conditions.properties()) {
      for (Map.Entry<String, JsonNode> entry : block.getValue().properties()) {
        try {
          if (!holds(block.getKey(), entry.getKey(), Texts.of(entry.getValue()), context)) {
            return false;
          }
        } catch (Unknown e) {
          unknown = Optional.of(e);
        }
      }
    }
    if (unknown.isPresent()) {
      throw unknown.get();
    }
    return true;
  }

  private static boolean isNull(String key, List<String> written, RequestContext context)
      throws Unknown {
    String missing = String.valueOf(context.values(key).isEmpty());
    return written.stream().anyMatch(missing::equalsIgnoreCase);
  }

  private static boolean holds(
      String name, String key, List<String> written, RequestContext context) throws Unknown {
    if (name.equalsIgnoreCase("Null")) {
      return isNull(key, written, context);
    }
    Operator operator = Operator.parse(name);
    if (context.isMultivalued(key) && !operator.takesManyValues()) {
      // AWS leaves open what this means.
      throw new Unknown(
          "%s of %s, a key of many values, without ForAllValues or ForAnyValue"
              .formatted(name, key));
    }
    List<String> values = context.values(key);
    List<Glob> patterns = new ArrayList<>();
    for (String text : written) {
      Optional<Glob> pattern = Variables.expand(text, context);
      if (pattern.isEmpty()) {
        return false;
      }
      patterns.add(pattern.get());
    }
    return operator.holds(patterns, values);
  }
}
