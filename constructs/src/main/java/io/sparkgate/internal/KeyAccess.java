package io.sparkgate.internal;

import java.util.List;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.IResource;
import software.amazon.awscdk.Resource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.kms.IKey;

/**
 * A customer managed key, which somebody uses by a service that keeps data. In a stack of another
 * account or Region nobody knows the ARN of a key that is made here, and the CDK's own grant allows
 * the actions on all keys of all accounts there.
 *
 * @param key the key
 * @param service as {@code kms:ViaService} begins, such as {@code s3}
 */
public record KeyAccess(IKey key, String service) {

  public static final List<String> READING = List.of("kms:Decrypt");

  /** To go on with an upload of many parts, S3 asks for the key's Decrypt too. */
  public static final List<String> WRITING = List.of("kms:Decrypt", "kms:GenerateDataKey");

  /** Lets somebody use it; in another account, its policy says so too. */
  public Grant grant(IGrantable grantee, List<String> actions) {
    if (!Resource.isOwnedResource(key)
        || !(grantee.getGrantPrincipal() instanceof IResource identity)
        || home().equals(Place.of(identity.getStack()))) {
      return key.grant(grantee, actions.toArray(String[]::new));
    }
    // As in the CDK's grants, the policy of a key leaves it to IAM to say who of its account may.
    if (home().isOfAnotherAccountThan(Place.of(identity))) {
      admit(grantee, identity, actions);
    }
    return viaService(actions)
        .on("arn:%s:kms:%s:%s:key/*".formatted(Aws.PARTITION, home().region(), home().account()))
        .grantTo(grantee);
  }

  private void admit(IGrantable grantee, IResource identity, List<String> actions) {
    if (identity instanceof IRole role) {
      Referable.checkRole(role, "the key", key);
    }
    key.addToResourcePolicy(viaService(actions).on("*").admitting(grantee));
  }

  private Statement viaService(List<String> actions) {
    return Statement.allow(actions)
        .when(
            "StringLike",
            "kms:ViaService",
            "%s.%s.amazonaws.com".formatted(service, home().region()));
  }

  private Place home() {
    return Place.of(Stack.of(key));
  }
}
