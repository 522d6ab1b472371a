package io.sparkgate.sandbox.template;

/** Input that the sandbox cannot play; the message is one line, meant for whoever gave it. */
public final class BadInput extends Exception {
  private static final long serialVersionUID = 1L;

  public BadInput(String message) {
    super(message);
  }
}
