package io.sparkgate.monitor;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Referable;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/** Whether a store's bucket can be reached: by its key, by a monitor, by readers. */
final class StoreChecks {

  private static final String OF_ANOTHER_ACCOUNT = "bucketOfAnotherAccount";

  private StoreChecks() {}

  /** S3 encrypts by keys of the bucket's Region. */
  static void key(Findings findings, IBucket bucket, @Nullable IKey key) {
    if (key == null) {
      return;
    }
    Place there = Place.of(key);
    findings.errorIf(
        there.isOfAnotherRegionThan(Place.of(bucket)),
        () ->
            """
        encryptionKey received %s of %s, but takes a key of the bucket's own Region, %s; make one \
        there, or leave it out for S3's own"""
                .formatted(key.getNode().getPath(), there.region(), Place.of(bucket).region()));
  }

  static void monitor(Construct monitor, IBucket bucket, String prefix) {
    Findings findings = new Findings(monitor);
    Place here = Place.of(Stack.of(monitor));
    Place there = Place.of(bucket);
    findings.errorIf(
        there.isOfAnotherRegionThan(here),
        """
        usage received a bucket of %s, but takes one of its own Region, %s, where its functions \
        look; make it there"""
            .formatted(there.region(), here.region()));
    new Referable("bucket", bucket, bucket.getBucketArn())
        .check(findings, "the bucket a name (bucketName)", "the monitor", Stack.of(monitor));
    findings.warnIf(
        there.isOfAnotherAccountThan(here),
        OF_ANOTHER_ACCOUNT,
        """
        usage is in a bucket of account %s, whose policy is not changed from here, so S3 refuses \
        the monitor; allow its role there s3:ListBucket on the bucket, s3:PutObject on the objects \
        '%s*' and s3:GetObject on '%2$s*/pool-*', and in the policy of its key, if it has one, kms:Decrypt and \
        kms:GenerateDataKey, then acknowledge this"""
            .formatted(there.account(), prefix));
  }

  static void readers(Findings findings, IBucket bucket, String prefix, Place here) {
    Place there = Place.of(bucket);
    findings.warnIf(
        there.isOfAnotherAccountThan(here),
        OF_ANOTHER_ACCOUNT,
        """
        the records are in a bucket of account %s, whose policy is not changed from here, so S3 \
        refuses whoever was granted to read them; allow them there s3:ListBucket on the bucket and \
        s3:GetObject on the objects '%s*', and in the policy of its key, if it has one, kms:Decrypt, \
        then acknowledge this"""
            .formatted(there.account(), prefix));
  }
}
