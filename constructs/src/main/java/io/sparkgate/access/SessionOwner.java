package io.sparkgate.access;

import static java.util.Objects.requireNonNull;

/**
 * How a caller is recognised as the owner of a session: the identity that the tag {@link
 * SessionTags#OWNER} must equal.
 *
 * <p>IAM has no condition key for the creator of a session, and whoever may call GetSessionEndpoint
 * on a session acts as its execution role. The tag is therefore what stands between one developer
 * and another's data. An identity is only as good as the trust policy that hands it out: see {@link
 * DeveloperRole}.
 */
public final class SessionOwner {

  private static final SessionOwner USER_ID = new SessionOwner("user-id", "${aws:userid}");
  private static final SessionOwner SOURCE_IDENTITY =
      new SessionOwner("source-identity", "${aws:SourceIdentity}");
  private static final SessionOwner ANYONE = new SessionOwner("anyone", "");

  private final String kind;
  private final String variable;

  private SessionOwner(String kind, String variable) {
    this.kind = kind;
    this.variable = variable;
  }

  /**
   * The unique id of the caller, {@code ${aws:userid}}: for a role {@code
   * AROAEXAMPLE:role-session-name}. Needs no set-up, but callers of a role that lets them choose
   * any session name can choose another's.
   *
   * @return the owner by user id
   */
  public static SessionOwner userId() {
    return USER_ID;
  }

  /**
   * The source identity of the caller, {@code ${aws:SourceIdentity}}, which survives role chaining.
   * Callers without one reach no session.
   *
   * @return the owner by source identity
   */
  public static SessionOwner sourceIdentity() {
    return SOURCE_IDENTITY;
  }

  /**
   * A tag of the calling principal, {@code ${aws:PrincipalTag/key}}, such as an attribute that the
   * identity provider passes. Callers without the tag reach no session.
   *
   * @param key the key of the principal's tag, 1 to 128 characters
   * @return the owner by principal tag
   * @throws IllegalArgumentException if the key cannot be the key of an IAM tag
   */
  public static SessionOwner principalTag(String key) {
    if (!requireNonNull(key, "key").matches("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}")) {
      throw new IllegalArgumentException(
          "SessionOwner.principalTag: key '"
              + key
              + "' is not the key of an IAM tag; use 1 to 128 letters, digits, spaces or _.:/=+-@");
    }
    return new SessionOwner("principal-tag:" + key, "${aws:PrincipalTag/" + key + "}");
  }

  /**
   * Switches ownership off: every developer reaches every session of the application, and through
   * it whatever its execution role may touch. The grant warns about it.
   *
   * @return the absence of an owner
   */
  public static SessionOwner anyone() {
    return ANYONE;
  }

  /**
   * Returns whether sessions must carry an owner.
   *
   * @return false for {@link #anyone()}
   */
  public boolean isRequired() {
    return !variable.isEmpty();
  }

  /**
   * Returns which identity this is, in the words in which clients are told.
   *
   * @return user-id, source-identity, {@code principal-tag:} and the key of the tag, or anyone
   */
  public String getKind() {
    return kind;
  }

  /**
   * Returns the IAM policy variable that the tag must equal.
   *
   * @return for example {@code ${aws:userid}}; empty for {@link #anyone()}
   */
  public String getVariable() {
    return variable;
  }

  @Override
  public String toString() {
    return isRequired() ? variable : "anyone";
  }
}
