package io.sparkgate.sandbox.cloudformation;

/** A change that did not succeed; the message is what the resource's event says. */
final class Failed extends Exception {
  private static final long serialVersionUID = 1L;

  private final String physicalId;

  Failed(String reason) {
    this(reason, "");
  }

  /**
   * A change that did not succeed.
   *
   * @param physicalId of what was half made; empty when nothing was
   */
  Failed(String reason, String physicalId) {
    super(reason);
    this.physicalId = physicalId;
  }

  String reason() {
    return String.valueOf(getMessage());
  }

  String physicalId() {
    return physicalId;
  }
}
