package io.sparkgate.data;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Place;
import java.util.List;
import software.amazon.awscdk.Resource;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.kms.IAlias;
import software.amazon.awscdk.services.kms.IKey;

/** A customer managed key over data, and what one does with it. */
record KeyUse(IKey key, List<String> actions) {

  static KeyUse reading(IKey key) {
    return new KeyUse(key, List.of("kms:Decrypt"));
  }

  /** To go on with an upload of many parts, S3 asks for the key's Decrypt too. */
  static KeyUse writing(IKey key) {
    return new KeyUse(key, List.of("kms:Decrypt", "kms:GenerateDataKey"));
  }

  /** A grant on an alias would reach nothing: permissions go by the key. */
  static IKey required(String where, IKey key) {
    requireNonNull(key, "key");
    if (key instanceof IAlias || key.getKeyArn().contains(":alias/")) {
      throw new IllegalArgumentException(
          "%s: encryption key %s is an alias, but permissions go by the key; pass the key that it stands for"
              .formatted(where, key.getNode().getPath()));
    }
    return key;
  }

  /** The CDK lets roles of other accounts into keys that are made here. */
  Grant grantTo(DataAccess access, IGrantable role, Findings findings) {
    Place home = Place.of(key);
    findings.warnIf(
        !Resource.isOwnedResource(key)
            && home.isOfAnotherAccountThan(
                new Place(
                    String.valueOf(role.getGrantPrincipal().getPrincipalAccount()), home.region())),
        "keyOfOtherAccount",
        """
        %s is encrypted with the key %s of account %s, whose policy is not changed from here; let \
        the role call %s there"""
            .formatted(
                access, key.getNode().getPath(), home.account(), String.join(", ", actions)));
    return key.grant(role, actions.toArray(String[]::new));
  }
}
