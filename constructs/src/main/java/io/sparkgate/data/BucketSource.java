package io.sparkgate.data;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.SourcePermissions;
import io.sparkgate.internal.Statement;
import io.sparkgate.internal.Tokens;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.s3.IBucket;

/**
 * A bucket, or a folder in it, before it is said what is done there.
 *
 * <p>There is no access that only writes: Spark asks S3 for each file and folder before it writes
 * it, which is reading.
 */
public final class BucketSource {

  private final IBucket bucket;
  private final String folder;
  private final @Nullable IKey key;

  BucketSource(IBucket bucket) {
    this(requireNonNull(bucket, "bucket"), "", bucket.getEncryptionKey());
  }

  private BucketSource(IBucket bucket, String folder, @Nullable IKey key) {
    this.bucket = bucket;
    this.folder = folder;
    this.key = key;
  }

  /**
   * Narrows it to a folder: objects below it, and lists of what is below it.
   *
   * @param prefix the folder, with or without a slash at its end; a token without
   * @return the folder
   * @throws IllegalArgumentException if it is empty, begins with a slash or has wildcards
   */
  public BucketSource below(String prefix) {
    if (prefix.isBlank() || prefix.startsWith("/") || prefix.contains("//")) {
      throw new IllegalArgumentException(
          """
          DataSource.bucket: below received '%s', but takes a folder without a slash at its \
          beginning or two in a row, such as sales/"""
              .formatted(prefix));
    }
    if (prefix.matches("(?s).*[*?].*") || !Tokens.isUnresolved(prefix) && prefix.contains("${")) {
      throw new IllegalArgumentException(
          """
          DataSource.bucket: below received '%s', but takes one folder without wildcards and \
          policy variables; name each folder in an access of its own"""
              .formatted(prefix));
    }
    return new BucketSource(bucket, prefix.endsWith("/") ? prefix : prefix + "/", key);
  }

  /**
   * Sets the key of the bucket. Default: that of a bucket made here or imported with it.
   *
   * @param encryptionKey the key, of the Region of the bucket; no alias
   * @return the same, with its key
   * @throws IllegalArgumentException if it is an alias, or of another Region
   */
  public BucketSource encryptionKey(IKey encryptionKey) {
    return new BucketSource(bucket, folder, KeyUse.of("DataSource.bucket", encryptionKey, bucket));
  }

  /**
   * Reads: lists what is below, and gets objects.
   *
   * @return the access
   */
  public SourceAccess read() {
    return new Access(this, false);
  }

  /**
   * Reads and writes: deletes too, which overwriting and committing need.
   *
   * @return the access
   */
  public SourceAccess readWrite() {
    return new Access(this, true);
  }

  private String name() {
    String path = bucket.getNode().getPath();
    return folder.isEmpty() || Tokens.isUnresolved(folder)
        ? "DataSource.bucket '%s'".formatted(path)
        : "DataSource.bucket '%s' below '%s'".formatted(path, folder);
  }

  private static final class Access extends SourceAccess {

    private final BucketSource source;
    private final boolean writes;

    Access(BucketSource source, boolean writes) {
      super(source.name());
      this.source = source;
      this.writes = writes;
    }

    @Override
    List<Statement> statements() {
      String arn = source.bucket.getBucketArn();
      return writes
          ? SourcePermissions.bucketReadWrite(arn, source.folder)
          : SourcePermissions.bucketRead(arn, source.folder);
    }

    @Override
    List<KeyUse> keys() {
      return source.key == null
          ? List.of()
          : List.of(writes ? KeyUse.writing(source.key, "s3") : KeyUse.reading(source.key, "s3"));
    }

    @Override
    Optional<Owned> owned() {
      return Optional.of(
          Owned.withPolicy(
              source.bucket,
              source.bucket.getBucketArn(),
              "bucketName",
              source.bucket::addToResourcePolicy));
    }
  }
}
