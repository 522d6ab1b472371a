package io.sparkgate.sandbox.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What of an event a target is given: all of it, a part, a constant, or what a template makes. */
public final class TargetInput {

  private static final Pattern PLACE = Pattern.compile("<([\\w.-]+)>");
  private static final Pattern QUOTE = Pattern.compile("(?<!\\\\)\"");
  private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[(\\d+)]");

  private TargetInput() {}

  /** The text that arrives. */
  public static String of(JsonNode target, JsonNode event) {
    if (target.has("InputTransformer")) {
      return transformed(target.get("InputTransformer"), event);
    }
    if (target.has("InputPath")) {
      return at(target.get("InputPath").asText(), event).toString();
    }
    return target.has("Input") ? target.get("Input").asText() : event.toString();
  }

  /**
   * Fills the places of a template. A text goes in without its quotes, but for one that is a value
   * of a template of JSON; what is not in the event leaves nothing.
   */
  private static String transformed(JsonNode transformer, JsonNode event) {
    Map<String, JsonNode> values = new TreeMap<>();
    for (var path : transformer.path("InputPathsMap").properties()) {
      values.put(path.getKey(), at(path.getValue().asText(), event));
    }
    values.put("aws.events.event.json", event);
    String template = transformer.path("InputTemplate").asText();
    return PLACE
        .matcher(template)
        .replaceAll(
            place -> {
              JsonNode value = values.get(place.group(1));
              return Matcher.quoteReplacement(
                  value == null
                      ? place.group()
                      : text(value, isValue(template.substring(0, place.start()))));
            });
  }

  /** As JSON writes it. */
  private static String text(JsonNode value, boolean quoted) {
    if (value.isMissingNode()) {
      return "";
    }
    String text = value.toString();
    return value.isTextual() && !quoted ? text.substring(1, text.length() - 1) : text;
  }

  /** Whether a value follows, and not a part of a text. */
  private static boolean isValue(String before) {
    return before.startsWith("{") && QUOTE.matcher(before).results().count() % 2 == 0;
  }

  /** By a path such as {@code $.detail.owner} or {@code $.resources[0]}. */
  private static JsonNode at(String path, JsonNode event) {
    if (!path.startsWith("$")) {
      return MissingNode.getInstance();
    }
    JsonNode found = event;
    Matcher steps = STEP.matcher(path.substring(1));
    while (steps.find()) {
      found =
          steps.group(2) == null
              ? found.path(steps.group(1))
              : found.path(Integer.parseInt(steps.group(2)));
    }
    return found;
  }
}
