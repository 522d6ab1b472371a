package io.sparkgate.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.TimeConversionOptions;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/**
 * A bucket for logs or results: closed to the public, TLS only, encrypted; it outlives its stack.
 */
public final class ClosedBucket {

  private ClosedBucket() {}

  /**
   * Makes the bucket.
   *
   * @param expireAfter how long its objects are kept
   * @param key null for S3's own
   * @throws IllegalArgumentException if {@code expireAfter} is not in whole days
   */
  public static Bucket in(Construct scope, String id, Duration expireAfter, @Nullable IKey key) {
    checkExpiry(new Findings(scope), expireAfter);
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

  private static void checkExpiry(Findings findings, Duration expireAfter) {
    findings.errorIf(
        !Known.isIn(expireAfter, "days"), Known.mustBeIn("expireAfter", expireAfter, "days"));
    findings.errorIf(
        !expireAfter.isUnresolved() && !isWholeDays(expireAfter),
        () ->
            "expireAfter is %s; use whole days, 1 or more".formatted(expireAfter.toHumanString()));
  }

  private static boolean isWholeDays(Duration duration) {
    double days =
        duration.toDays(TimeConversionOptions.builder().integral(false).build()).doubleValue();
    return days >= 1 && days == Math.rint(days);
  }
}
