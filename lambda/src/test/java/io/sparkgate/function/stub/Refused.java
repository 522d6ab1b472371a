package io.sparkgate.function.stub;

/** Ends the handling of a request with an error answer. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1;
  private final transient Fault fault;

  Refused(Fault fault) {
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }
}
