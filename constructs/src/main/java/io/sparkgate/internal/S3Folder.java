package io.sparkgate.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.s3.IBucket;

/**
 * A folder or an object in S3, and what a role must be allowed for it.
 *
 * @param bucketName the bucket
 * @param bucketArn its ARN
 * @param path what comes behind the bucket, without a slash at its start or end
 * @param key the key of the bucket, if it has one that is known
 * @param place where the bucket is, if more than its name is known
 */
public record S3Folder(
    String bucketName, String bucketArn, String path, @Nullable IKey key, @Nullable Place place) {

  /** The names that buckets may have, and a path of one or more parts. */
  private static final Pattern URL =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/(.*[^/])/?");

  /** A part of a bucket that is made here or imported. */
  public static S3Folder in(IBucket bucket, String path) {
    return new S3Folder(
        bucket.getBucketName(),
        bucket.getBucketArn(),
        path,
        bucket.getEncryptionKey(),
        Place.of(bucket));
  }

  /**
   * What a URL names. Of a token, the bucket is what comes before the first slash.
   *
   * @param where who received it, in the words of an error
   */
  public static S3Folder of(String where, String url) {
    Matcher matcher = URL.matcher(url);
    if (Tokens.isUnresolved(url) || !matcher.matches()) {
      throw new IllegalArgumentException(
          """
          %s received '%s', but takes the URL of a folder or an object in a bucket \
          of 3 to 63 letters, digits, dots and hyphens, such as s3://bucket/folder; of a bucket that is made here pass the bucket itself"""
              .formatted(where, url));
    }
    return new S3Folder(
        matcher.group(1),
        "arn:" + Aws.PARTITION + ":s3:::" + matcher.group(1),
        matcher.group(2),
        null,
        null);
  }

  /** In the words of Hadoop. */
  public String url() {
    return "s3://" + bucketName + "/" + path;
  }

  /**
   * Fails for a bucket that workers do not reach, and warns of one that may not let the role in.
   *
   * @param what whose it is, in the words of an error
   * @param here where the application is
   */
  public void check(Findings findings, String what, Place here) {
    if (place == null) {
      return;
    }
    findings.errorIf(
        place.isOfAnotherRegionThan(here),
        """
        %s is in a bucket of %s, but the application is of %s, whose workers reach S3 in their own \
        Region only; use a bucket of %3$s"""
            .formatted(what, place.region(), here.region()));
    findings.warnIf(
        place.isOfAnotherAccountThan(here),
        "bucketOfAnotherAccount",
        """
        %s is in a bucket of account %s, whose policy is not changed from here, so S3 refuses the \
        execution role; let it in there, for example by with(DataSource.bucket(…)) of the same \
        folder, then acknowledge this"""
            .formatted(what, place.account()));
  }

  /** Lets a role read the one object that this is. */
  public Grant grantReadObject(IGrantable reader) {
    Grant read =
        Statement.allow(List.of("s3:GetObject")).on(bucketArn + "/" + path).grantTo(reader);
    return key == null
        ? read
        : read.combine(new KeyAccess(key, "s3").grant(reader, KeyAccess.READING));
  }

  /** Lets a role list, read, write and delete what is below this. */
  public Grant grantReadWrite(IGrantable writer) {
    List<Grant> grants = new ArrayList<>();
    SourcePermissions.bucketReadWrite(bucketArn, path + "/")
        .forEach(statement -> grants.add(statement.grantTo(writer)));
    grants.add(
        Statement.allow(List.of("s3:DeleteObject", "s3:GetObject", "s3:PutObject"))
            // Hadoop marks a folder by an object beside it.
            .on(bucketArn + "/" + path + "_$folder$")
            .grantTo(writer));
    if (key != null) {
      grants.add(new KeyAccess(key, "s3").grant(writer, KeyAccess.WRITING));
    }
    return grants.stream().reduce(Grant::combine).orElseThrow();
  }
}
