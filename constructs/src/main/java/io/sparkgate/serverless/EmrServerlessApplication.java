package io.sparkgate.serverless;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Findings;
import io.sparkgate.spark.Feature;
import io.sparkgate.spark.ReleaseLabel;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IRole;
import software.constructs.Construct;

/**
 * An EMR Serverless application that runs Spark Connect sessions and jobs.
 *
 * <p>With an id alone it starts on demand, stops after 15 idle minutes, keeps its logs in managed
 * storage, is capped at 16 vCPU and costs nothing while nobody works. What the service would refuse
 * or silently break is an error at synth; what is probably a mistake is a warning whose id can be
 * acknowledged.
 *
 * <p>CloudFormation can change an application only while it is stopped, even its tags: put no tag
 * on it that changes with every deployment.
 */
public final class EmrServerlessApplication extends EmrServerlessApplicationBase {

  private final ApplicationSettings settings;
  private final ApplicationResource resource;
  private final ReleaseLabel releaseLabel;
  private final ApplicationType type;
  private final Logs logs;
  private final List<Feature> features;
  private final boolean startsByItself;
  private final Optional<WarmPool> warmPool;
  private final Optional<Duration> autoStop;

  private EmrServerlessApplication(Builder builder) {
    super(builder.scope, builder.id);
    settings = builder.settings;
    releaseLabel = settings.releaseLabel;
    type = settings.type;
    logs = settings.logs;
    features = List.copyOf(settings.features);
    startsByItself = settings.autoStop.startsByItself();
    warmPool = settings.warmPool();
    autoStop = settings.autoStop.idle();

    settings.settle(settings.target(this));
    ApplicationChecks checks = new ApplicationChecks(this, settings);
    checks.checkSettings();
    Optional<ApplicationNetwork> network = settings.network(this);
    checks.checkNetwork(network);
    logs.admitServices(this);
    settings.images().ifPresent(images -> images.admitService(new Findings(this), Stack.of(this)));
    resource = new ApplicationResource(this, settings, network);
    TagChecks.checkAtSynth(this, resource);
    settings.jobQueue().ifPresent(queue -> IdleQueue.checkAtSynth(this));
  }

  /**
   * {@return an application of this stack's account and Region, imported by its id}
   *
   * @param scope the parent construct
   * @param id the construct id
   * @param applicationId for example {@code 00f1cb5c6anuij25}; may be a token
   * @throws IllegalArgumentException if this is not an application id
   */
  public static IEmrServerlessApplication fromApplicationId(
      Construct scope, String id, String applicationId) {
    return fromApplicationAttributes(
        scope,
        id,
        EmrServerlessApplicationAttributes.builder().applicationId(applicationId).build());
  }

  /**
   * {@return an application, imported by its ARN}
   *
   * @param scope the parent construct
   * @param id the construct id
   * @param applicationArn with a slash before {@code applications}; may be a token
   * @throws IllegalArgumentException if this is not the ARN of an application
   */
  public static IEmrServerlessApplication fromApplicationArn(
      Construct scope, String id, String applicationArn) {
    return ImportedApplication.ofArn(scope, id, applicationArn);
  }

  /**
   * {@return an application, imported from another account or Region if need be}
   *
   * @param scope the parent construct
   * @param id the construct id
   * @param attributes what is known of it
   * @throws IllegalArgumentException if the id is not an application id
   */
  public static IEmrServerlessApplication fromApplicationAttributes(
      Construct scope, String id, EmrServerlessApplicationAttributes attributes) {
    return ImportedApplication.of(scope, id, attributes);
  }

  @Override
  Grant andLogging(Grant granted, IRole executionRole) {
    return granted.combine(grantRun(executionRole));
  }

  @Override
  public void checkJob(Construct starter, IRole executionRole, JobTraits job) {
    super.checkJob(starter, executionRole, job);
    new JobChecks(new Findings(starter), job).checkWithin(settings);
  }

  @Override
  Traits traits() {
    return new Traits(
        Optional.ofNullable(resource.getName()), logs.key(), startsByItself, Optional.of(type));
  }

  @Override
  public String getApplicationId() {
    return resource.getAttrApplicationId();
  }

  @Override
  public String getApplicationArn() {
    return resource.getAttrArn();
  }

