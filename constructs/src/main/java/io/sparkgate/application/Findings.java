package io.sparkgate.application;

import java.util.function.Supplier;
import software.amazon.awscdk.Annotations;
import software.constructs.IConstruct;

/** How the checks speak: an error stops the synthesis, a warning can be acknowledged by its id. */
final class Findings {

  private static final String WARNING_PREFIX = "@sparkgate/constructs:";

  private final IConstruct construct;

  Findings(IConstruct construct) {
    this.construct = construct;
  }

  void errorIf(boolean wrong, Supplier<String> message) {
    if (wrong) {
      throw error(message.get());
    }
  }

  IllegalArgumentException error(String message) {
    return new IllegalArgumentException(construct.getNode().getPath() + ": " + message);
  }

  void warnIf(boolean doubtful, String id, Supplier<String> message) {
    if (doubtful) {
      warn(id, message.get());
    }
  }

  void warn(String id, String message) {
    Annotations.of(construct).addWarningV2(WARNING_PREFIX + id, message);
  }
}
