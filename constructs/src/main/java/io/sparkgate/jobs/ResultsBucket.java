package io.sparkgate.jobs;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.ClosedBucket;
import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Grantee;
import io.sparkgate.internal.JobPermissions;
import io.sparkgate.internal.Place;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/**
 * A bucket for what job runs write: closed to the public, TLS only, encrypted, and empty again
 * after 90 days. It stays when its stack is deleted.
 */
public final class ResultsBucket extends Construct {

  private final Bucket bucket;

  private ResultsBucket(Builder props) {
    super(props.scope, props.id);
    bucket = ClosedBucket.in(this, "Bucket", props.expireAfter, props.encryptionKey);
  }

  /** {@return the bucket} */
  public IBucket getBucket() {
    return bucket;
  }

  /** {@return where the bucket is, such as {@code s3://bucket/}} */
  public String getUrl() {
    return "s3://" + bucket.getBucketName() + "/";
  }

  /**
   * Lets a role write results, replace them, and read them again. Sessions that have the same role
   * read them too.
   *
   * @param executionRole the role that job runs have
   * @return the grant
   * @throws IllegalArgumentException if this is no role of the bucket's account
   */
  public Grant grantWrite(IGrantable executionRole) {
    Grantee writer = Grantee.ofFiles(executionRole, Place.of(bucket), new Findings(this));
    Grant write =
        writer.grant(JobPermissions.writing(bucket.getBucketArn(), bucket.arnForObjects("*")));
    IKey key = bucket.getEncryptionKey();
    return key == null
        ? write
        : write.combine(
            writer.require(key.grant(executionRole, "kms:Decrypt", "kms:GenerateDataKey")));
  }

  /** A fluent builder for {@link ResultsBucket}. */
  public static final class Builder implements software.amazon.jsii.Builder<ResultsBucket> {

    private final Construct scope;
    private final String id;
    private Duration expireAfter = Duration.days(90);
    private @Nullable IKey encryptionKey;

    private Builder(Construct scope, String id) {
      this.scope = requireNonNull(scope, "scope");
      this.id = requireNonNull(id, "id");
    }

    /**
     * {@return a new builder}
     *
     * @param scope the parent construct
     * @param id the construct id
     */
    public static Builder create(Construct scope, String id) {
      return new Builder(scope, id);
    }

    /**
     * Sets after how long results are deleted. Default: 90 days.
     *
     * @param expireAfter whole days
     * @return this builder
     */
    public Builder expireAfter(Duration expireAfter) {
      this.expireAfter = requireNonNull(expireAfter, "expireAfter");
      return this;
    }

    /**
     * Sets the key of the bucket. Default: S3's own.
     *
     * @param encryptionKey the key
     * @return this builder
     */
    public Builder encryptionKey(IKey encryptionKey) {
      this.encryptionKey = requireNonNull(encryptionKey, "encryptionKey");
      return this;
    }

    @Override
    public ResultsBucket build() {
      return new ResultsBucket(this);
    }
  }
}
