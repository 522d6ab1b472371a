package io.sparkgate.serverless;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.ClosedBucket;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/**
 * A bucket for the logs of sessions: closed to the public, TLS only, encrypted, and empty again
 * after 90 days. It stays when its stack is deleted.
 *
 * <pre>{@code
 * LogBucket logs = LogBucket.Builder.create(this, "SessionLogs").build();
 * application.logs(Logs.managed().and(LogDestination.s3(logs.getBucket())));
 * }</pre>
 */
public final class LogBucket extends Construct {

  private final Bucket bucket;

  private LogBucket(Builder props) {
    super(props.scope, props.id);
    bucket = ClosedBucket.in(this, "Bucket", props.expireAfter, props.encryptionKey);
  }

  /** {@return the bucket} */
  public IBucket getBucket() {
    return bucket;
  }

  /** A fluent builder for {@link LogBucket}. */
  public static final class Builder implements software.amazon.jsii.Builder<LogBucket> {

    private final Construct scope;
    private final String id;
    private Duration expireAfter = Duration.days(90);
    private @Nullable IKey encryptionKey;

    private Builder(Construct scope, String id) {
      this.scope = requireNonNull(scope, "scope");
      this.id = requireNonNull(id, "id");
    }

    /**
     * Starts a bucket.
     *
     * @param scope the parent construct
     * @param id the construct id
     * @return a new builder
     */
    public static Builder create(Construct scope, String id) {
      return new Builder(scope, id);
    }

    /**
     * Sets after how long logs are deleted. Default: 90 days.
     *
     * @param expireAfter whole days
     * @return this builder
     */
    public Builder expireAfter(Duration expireAfter) {
      this.expireAfter = requireNonNull(expireAfter, "expireAfter");
      return this;
    }

    /**
     * Sets the key of the bucket, usually that of the application's logs. Default: S3's own.
     *
     * @param encryptionKey the key
     * @return this builder
     */
    public Builder encryptionKey(IKey encryptionKey) {
      this.encryptionKey = requireNonNull(encryptionKey, "encryptionKey");
      return this;
    }

    @Override
    public LogBucket build() {
      return new LogBucket(this);
    }
  }
}
