package io.sparkgate.serverless;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Ordered;
import io.sparkgate.internal.S3Folder;
import io.sparkgate.internal.Tokens;
import io.sparkgate.spark.Classification;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.emrserverless.CfnApplication.InteractiveConfigurationProperty;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.s3.IBucket;

/**
 * The engine of an application, and the ways in which people reach it besides job runs. A change
 * between Spark and Hive replaces the application.
 *
 * <pre>{@code
 * application.type(ApplicationType.spark().withLivy());
 * application.type(ApplicationType.hive(scratch, warehouse));
 * }</pre>
 */
public abstract sealed class ApplicationType {

  private ApplicationType() {}

  /**
   * Spark, with Spark Connect sessions.
   *
   * @return the type of an application that is given none
   */
  public static Spark spark() {
    return new Spark(true, false, false, null);
  }

  /**
   * Hive on Tez, which runs HiveQL as job runs, and takes no sessions of any kind. Its tables are
   * in Glue unless told otherwise: add {@code Catalog.glue()}, which lets the role in.
   *
   * @param scratch what queries keep for a while, in the folder {@code scratch} of this bucket
   * @param warehouse the tables without a location of their own, in the folder {@code warehouse} of
   *     this bucket, which may be the same
   * @return the type
   */
  public static Hive hive(IBucket scratch, IBucket warehouse) {
    return new Hive(S3Folder.in(scratch, "scratch"), S3Folder.in(warehouse, "warehouse"));
  }

  /**
   * Hive on Tez, with folders that exist.
   *
   * @param scratchUrl what queries keep for a while, such as {@code s3://bucket/hive/scratch}
   * @param warehouseUrl the tables without a location of their own
   * @return the type
   * @throws IllegalArgumentException if one is not the URL of a folder
   */
  public static Hive hive(String scratchUrl, String warehouseUrl) {
    return new Hive(
        S3Folder.of("ApplicationType.hive: scratchUrl", scratchUrl),
        S3Folder.of("ApplicationType.hive: warehouseUrl", warehouseUrl));
  }

  /** {@return whether the application takes Spark Connect sessions} */
  public abstract boolean takesSessions();

  /** The engine as the service spells it. */
  abstract String engine();

  /** The keys of warm workers and of images. */
  abstract List<String> workers();

  abstract boolean takesLivy();

  abstract boolean takesStudio();

  /** Empty where nothing interactive is on, and for Hive, which has none. */
  Optional<InteractiveConfigurationProperty> interactive() {
    if (!isInteractive()) {
      return Optional.empty();
    }
    InteractiveConfigurationProperty.Builder on = InteractiveConfigurationProperty.builder();
    // CloudFormation has no SessionEnabled in some Regions, so it is not named where it is off.
    if (takesSessions()) {
      on.sessionEnabled(true);
    }
    if (takesLivy()) {
      on.livyEndpointEnabled(true);
    }
    if (takesStudio()) {
      on.studioEnabled(true);
    }
    return Optional.of(on.build());
  }

  boolean isInteractive() {
    return takesSessions() || takesLivy() || takesStudio();
  }

  /** Empty if identities are not propagated. */
  Optional<String> identityCenterInstance() {
    return Optional.empty();
  }

  List<Classification> settings() {
    return List.of();
  }

  Optional<Grant> grantTo(IGrantable executionRole) {
    return Optional.empty();
  }

  /** An application of Spark. */
  public static final class Spark extends ApplicationType {

    /** As the API has it. */
    private static final Pattern INSTANCE =
        Pattern.compile("arn:aws[a-zA-Z0-9-]*:sso:::instance/(sso)?ins-[a-zA-Z0-9-.]{16}");

    private final boolean sessions;
    private final boolean livy;
    private final boolean studio;
    private final @Nullable String identityCenterInstance;

    private Spark(
        boolean sessions, boolean livy, boolean studio, @Nullable String identityCenterInstance) {
      this.sessions = sessions;
      this.livy = livy;
      this.studio = studio;
      this.identityCenterInstance = identityCenterInstance;
    }

