package io.sparkgate.sandbox.iam;

import java.util.Optional;

/** Answers what IAM would: who an access key is, and whether they may. */
public interface AccessControl {

  /** The principal behind an access key id, even if it has expired; empty when it is unknown. */
  Optional<Identity> identify(String accessKeyId);

  /** Whether the credentials of a known caller have ended, as those of AssumeRole do. */
  default boolean hasExpired(Identity caller) {
    return false;
  }

  /**
   * Who signed a request.
   *
   * @param authorization the header of that name; the signature itself is not checked
   * @throws Unauthenticated if the access key is unknown or has expired
   */
  default Identity caller(String authorization) throws Unauthenticated {
    Identity caller =
        identify(SigV4.accessKeyId(authorization))
            .orElseThrow(() -> new Unauthenticated(Unauthenticated.Reason.UNKNOWN));
    if (hasExpired(caller)) {
      throw new Unauthenticated(Unauthenticated.Reason.EXPIRED);
    }
    return caller;
  }

  /**
   * The secret of a key that was handed out for a while; empty for any other key, which is the
   * default.
   */
  default Optional<String> secret(String accessKeyId) {
    return Optional.empty();
  }

  /**
   * Why the caller may not, in AWS's words, naming the principal, the action and the resource;
   * empty when it may.
   */
  Optional<String> denial(Identity caller, Action action);
}
