package io.sparkgate.monitor;

import static java.util.Objects.requireNonNull;

import io.sparkgate.border.Configuration;
import io.sparkgate.internal.ClosedBucket;
import io.sparkgate.internal.Findings;
import io.sparkgate.internal.GlueArns;
import io.sparkgate.internal.Grantee;
import io.sparkgate.internal.JarFunction;
import io.sparkgate.internal.KeyAccess;
import io.sparkgate.internal.MonitorPermissions;
import io.sparkgate.internal.ParameterPrefix;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Statement;
import io.sparkgate.internal.Upstream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/**
 * Where a {@link SessionMonitor} keeps what each session and job run used, as the service billed
 * it: a file of JSON for each, below {@code usage/month=…/day=…/}, and a table of Glue over them.
 * Who was it, how much and when; no dollars, because prices change.
 *
 * <p>The bucket is closed to the public, TLS only and encrypted, and outlives its stack. It has no
 * versions: a record is written again only with the same content, and that of a warm pool each five
 * minutes of its hour, which versions would multiply. Where Lake Formation governs the account's
 * catalog, the table needs its grants too.
 *
 * <p>Athena reads the table; a session reads the files, by {@code
 * spark.read.json("s3://bucket/usage/")}, since Spark knows nothing of the table's projection.
 */
public final class UsageStore extends Construct {

  private static final String PREFIX = "usage/";

  private final Findings findings;
  private final IBucket bucket;
  private final @Nullable IKey key;
  private final String database;
  private final @Nullable String prefix;
  private final List<BesideConnection> locations = new ArrayList<>();
  private final List<Grantee> readers = new ArrayList<>();

  private UsageStore(Builder props) {
    super(props.scope, props.id);
    findings = new Findings(this);
    bucket = props.bucket != null ? given(props, props.bucket) : made(props);
    key = props.encryptionKey != null ? props.encryptionKey : bucket.getEncryptionKey();
    StoreChecks.key(findings, bucket, key);
    database = DatabaseName.of(this, findings, props.databaseName);
    UsageTable.make(this, database, bucket.getBucketName(), PREFIX);
    Upstream.note(this, bucket.getBucketName());
    prefix = props.parameterPrefix;
    if (prefix != null) {
      ParameterPrefix.check(findings, "parameterPrefix", prefix);
      say(this, prefix);
    }
  }

  /** A monitor's own. */
  static UsageStore of(Construct monitor, @Nullable String prefix) {
    Builder store = Builder.create(monitor, "Usage");
    return prefix == null ? store.build() : store.parameterPrefix(prefix).build();
  }

  /** Whoever may read the records already may read this too. */
  private void say(Construct scope, String prefix) {
    BesideConnection said =
        BesideConnection.text(
            scope, prefix, "usage-location", "Where the records of usage are", getLocation());
    locations.add(said);
    readers.forEach(reader -> reader.grant(List.of(said.reading())));
  }

  /** {@return the bucket} */
  public IBucket getBucket() {
    return bucket;
  }

  /** {@return where the records are, such as {@code s3://bucket/usage/}} */
  public String getLocation() {
    return "s3://" + bucket.getBucketName() + "/" + PREFIX;
  }

  /** {@return the database of Glue} */
  public String getDatabaseName() {
    return database;
  }

  /** {@return the table in it} */
  public String getTableName() {
    return UsageTable.NAME;
  }

  /**
   * Lets people read all records, and so who used how much: with {@code sparkgate bill}, or by the
   * table. To query it they need Athena, a workgroup and a place for results besides.
   *
   * @param people who may; a role, user or group of IAM
   * @return the grant
   * @throws IllegalArgumentException if no policy of this account reaches them
   */
  public Grant grantRead(IGrantable people) {
    Stack stack = Stack.of(this);
    List<Statement> statements =
        new ArrayList<>(
            MonitorPermissions.reading(
                bucket.getBucketArn(),
                PREFIX,
                new GlueArns(stack.getRegion(), stack.getAccount(), List.of()),
                database,
                UsageTable.NAME));
    locations.forEach(parameter -> statements.add(parameter.reading()));
    StoreChecks.readers(findings, bucket, PREFIX, Place.of(stack));
    Grantee grantee = Grantee.ofFiles(people, Place.of(stack), findings);
    readers.add(grantee);
    Grant grant = grantee.grant(statements);
    return key == null
        ? grant
        : grant.combine(
            grantee.require(new KeyAccess(key, "s3").grant(grantee.reached(), KeyAccess.READING)));
  }

