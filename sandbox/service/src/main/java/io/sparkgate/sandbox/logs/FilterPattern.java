package io.sparkgate.sandbox.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which lines a reader wants. It plays the empty pattern, and {@code { $.field = "value" }} with
 * {@code =} or {@code !=}, fields of fields, and several of them joined by {@code &&} or by {@code
 * ||}.
 */
final class FilterPattern {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern WHOLE = Pattern.compile("\\{(.*)}", Pattern.DOTALL);

  private static final Pattern TEST =
      Pattern.compile(
          "\\(?\\s*\\$\\.([\\w.-]+)\\s*(=|!=)\\s*(?:\"([^\"]*)\"|([\\w.:/*-]+))\\s*\\)?");

  private final List<Test> tests;
  private final boolean all;

  private record Test(List<String> path, boolean equal, String value) {
    boolean holds(JsonNode line) {
      JsonNode found = line;
      for (String step : path) {
        found = found.path(step);
      }
      return !found.isMissingNode() && matches(found.asText()) == equal;
    }

    private boolean matches(String text) {
      return value.endsWith("*")
          ? text.startsWith(value.substring(0, value.length() - 1))
          : text.equals(value);
    }
  }

  private FilterPattern(List<Test> tests, boolean all) {
    this.tests = tests;
    this.all = all;
  }

  /** Empty when it is none that is played. */
  static Optional<FilterPattern> parse(String pattern) {
    if (pattern.isBlank()) {
      return Optional.of(new FilterPattern(List.of(), true));
    }
    Matcher whole = WHOLE.matcher(pattern.strip());
    if (!whole.matches()) {
      return Optional.empty();
    }
    boolean any = whole.group(1).contains("||");
    List<Test> tests = new ArrayList<>();
    for (String part : whole.group(1).split(any ? "\\|\\|" : "&&")) {
      Matcher test = TEST.matcher(part.strip());
      if (!test.matches()) {
        return Optional.empty();
      }
      String value = test.group(3) != null ? test.group(3) : test.group(4);
      tests.add(new Test(List.of(test.group(1).split("\\.")), test.group(2).equals("="), value));
    }
    return Optional.of(new FilterPattern(tests, !any));
  }

  boolean matches(String line) {
    if (tests.isEmpty()) {
      return true;
    }
    JsonNode json = json(line);
    return all
        ? tests.stream().allMatch(test -> test.holds(json))
        : tests.stream().anyMatch(test -> test.holds(json));
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
