package io.sparkgate.sandbox.iam;

/** Something of a policy that the sandbox cannot judge, so that nothing may be allowed by it. */
final class Unknown extends Exception {
  private static final long serialVersionUID = 1L;

  Unknown(String what) {
    super(what);
  }
}