    /**
     * Takes no Spark Connect sessions, so that what they do not support is allowed, such as Lake
     * Formation, and older releases.
     *
     * @return the same, for job runs
     */
    public Spark withoutSessions() {
      return new Spark(false, livy, studio, identityCenterInstance);
    }

    /**
     * Takes sessions of Apache Livy, too, over its own endpoint; see {@link
     * IEmrServerlessApplication#grantLivy}. The application must be started before somebody
     * connects.
     *
     * @return the same, with Livy
     */
    public Spark withLivy() {
      return new Spark(sessions, true, studio, identityCenterInstance);
    }

    /**
     * Takes kernels of notebooks in EMR Studio, too; see {@link
     * IEmrServerlessApplication#grantStudio}. The service keeps one worker of 4 vCPU and 16 GB
     * waiting for a kernel while the application is started.
     *
     * @return the same, with EMR Studio
     */
    public Spark withStudio() {
      return new Spark(sessions, livy, true, identityCenterInstance);
    }

    /**
     * Hands the identity of people in IAM Identity Center on to what Livy sessions read (trusted
     * identity propagation). Of release 7.8.0 and later, only over Livy, and not together with
     * Spark Connect sessions. The trust policy of the execution role must allow {@code
     * sts:SetContext}, too.
     *
     * @param instanceArn of IAM Identity Center, {@code arn:aws:sso:::instance/ssoins-…}; may be a
     *     token
     * @return the same, with identities
     * @throws IllegalArgumentException if this is not the ARN of an instance
     */
    public Spark withTrustedIdentityPropagation(String instanceArn) {
      if (!Tokens.isUnresolved(instanceArn) && !INSTANCE.matcher(instanceArn).matches()) {
        throw new IllegalArgumentException(
            """
            ApplicationType: '%s' is not the ARN of an instance of IAM Identity Center; use one \
            such as arn:aws:sso:::instance/ssoins-1234567890abcdef"""
                .formatted(instanceArn));
      }
      return new Spark(sessions, livy, studio, requireNonNull(instanceArn, "instanceArn"));
    }

    @Override
    public boolean takesSessions() {
      return sessions;
    }

    @Override
    String engine() {
      return "SPARK";
    }

    @Override
    List<String> workers() {
      return List.of("Driver", "Executor");
    }

    @Override
    boolean takesLivy() {
      return livy;
    }

    @Override
    boolean takesStudio() {
      return studio;
    }

    @Override
    Optional<String> identityCenterInstance() {
      return Optional.ofNullable(identityCenterInstance);
    }

    @Override
    public String toString() {
      return "ApplicationType.spark()"
          + (sessions ? "" : ".withoutSessions()")
          + (livy ? ".withLivy()" : "")
          + (studio ? ".withStudio()" : "");
    }
  }

  /** An application of Hive. */
  public static final class Hive extends ApplicationType {

    private final S3Folder scratch;
    private final S3Folder warehouse;

    private Hive(S3Folder scratch, S3Folder warehouse) {
      this.scratch = scratch;
      this.warehouse = warehouse;
    }

    @Override
    public boolean takesSessions() {
      return false;
    }

    @Override
    String engine() {
      return "HIVE";
    }

    @Override
    List<String> workers() {
      return List.of("HiveDriver", "TezTask");
    }

    @Override
    boolean takesLivy() {
      return false;
    }

    @Override
    boolean takesStudio() {
      return false;
    }

    /** Both are mandatory, and on S3, because nothing else outlives the workers. */
    @Override
    List<Classification> settings() {
      return List.of(
          Classification.of(
              "hive-site",
              Ordered.map(
                  entry("hive.exec.scratchdir", scratch.url()),
                  entry("hive.metastore.warehouse.dir", warehouse.url()))));
    }

    /** What it keeps, by the name of each. */
    Map<String, S3Folder> folders() {
      return Ordered.map(entry("scratch", scratch), entry("warehouse", warehouse));
    }

    @Override
    Optional<Grant> grantTo(IGrantable executionRole) {
      return Optional.of(
          scratch.grantReadWrite(executionRole).combine(warehouse.grantReadWrite(executionRole)));
    }

    @Override
    public String toString() {
      return "ApplicationType.hive";
    }
  }
}
