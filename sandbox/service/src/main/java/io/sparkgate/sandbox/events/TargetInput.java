package io.sparkgate.sandbox.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What of an event a target is given: all of it, a part, a constant, or what a template makes. */
final class TargetInput {

  private static final Pattern PLACE = Pattern.compile("<([\\w.-]+)>");
  private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[(\\d+)]");

  private TargetInput() {}

  /** The text that arrives. */
  static String of(JsonNode target, JsonNode event) {
    if (target.has("InputTransformer")) {
      return transformed(target.get("InputTransformer"), event);
    }
    if (target.has("InputPath")) {
      return at(target.get("InputPath").asText(), event).toString();
    }
    return target.has("Input") ? target.get("Input").asText() : event.toString();
  }

  /**
   * Fills the places of a template. A text goes in without its quotes; what is not in the event
   * leaves nothing.
   */
  private static String transformed(JsonNode transformer, JsonNode event) {
    Map<String, String> values = new TreeMap<>();
    for (var path : transformer.path("InputPathsMap").properties()) {
      JsonNode found = at(path.getValue().asText(), event);
      // As JSON writes it, but for the quotes, which the template has where it wants them.
      String text = found.isMissingNode() ? "" : found.toString();
      values.put(path.getKey(), found.isTextual() ? text.substring(1, text.length() - 1) : text);
    }
    values.put("aws.events.event.json", event.toString());
    Matcher places = PLACE.matcher(transformer.path("InputTemplate").asText());
    return places.replaceAll(
        place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), place.group())));
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
