package io.sparkgate.data;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.KeyAccess;
import io.sparkgate.internal.Place;
import java.util.List;
import software.amazon.awscdk.Resource;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.kms.IAlias;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.s3.IBucket;

/**
 * A customer managed key over data, and what one does with it.
 *
 * @param service whose data it is, as {@code kms:ViaService} begins, such as {@code s3}
 */
record KeyUse(IKey key, String service, List<String> actions) {

  static KeyUse reading(IKey key, String service) {
    return new KeyUse(key, service, KeyAccess.READING);
  }

  static KeyUse writing(IKey key, String service) {
    return new KeyUse(key, service, KeyAccess.WRITING);
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

  /** S3 uses keys of the bucket's Region only. */
  static IKey of(String where, IKey key, IBucket bucket) {
    Place there = Place.of(required(where, key));
    Place here = Place.of(bucket);
    if (there.isOfAnotherRegionThan(here)) {
      throw new IllegalArgumentException(
          "%s: encryption key %s is in %s, but bucket %s is in %s; S3 uses keys of the bucket's Region only"
              .formatted(
                  where,
                  key.getNode().getPath(),
                  there.region(),
                  bucket.getNode().getPath(),
                  here.region()));
    }
    return key;
  }

  /** Roles of other accounts are let into keys that are made here. */
  Grant grantTo(String access, IGrantable role, Findings findings) {
    Place home = Place.of(key);
    findings.warnIf(
        !Resource.isOwnedResource(key) && home.isOfAnotherAccountThan(role.getGrantPrincipal()),
        "keyOfOtherAccount",
        """
        %s is encrypted with the key %s of account %s, whose policy is not changed from here; let \
        the role call %s there"""
            .formatted(
                access, key.getNode().getPath(), home.account(), String.join(", ", actions)));
    return new KeyAccess(key, service).grant(role, actions);
  }
}
