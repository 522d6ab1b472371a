package io.sparkgate.benchmark.service;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parameters of a list, checked against the service's model. */
final class Query {

  private static final int MAX_PAGE = 50;

  private final Map<String, List<String>> parameters;

  Query(Map<String, List<String>> parameters) {
    this.parameters = parameters;
  }

  /** As many as asked for, else all that the service gives at once. */
  int maxResults() throws Refused {
    int asked = number("maxResults", MAX_PAGE);
    if (asked < 1 || asked > MAX_PAGE) {
      throw Refused.invalid("maxResults is %d; allowed: 1 to %d".formatted(asked, MAX_PAGE));
    }
    return asked;
  }

  /** Where the page begins. */
  int nextToken() throws Refused {
    return number("nextToken", 0);
  }

  /** All, unless some are asked for. */
  <S extends Enum<S>> Set<S> states(Class<S> type) throws Refused {
    List<String> names = parameters.getOrDefault("states", List.of());
    if (names.isEmpty()) {
      return EnumSet.allOf(type);
    }
    Set<S> states = EnumSet.noneOf(type);
    for (String name : names) {
      try {
        states.add(Enum.valueOf(type, name));
      } catch (IllegalArgumentException e) {
        throw Refused.invalid(name + " is no state");
      }
    }
    return states;
  }

  Instant time(String name, Instant otherwise) throws Refused {
    try {
      return one(name).map(Instant::parse).orElse(otherwise);
    } catch (DateTimeException e) {
      throw Refused.invalid(name + " is no time in ISO 8601");
    }
  }

  private int number(String name, int otherwise) throws Refused {
    try {
      return one(name).map(Integer::parseInt).orElse(otherwise);
    } catch (NumberFormatException e) {
      throw Refused.invalid(name + " is no number");
    }
  }

  private Optional<String> one(String name) {
    return parameters.getOrDefault(name, List.of()).stream().findFirst();
  }
}
