package io.sparkgate.sandbox.iam;

/** A call by nobody that the sandbox knows. Services say so under names of their own. */
public final class Unauthenticated extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the credentials, and AWS's sentence about it. */
  public enum Reason {
    UNKNOWN("The security token included in the request is invalid."),
    EXPIRED("The security token included in the request is expired");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }
  }

  private final Reason reason;

  Unauthenticated(Reason reason) {
    super(reason.sentence);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
