package io.sparkgate.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/** A bucket for logs: closed to the public, TLS only, encrypted; it outlives its stack. */
public final class ClosedBucket {

  private ClosedBucket() {}

  /**
   * Makes the bucket.
   *
   * @param expireAfter how long its objects are kept
   * @param key null for S3's own
   */
  public static Bucket in(Construct scope, String id, Duration expireAfter, @Nullable IKey key) {
    Bucket.Builder made =
        Bucket.Builder.create(scope, id)
            .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
            .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
            .enforceSsl(true)
            .removalPolicy(RemovalPolicy.RETAIN)
            .lifecycleRules(
                List.of(
                    LifecycleRule.builder()
                        .expiration(expireAfter)
                        .abortIncompleteMultipartUploadAfter(Duration.days(1))
                        .build()));
    return key == null
        ? made.encryption(BucketEncryption.S3_MANAGED).build()
        : made.encryption(BucketEncryption.KMS).encryptionKey(key).bucketKeyEnabled(true).build();
  }
}
