package io.sparkgate.connection;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One thing that stands below a prefix. */
interface Parameter {

  /** The last level of its name. */
  String lastLevel();

  String description();

  /** As the id of a construct. */
  default String id() {
    return Stream.of(lastLevel().split("-"))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }

  default String in(String prefix) {
    return prefix + "/" + lastLevel();
  }
}