  /** {@return the engine, and the ways in which people reach it} */
  public ApplicationType getType() {
    return type;
  }

  /** {@return the release, whose Spark version the clients must have} */
  public ReleaseLabel getReleaseLabel() {
    return releaseLabel;
  }

  /** {@return the workers that wait while it is started; empty if none do} */
  public Optional<WarmPool> getWarmPool() {
    return warmPool;
  }

  /** {@return after how long without work it stops by itself; empty for never} */
  public Optional<Duration> getAutoStop() {
    return autoStop;
  }

  /**
   * Lets the role that sessions run as write their logs to the bucket and the log group of this
   * application, and use its features. Does nothing if there are only managed logs and no feature.
   *
   * @param executionRole the role
   * @return the grant
   * @throws IllegalArgumentException if this is no role of the application's account
   */
  public Grant grantRun(IGrantable executionRole) {
    Grant granted = logs.grantWrite(executionRole, this);
    for (Feature feature : features) {
      granted = granted.combine(feature.grantTo(executionRole));
    }
    return type.grantTo(executionRole).map(granted::combine).orElse(granted);
  }

  /** A fluent builder for {@link EmrServerlessApplication}. */
  public static final class Builder extends WorkloadSetters<Builder>
      implements software.amazon.jsii.Builder<EmrServerlessApplication> {

    private final Construct scope;
    private final String id;

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
     * Sets the name; a change replaces the application. Default: the stack's name and the path in
     * it, as {@code SparkConnect-dev/Platform/Application}; with a hash, where not legal.
     *
     * @param applicationName 1 to 64 of {@code A-Z a-z 0-9 . _ / # -}
     * @return this builder
     */
    public Builder applicationName(String applicationName) {
      settings.applicationName = requireNonNull(applicationName, "applicationName");
      return this;
    }

    /**
     * Keeps workers waiting, billed while the application is started. Default: none.
     *
     * @param warmPool the workers
     * @return this builder
     */
    public Builder warmPool(WarmPool warmPool) {
      settings.warmPool = requireNonNull(warmPool, "warmPool");
      return this;
    }

    /**
     * Caps all sessions together. Default: {@link CapacityLimit#standard()}.
     *
     * @param capacityLimit at least a driver and an executor, and the warm pool
     * @return this builder
     */
    public Builder capacityLimit(CapacityLimit capacityLimit) {
      settings.capacityLimit = requireNonNull(capacityLimit, "capacityLimit");
      return this;
    }

    /**
     * Sets how long the application stays started without a session, and whether a session starts
     * it. Default: 15 minutes, and it does.
     *
     * @param autoStop for example {@code AutoStop.after(Duration.minutes(5))}
     * @return this builder
     */
    public Builder autoStop(AutoStop autoStop) {
      settings.autoStop = requireNonNull(autoStop, "autoStop");
      return this;
    }

    /**
     * Sets where logs go, and who can read them. Default: {@link Logs#managed()}.
     *
     * @param logs all places, and the key
     * @return this builder
     */
    public Builder logs(Logs logs) {
      settings.logs = requireNonNull(logs, "logs");
      return this;
    }

    /**
     * Connects the workers to the private subnets of a VPC. Default: none; sessions then reach only
     * AWS services of their Region.
     *
     * @param vpc the VPC
     * @return this builder
     */
    public Builder vpc(IVpc vpc) {
      return vpc(vpc, SubnetSelection.builder().build());
    }

    /**
     * Connects the workers to some subnets of a VPC. Default: none, see {@link #vpc(IVpc)}.
     *
     * @param vpc the VPC
     * @param vpcSubnets 1 to 16
     * @return this builder
     */
    public Builder vpc(IVpc vpc, SubnetSelection vpcSubnets) {
      settings.vpc = requireNonNull(vpc, "vpc");
      settings.vpcSubnets = requireNonNull(vpcSubnets, "vpcSubnets");
      return this;
    }

    /**
     * Sets the security groups of the workers. Default: a new one that nothing may enter.
     *
     * @param securityGroups at most 5, none open to the internet
     * @return this builder
     */
    public Builder securityGroups(List<? extends ISecurityGroup> securityGroups) {
      settings.securityGroups = List.copyOf(securityGroups);
      return this;
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    public EmrServerlessApplication build() {
      return new EmrServerlessApplication(this);
    }
  }
}
