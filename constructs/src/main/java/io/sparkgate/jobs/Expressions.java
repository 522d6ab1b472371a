package io.sparkgate.jobs;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Texts that Step Functions fills in when a job runs, where its tasks speak JSONata. */
final class Expressions {

  private Expressions() {}

  /** The first text that is one, however deep. */
  static Optional<String> firstOf(Object... parts) {
    return Stream.of(parts)
        .flatMap(Expressions::texts)
        .filter(text -> text.startsWith("{%") && text.endsWith("%}"))
        .findFirst();
  }

  private static Stream<String> texts(Object part) {
    if (part instanceof Map<?, ?> map) {
      return texts(map.values());
    }
    if (part instanceof Collection<?> many) {
      return many.stream().flatMap(Expressions::texts);
    }
    return part instanceof String text ? Stream.of(text) : Stream.empty();
  }
}
