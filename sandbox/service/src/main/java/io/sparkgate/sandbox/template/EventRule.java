package io.sparkgate.sandbox.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A rule of EventBridge that waits for events.
 *
 * @param name its logical id
 * @param bus the name of the event bus that it listens to
 * @param pattern what it waits for
 * @param targets as the template writes them, with references resolved
 */
public record EventRule(String name, String bus, JsonNode pattern, List<JsonNode> targets) {

  /** The bus that every account has, and that AWS's services put their events on. */
  public static final String DEFAULT_BUS = "default";

  /** The name of a bus that is given by its name or its ARN; empty for the default one. */
  public static String busOf(String nameOrArn) {
    return nameOrArn.isEmpty() ? DEFAULT_BUS : nameOrArn.replaceFirst("^arn:.*/", "");
  }
}
