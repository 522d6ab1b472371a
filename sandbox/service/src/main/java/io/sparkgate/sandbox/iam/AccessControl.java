package io.sparkgate.sandbox.iam;

import java.util.Optional;

/** Answers what IAM would: who an access key is, and whether they may. */
public interface AccessControl {

  /** The principal behind an access key id; empty when the key is unknown. */
  Optional<Identity> identify(String accessKeyId);

  /**
   * Why the caller may not, in AWS's words, naming the principal, the action and the resource;
   * empty when it may.
   */
  Optional<String> denial(Identity caller, Action action);
}