  /** Lets a function write records, and read those of warm pools again. */
  void letWrite(JarFunction function) {
    function.allow(
        MonitorPermissions.recording(
            bucket.getBucketArn(),
            bucket.arnForObjects(PREFIX + "*"),
            bucket.arnForObjects(PREFIX + "*/pool-*")));
    if (key != null) {
      new KeyAccess(key, "s3").grant(function.role(), KeyAccess.WRITING);
    }
  }

  /**
   * Fails for a bucket that the functions of a monitor cannot reach, and says where it is below the
   * monitor's prefix, unless it says so already.
   */
  void check(Construct monitor, @Nullable String prefix) {
    StoreChecks.monitor(monitor, bucket, PREFIX);
    if (prefix != null && !prefix.equals(this.prefix)) {
      say(monitor, prefix);
    }
  }

  /** In the words of the function's configuration. */
  Map<String, Object> toConfiguration() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(Configuration.BUCKET, bucket.getBucketName());
    json.put(Configuration.PREFIX, PREFIX);
    return json;
  }

  private IBucket made(Builder props) {
    return ClosedBucket.in(
        this,
        "Bucket",
        props.expireAfter == null ? Builder.STANDARD : props.expireAfter,
        props.encryptionKey);
  }

  private IBucket given(Builder props, IBucket bucket) {
    findings.errorIf(
        props.expireAfter != null,
        """
        expireAfter received %s, but is of a bucket that is made here, and bucket names another; \
        give that one a lifecycle rule for '%s'"""
            .formatted(props.expireAfter == null ? "" : props.expireAfter.toHumanString(), PREFIX));
    return bucket;
  }

  /** A fluent builder for {@link UsageStore}. */
  public static final class Builder implements software.amazon.jsii.Builder<UsageStore> {

    private static final Duration STANDARD = Duration.days(400);

    private final Construct scope;
    private final String id;
    private @Nullable IBucket bucket;
    private @Nullable IKey encryptionKey;
    private @Nullable Duration expireAfter;
    private @Nullable String databaseName;
    private @Nullable String parameterPrefix;

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
     * Sets a bucket that exists, which several stores may share only if their applications differ
     * from each other. Default: a new one.
     *
     * @param bucket of the monitor's Region; one of another account must let the monitor in by its
     *     own policy, which synthesis then spells out
     * @return this builder
     */
    public Builder bucket(IBucket bucket) {
      this.bucket = requireNonNull(bucket, "bucket");
      return this;
    }

    /**
     * Sets the key of the bucket. Default: S3's own, which cost nothing; of a given bucket, its
     * key, if that is known.
     *
     * @param encryptionKey the key
     * @return this builder
     */
    public Builder encryptionKey(IKey encryptionKey) {
      this.encryptionKey = requireNonNull(encryptionKey, "encryptionKey");
      return this;
    }

    /**
     * Sets after how long records are deleted. Default: 400 days, a year and a month to close it.
     *
     * @param expireAfter whole days; not with {@link #bucket}
     * @return this builder
     */
    public Builder expireAfter(Duration expireAfter) {
      this.expireAfter = requireNonNull(expireAfter, "expireAfter");
      return this;
    }

    /**
     * Sets the name of the database, which an account has once in a Region. Default: the stack's
     * name and the construct's path, such as {@code
     * sparkconnect_dev_sparkconnect_monitor_usage_1a2b3c4d}.
     *
     * @param databaseName 1 to 255 of {@code a-z}, {@code 0-9} and {@code _}
     * @return this builder
     */
    public Builder databaseName(String databaseName) {
      this.databaseName = requireNonNull(databaseName, "databaseName");
      return this;
    }

    /**
     * Sets where in Parameter Store people find the location: the prefix of their connection
     * parameters. Default: that of the monitor which writes here, if it has one.
     *
     * @param parameterPrefix such as {@code /sparkgate/dev}
     * @return this builder
     */
    public Builder parameterPrefix(String parameterPrefix) {
      this.parameterPrefix = requireNonNull(parameterPrefix, "parameterPrefix");
      return this;
    }

    @Override
    public UsageStore build() {
      return new UsageStore(this);
    }
  }
}
