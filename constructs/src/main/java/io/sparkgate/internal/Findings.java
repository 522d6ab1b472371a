package io.sparkgate.internal;

import java.util.function.Supplier;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Stack;
import software.constructs.IConstruct;

/**
 * How constructs speak: an error stops the synthesis, a warning can be acknowledged by its id. Each
 * names the property, what it received and takes, and what to do.
 */
public final class Findings {

  private static final String WARNING_PREFIX = "@sparkgate/constructs:";

  private final IConstruct construct;

  /** Makes the findings of one construct. */
  public Findings(IConstruct construct) {
    this.construct = construct;
  }

  /** {@return the stack of the construct} */
  Stack stack() {
    return Stack.of(construct);
  }

  /** Fails if a number is a token. */
  public void known(String property, int number) {
    Known.number(construct.getNode().getPath() + ": " + property, number);
  }

  /** Fails if something can never work. */
  public void errorIf(boolean wrong, String message) {
    if (wrong) {
      throw error(message);
    }
  }

  /** The same, for a message that asks the CDK, which is another process, before it can be made. */
  public void errorIf(boolean wrong, Supplier<String> message) {
    if (wrong) {
      throw error(message.get());
    }
  }

  /** Returns an error that names the construct. */
  public IllegalArgumentException error(String message) {
    return new IllegalArgumentException(construct.getNode().getPath() + ": " + message);
  }

  /** Warns if something is probably wrong. */
  public void warnIf(boolean doubtful, String id, String message) {
    if (doubtful) {
      warn(id, message);
    }
  }

  /** Warns of what is probably wrong. */
  public void warn(String id, String message) {
    Annotations.of(construct).addWarningV2(WARNING_PREFIX + id, message);
  }

  /** Says what is worth knowing, and needs no doing. */
  public void info(String id, String message) {
    Annotations.of(construct).addInfoV2(WARNING_PREFIX + id, message);
  }
}
