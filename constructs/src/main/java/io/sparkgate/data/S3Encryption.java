package io.sparkgate.data;

import io.sparkgate.internal.Ordered;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Statement;
import io.sparkgate.internal.Tokens;
import io.sparkgate.spark.Classification;
import io.sparkgate.spark.FeatureTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.s3.IBucket;

/** What Spark asks S3 to encrypt with, for all buckets or for one. */
final class S3Encryption extends SourceAccess {

  private final String prefix;
  private final IKey key;

  private S3Encryption(String name, String prefix, IKey key) {
    super(name);
    this.prefix = prefix;
    this.key = KeyUse.required("DataSource.s3Encryption", key);
  }

  static S3Encryption everywhere(IKey key) {
    return new S3Encryption("DataSource.s3Encryption", "spark.hadoop.fs.s3.", key);
  }

  static S3Encryption of(IBucket bucket, IKey key) {
    String name = name(bucket);
    if (Tokens.isUnresolved(name)) {
      throw new IllegalArgumentException(
          """
          DataSource.s3Encryption: the name of bucket %s is known only when the stack is deployed, \
          but Spark's setting has it in its key; give the bucket a bucketName, or a default \
          encryption with this key"""
              .formatted(bucket.getNode().getPath()));
    }
    return new S3Encryption(
        "DataSource.s3Encryption of bucket '%s'".formatted(name),
        "spark.hadoop.fs.s3.bucket.%s.".formatted(name),
        KeyUse.of("DataSource.s3Encryption", key, bucket));
  }

  /** Of a bucket that is made here, the CDK says a reference even where it was given a name. */
  private static String name(IBucket bucket) {
    return Optional.ofNullable(bucket.getNode().getDefaultChild())
        .filter(CfnBucket.class::isInstance)
        .map(made -> ((CfnBucket) made).getBucketName())
        .orElseGet(bucket::getBucketName);
  }

  @Override
  List<Statement> statements() {
    return List.of();
  }

  @Override
  List<KeyUse> keys() {
    return List.of(KeyUse.writing(key, "s3"));
  }

  @Override
  Optional<Place> place() {
    return Optional.of(Place.of(key));
  }

  @Override
  public List<Classification> settings(FeatureTarget target) {
    Map<String, String> settings =
        Ordered.map(
            Map.entry(prefix + "enableServerSideEncryption", "true"),
            Map.entry(prefix + "serverSideEncryption.kms.keyId", key.getKeyArn()));
    return List.of(Classification.of("spark-defaults", settings));
  }
}
