package io.sparkgate.sandbox.iam;

import java.util.Map;

/**
 * Who a call's access key stands for.
 *
 * @param arn of the principal as the service sees it, for example {@code
 *     arn:aws:sts::111122223333:assumed-role/Developer/alice}; becomes a session's createdBy
 * @param userId what {@code ${aws:userid}} is, for example {@code AROAEXAMPLE:alice}
 * @param sourceIdentity what {@code ${aws:SourceIdentity}} is; empty when there is none
 * @param principalTags what {@code ${aws:PrincipalTag/…}} are
 */
public record Identity(
    String accessKeyId,
    String arn,
    String userId,
    String sourceIdentity,
    Map<String, String> principalTags) {}
