package io.sparkgate.sandbox;

import io.sparkgate.sandbox.iam.Credentials;

/**
 * Somebody who uses the sandbox.
 *
 * @param name also that of its file, for example {@code developer-a}
 * @param credentials what its calls are signed with
 * @param owner the tag by which its sessions must say whose they are
 * @param roleToAssume the ARN of the role in which it works; empty for who is in one already
 * @param roleToSubmit the ARN of the role in which it submits job runs; empty for none
 */
record Persona(
    String name,
    Credentials credentials,
    OwnerTag owner,
    String roleToAssume,
    String roleToSubmit) {

  /** Somebody who is in one role at most. */
  Persona(String name, Credentials credentials, OwnerTag owner, String roleToAssume) {
    this(name, credentials, owner, roleToAssume, "");
  }

  /** The same with another secret of its key. */
  Persona with(Credentials other) {
    return new Persona(name, other, owner, roleToAssume, roleToSubmit);
  }

  /** A tag; both empty where the policies ask for none, and for who is in no role yet. */
  record OwnerTag(String key, String value) {}
}
