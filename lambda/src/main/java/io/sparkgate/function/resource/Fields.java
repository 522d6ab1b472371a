package io.sparkgate.function.resource;

import io.sparkgate.function.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of an event, of which some must be there. Never says anything about the others. */
public final class Fields {

  /** What the first call for a request answers, so that all further ones are given it. */
  public static final String STARTED_AT = "StartedAt";

  private final String path;
  private final Map<?, ?> values;

  private Fields(String path, Map<?, ?> values) {
    this.path = path;
    this.values = values;
  }

  /**
   * Reads the event, which is no text for messages: it has an address that lets anybody answer.
   *
   * @throws RequestFailed if it is no object
   */
  public static Fields of(@Nullable Object event) {
    if (event instanceof Map<?, ?> values) {
      return new Fields("", values);
    }
    throw new RequestFailed(
        "The event is not a JSON object; allowed: a request of CloudFormation. Call this function"
            + " by the custom resource framework only");
  }

  public Fields object(String name) {
    if (values.get(name) instanceof Map<?, ?> map) {
      return new Fields(path + name + ".", map);
    }
    throw wrong(name, "an object");
  }

  public String text(String name) {
    String text = Json.text(values, name);
    if (text == null) {
      throw wrong(name, "a text");
    }
    return text;
  }

  public @Nullable String textIfGiven(String name) {
    return values.containsKey(name) ? text(name) : null;
  }

  /** A whole number, which CloudFormation sends as a text. */
  public int whole(String name, int min, int max) {
    String text = text(name);
    if (text.matches("\\d{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    }
    throw wrong(name, "a whole number from %d to %d".formatted(min, max));
  }

  /** The object as it is. */
  public Map<?, ?> map(String name) {
    return Collections.unmodifiableMap(object(name).values);
  }

  public List<?> list(String name) {
    if (values.get(name) instanceof List<?> list) {
      return list;
    }
    throw wrong(name, "a list");
  }

  /** When the first call for the request was; null in that call. */
  public @Nullable Instant startedAt() {
    String text = textIfGiven(STARTED_AT);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw wrong(STARTED_AT, "an instant like 2026-11-20T12:00:00Z");
    }
  }

  /** Says what is wrong with a field, what it takes and what to do. */
  public RequestFailed wrong(String name, String allowed) {
    Object value = values.get(name);
    String received =
        !values.containsKey(name)
            ? "missing"
            : value instanceof String text
                ? "\"" + Texts.abbreviated(text) + "\""
                : "of another kind";
    return new RequestFailed(
        "%s%s is %s in what CloudFormation sent; allowed: %s. Correct it in the template"
            .formatted(path, name, received, allowed));
  }
}
