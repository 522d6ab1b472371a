package io.sparkgate.data;

import static java.util.Map.entry;

import io.sparkgate.internal.Ordered;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.SourcePermissions;
import io.sparkgate.internal.Statement;
import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.spark.Classification;
import io.sparkgate.spark.FeatureTarget;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.kms.IKey;

/**
 * A directory bucket of S3 Express One Zone, before it is said what is done there. IAM knows no
 * folders in it. Workers reach it through a gateway endpoint of its own.
 */
public final class DirectoryBucketSource {

  private static final String S3A = "org.apache.hadoop.fs.s3a.S3AFileSystem";
  private static final String ABSTRACT_S3A = "org.apache.hadoop.fs.s3a.S3A";

  /** Whether KMS sees s3 or s3express behind a directory bucket, AWS does not say. */
  private static final String SERVICE = "s3*";

  private final String arn;
  private final @Nullable IKey key;

  DirectoryBucketSource(String arn) {
    this(
        Arns.require(
            "DataSource.directoryBucket",
            arn,
            "arn:[a-z-]+:s3express:[a-z0-9-]+:\\d{12}:bucket/[a-z0-9-]+--x-s3",
            "arn:aws:s3express:eu-north-1:111122223333:bucket/hot--eun1-az1--x-s3"),
        null);
  }

  private DirectoryBucketSource(String arn, @Nullable IKey key) {
    this.arn = arn;
    this.key = key;
  }

  /**
   * Sets the key of the bucket. Default: S3's own.
   *
   * @param encryptionKey the key; no alias
   * @return the same, with its key
   * @throws IllegalArgumentException if it is an alias
   */
  public DirectoryBucketSource encryptionKey(IKey encryptionKey) {
    return new DirectoryBucketSource(
        arn, KeyUse.required("DataSource.directoryBucket", encryptionKey));
  }

  /**
   * Reads, in sessions of S3 that are read-only.
   *
   * @return the access
   */
  public SourceAccess read() {
    return new Access(this, true);
  }

  /**
   * Reads and writes.
   *
   * @return the access
   */
  public SourceAccess readWrite() {
    return new Access(this, false);
  }

  private static final class Access extends SourceAccess {

    private final DirectoryBucketSource source;
    private final boolean readOnly;

    Access(DirectoryBucketSource source, boolean readOnly) {
      super("DataSource.directoryBucket");
      this.source = source;
      this.readOnly = readOnly;
    }

    @Override
    List<Statement> statements() {
      return SourcePermissions.directoryBucket(source.arn, readOnly);
    }

    @Override
    List<KeyUse> keys() {
      return Optional.ofNullable(source.key)
          .map(key -> readOnly ? KeyUse.reading(key, SERVICE) : KeyUse.writing(key, SERVICE))
          .stream()
          .toList();
    }

    @Override
    Optional<Place> place() {
      return Arns.place(source.arn);
    }

    @Override
    String since() {
      return "emr-7.2.0";
    }

    /** What releases since 7.10.0 do anyway: all addresses of S3 by the one client that can. */
    @Override
    public List<Classification> settings(FeatureTarget target) {
      return List.of(
          Classification.of(
              "core-site",
              Ordered.map(
                  entry("fs.AbstractFileSystem.s3.impl", ABSTRACT_S3A),
                  entry("fs.AbstractFileSystem.s3n.impl", ABSTRACT_S3A),
                  entry("fs.s3.impl", S3A),
                  entry("fs.s3n.impl", S3A))));
    }

    @Override
    public List<PrivateEndpoint> endpoints() {
      return List.of(PrivateEndpoint.S3_EXPRESS);
    }

    @Override
    public boolean needsVpc() {
      return true;
    }
  }
}
