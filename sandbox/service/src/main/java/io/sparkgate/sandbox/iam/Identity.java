package io.sparkgate.sandbox.iam;

import java.util.Map;

/**
 * Who a call's access key stands for.
 *
 * @param arn of the principal as the service sees it, for example {@code
 *     arn:aws:sts::111122223333:assumed-role/Developer/alice}; becomes a session's createdBy
 * @param userId what {@code ${aws:userid}} is, for example {@code AROAEXAMPLE:alice} for who is in
 *     a role, {@code AIDAEXAMPLE} for an IAM user
 * @param sourceIdentity what {@code ${aws:SourceIdentity}} is; empty when there is none
 * @param principalTags what {@code ${aws:PrincipalTag/…}} are
 */
public record Identity(
    String accessKeyId,
    String arn,
    String userId,
    String sourceIdentity,
    Map<String, String> principalTags) {

  /** Whether it is somebody in a role, and not an IAM user. */
  public boolean isRoleSession() {
    return arn.contains(":assumed-role/");
  }

  /** What {@code ${aws:username}} is; empty for who is in a role. */
  public String userName() {
    return arn.contains(":user/") ? arn.substring(arn.lastIndexOf('/') + 1) : "";
  }

  /** The account that it belongs to. */
  public String account() {
    String[] parts = arn.split(":", 6);
    return parts.length == 6 ? parts[4] : "";
  }
}
