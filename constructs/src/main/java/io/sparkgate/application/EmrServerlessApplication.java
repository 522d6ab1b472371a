package io.sparkgate.application;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.emrserverless.CfnApplication;
import software.amazon.awscdk.services.emrserverless.CfnApplication.AutoStartConfigurationProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.AutoStopConfigurationProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.InteractiveConfigurationProperty;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.constructs.Construct;

/**
 * An EMR Serverless application that runs Spark Connect sessions.
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

  private final CfnApplication resource;
  private final ReleaseLabel releaseLabel;
  private final Logs logs;

  private EmrServerlessApplication(Builder props) {
    super(props.scope, props.id);
    Findings findings = new Findings(this);
    releaseLabel = props.releaseLabel;
    logs = new Logs(props.managedLogStorage, props.logs);
    List<Classification> runtime = props.runtimeConfiguration();

    RegionChecks.check(findings, Stack.of(this).getRegion());
    ReleaseChecks.check(findings, releaseLabel);
    LifecycleChecks.check(findings, props.autoStart, props.autoStop);
    LogChecks.check(findings, logs, Stack.of(this));
    ClassificationChecks.check(findings, runtime);
    SparkConfChecks.check(findings, runtime, props.architecture);

    CfnApplication.Builder application =
        CfnApplication.Builder.create(this, "Resource")
            .type("SPARK")
            .releaseLabel(releaseLabel.getLabel())
            .architecture(props.architecture.name())
            .interactiveConfiguration(
                InteractiveConfigurationProperty.builder().sessionEnabled(true).build())
            .autoStartConfiguration(
                AutoStartConfigurationProperty.builder().enabled(props.autoStart).build())
            .autoStopConfiguration(props.autoStopConfiguration())
            .monitoringConfiguration(logs.render());
    if (props.applicationName != null) {
      NameChecks.checkName(findings, props.applicationName);
      application.name(props.applicationName);
    }
    if (!runtime.isEmpty()) {
      application.runtimeConfiguration(runtime.stream().map(Classification::render).toList());
    }
    SparkConf conf = SparkConf.of(runtime);
    Optional<SessionFootprint> session = SessionFootprint.of(findings, conf);
    CapacityChecks capacity =
        new CapacityChecks(findings, props.expectedSessions, props.accountVcpuQuota);
    capacity.checkPromises();
    session.ifPresent(capacity::checkSessions);
    if (props.capacityLimit == null) {
      capacity.warnOfNoLimit();
    } else {
      CapacityLimit limit = props.capacityLimit;
      capacity.checkLimit(limit);
      session.ifPresent(footprint -> capacity.checkSessionsWithin(limit, footprint));
      application.maximumCapacity(CapacityProperties.maximum(limit));
    }
    if (props.warmPool != null) {
      capacity.checkPool(props.warmPool);
      WarmPoolChecks.check(findings, props.warmPool, conf, props.autoStopEnabled);
      application.initialCapacity(CapacityProperties.initial(props.warmPool));
    }
    if (props.capacityLimit != null && props.warmPool != null) {
      capacity.checkPoolWithin(props.capacityLimit, props.warmPool);
    }
    if (props.vpc == null) {
      NetworkChecks.checkAbsence(
          findings, props.vpcSubnets != null, !props.securityGroups.isEmpty());
      SparkConfChecks.checkReach(findings, runtime);
    } else {
      ApplicationNetwork network =
          ApplicationNetwork.of(this, props.vpc, props.subnets(), props.securityGroups);
      NetworkChecks.check(findings, network);
      if (props.capacityLimit != null && session.isPresent()) {
        NetworkChecks.checkAddresses(
            findings, network, props.capacityLimit, session.get().smallestWorker());
      }
      NetworkChecks.checkAtSynth(this, findings, network);
      application.networkConfiguration(network.render());
    }
    resource = application.build();
    getNode().addValidation(() -> NameChecks.problemsOfTags(resource.getTags().tagValues()));
  }

  /**
   * Imports an application of this stack's account and Region by its id.
   *
   * @param scope the parent construct
   * @param id the construct id
   * @param applicationId for example {@code 00f1cb5c6anuij25}; may be a token
   * @return the application
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
   * Imports an application by its ARN.
   *
   * @param scope the parent construct
   * @param id the construct id
   * @param applicationArn with a slash before {@code applications}; may be a token
   * @return the application
   * @throws IllegalArgumentException if this is not the ARN of an application
   */
  public static IEmrServerlessApplication fromApplicationArn(
      Construct scope, String id, String applicationArn) {
    return ImportedApplication.ofArn(scope, id, applicationArn);
  }

  /**
   * Imports an application, from another account or Region if need be.
   *
   * @param scope the parent construct
   * @param id the construct id
   * @param attributes what is known of it
   * @return the application
   * @throws IllegalArgumentException if the id is not an application id
   */
  public static IEmrServerlessApplication fromApplicationAttributes(
      Construct scope, String id, EmrServerlessApplicationAttributes attributes) {
    return ImportedApplication.of(scope, id, attributes);
  }

  @Override
  public String getApplicationId() {
    return resource.getAttrApplicationId();
  }

  @Override
  public String getApplicationArn() {
    return resource.getAttrArn();
  }

  /**
   * Returns the release, whose Spark version the clients must have.
   *
   * @return the release
   */
  public ReleaseLabel getReleaseLabel() {
    return releaseLabel;
  }

  /**
   * Lets the role that sessions run as write their logs to the bucket and the log group of this
   * application. Does nothing if there are only managed logs.
   *
   * @param executionRole the role
   * @return the grant
   */
  public Grant grantRun(IGrantable executionRole) {
    return logs.grantWrite(executionRole);
  }

  /** A fluent builder for {@link EmrServerlessApplication}. */
  public static final class Builder
      implements software.amazon.jsii.Builder<EmrServerlessApplication> {

    private final Construct scope;
    private final String id;
    private @Nullable String applicationName;
    private ReleaseLabel releaseLabel = ReleaseLabel.EMR_7_13_0;
    private CpuArchitecture architecture = CpuArchitecture.X86_64;
    private @Nullable WarmPool warmPool;
    // One default session fits, the vCPUs are the account's default quota, and sixteen workers of
    // one vCPU still have their 20 GB disks.
    private @Nullable CapacityLimit capacityLimit = CapacityLimit.of(16, 64, 320);
    private int expectedSessions = 1;
    private int accountVcpuQuota = 16;
    private boolean autoStart = true;
    private boolean autoStopEnabled = true;
    private Duration autoStop = Duration.minutes(15);
    private boolean managedLogStorage = true;
    private final List<LogDestination> logs = new ArrayList<>();
    private @Nullable IVpc vpc;
    private @Nullable SubnetSelection vpcSubnets;
    private List<ISecurityGroup> securityGroups = List.of();
    private Map<String, String> sparkDefaults = Map.of();
    private final List<Classification> classifications = new ArrayList<>();

    private Builder(Construct scope, String id) {
      this.scope = requireNonNull(scope, "scope");
      this.id = requireNonNull(id, "id");
    }

    /**
     * Starts an application.
     *
     * @param scope the parent construct
     * @param id the construct id
     * @return a new builder
     */
    public static Builder create(Construct scope, String id) {
      return new Builder(scope, id);
    }

    /**
     * Sets the name, 1 to 64 of {@code A-Z a-z 0-9 . _ / # -}. A change replaces the application.
     * Default: none.
     *
     * @param applicationName the name
     * @return this builder
     */
    public Builder applicationName(String applicationName) {
      this.applicationName = requireNonNull(applicationName, "applicationName");
      return this;
    }

    /**
     * Sets the EMR release, emr-7.13.0 or later. Default: {@link ReleaseLabel#EMR_7_13_0}.
     *
     * @param releaseLabel the release
     * @return this builder
     */
    public Builder releaseLabel(ReleaseLabel releaseLabel) {
      this.releaseLabel = requireNonNull(releaseLabel, "releaseLabel");
      return this;
    }

    /**
     * Sets the processor of the workers. Default: {@link CpuArchitecture#X86_64}, on which every
     * Python wheel runs.
     *
     * @param architecture the processor
     * @return this builder
     */
    public Builder architecture(CpuArchitecture architecture) {
      this.architecture = requireNonNull(architecture, "architecture");
      return this;
    }

    /**
     * Keeps workers waiting while the application is started, billed even if idle. Default: none; a
     * session then waits for its workers to start.
     *
     * @param warmPool the workers
     * @return this builder
     */
    public Builder warmPool(WarmPool warmPool) {
      this.warmPool = requireNonNull(warmPool, "warmPool");
      return this;
    }

    /**
     * Caps all sessions together. Default: 16 vCPU, 64 GB of memory and 320 GB of disk, which is
     * one session with the default sizes of Spark.
     *
     * @param capacityLimit the cap; at least a driver and an executor, and the warm pool
     * @return this builder
     */
    public Builder capacityLimit(CapacityLimit capacityLimit) {
      this.capacityLimit = requireNonNull(capacityLimit, "capacityLimit");
      return this;
    }

    /**
     * Removes the cap, so that only the quota of the account ends what sessions take.
     *
     * @return this builder
     */
    public Builder noCapacityLimit() {
      capacityLimit = null;
      return this;
    }

    /**
     * Says how many sessions shall run at a time; only checks use it. Default: 1.
     *
     * @param expectedSessions at least 1
     * @return this builder
     */
    public Builder expectedSessions(int expectedSessions) {
      this.expectedSessions = expectedSessions;
      return this;
    }

    /**
     * Says how many vCPUs the account may use on EMR Serverless in this Region; only checks use it.
     * Default: 16, the quota of a new account.
     *
     * @param accountVcpuQuota at least 1
     * @return this builder
     */
    public Builder accountVcpuQuota(int accountVcpuQuota) {
      this.accountVcpuQuota = accountVcpuQuota;
      return this;
    }

    /**
     * Sets whether starting a session starts the application. Default: true.
     *
     * @param autoStart false if somebody calls StartApplication instead
     * @return this builder
     */
    public Builder autoStart(boolean autoStart) {
      this.autoStart = autoStart;
      return this;
    }

    /**
     * Sets how long the application stays started without a session. Default: 15 minutes.
     *
     * @param autoStop whole minutes from 1 to 10080
     * @return this builder
     */
    public Builder autoStop(Duration autoStop) {
      this.autoStop = requireNonNull(autoStop, "autoStop");
      autoStopEnabled = true;
      return this;
    }

    /**
     * Keeps the application started until somebody stops it.
     *
     * @return this builder
     */
    public Builder noAutoStop() {
      autoStopEnabled = false;
      return this;
    }

    /**
     * Sends logs somewhere besides managed storage. May be called for one bucket and one log group;
     * {@link EmrServerlessApplication#grantRun} lets the execution role write there. Default:
     * nowhere.
     *
     * @param destination the bucket or log group
     * @return this builder
     */
    public Builder logs(LogDestination destination) {
      logs.add(requireNonNull(destination, "destination"));
      return this;
    }

    /**
     * Sets whether the service keeps logs for 30 days and shows the Spark UI. Default: true.
     *
     * @param managedLogStorage false only together with a bucket
     * @return this builder
     */
    public Builder managedLogStorage(boolean managedLogStorage) {
      this.managedLogStorage = managedLogStorage;
      return this;
    }

    /**
     * Connects the workers to a VPC. Default: none; sessions then reach only AWS services of their
     * Region.
     *
     * @param vpc the VPC
     * @return this builder
     */
    public Builder vpc(IVpc vpc) {
      this.vpc = requireNonNull(vpc, "vpc");
      return this;
    }

    /**
     * Sets the subnets of the workers, 1 to 16. Default: the private subnets of the VPC.
     *
     * @param vpcSubnets which
     * @return this builder
     */
    public Builder vpcSubnets(SubnetSelection vpcSubnets) {
      this.vpcSubnets = requireNonNull(vpcSubnets, "vpcSubnets");
      return this;
    }

    /**
     * Sets the security groups of the workers, at most 5, none open to the internet. Default: a new
     * one that lets nothing in and everything out.
     *
     * @param securityGroups the groups
     * @return this builder
     */
    public Builder securityGroups(List<? extends ISecurityGroup> securityGroups) {
      this.securityGroups = List.copyOf(securityGroups);
      return this;
    }

    /**
     * Sets Spark's own settings, the classification spark-defaults. They are defaults: a session
     * that brings its own replaces all of them. Default: none.
     *
     * @param sparkDefaults for example {@code spark.executor.memory}
     * @return this builder
     */
    public Builder sparkDefaults(Map<String, String> sparkDefaults) {
      this.sparkDefaults = Map.copyOf(sparkDefaults);
      return this;
    }

    /**
     * Adds settings of another kind. Default: none.
     *
     * @param classification for example spark-executor-log4j2
     * @return this builder
     */
    public Builder classification(Classification classification) {
      classifications.add(requireNonNull(classification, "classification"));
      return this;
    }

    @Override
    public EmrServerlessApplication build() {
      return new EmrServerlessApplication(this);
    }

    private List<Classification> runtimeConfiguration() {
      List<Classification> all = new ArrayList<>();
      if (!sparkDefaults.isEmpty()) {
        all.add(Classification.of(SparkConf.CLASSIFICATION, sparkDefaults));
      }
      all.addAll(classifications);
      return all;
    }

    private AutoStopConfigurationProperty autoStopConfiguration() {
      var configuration = AutoStopConfigurationProperty.builder().enabled(autoStopEnabled);
      return autoStopEnabled
          ? configuration.idleTimeoutMinutes(autoStop.toMinutes()).build()
          : configuration.build();
    }

    private SubnetSelection subnets() {
      return vpcSubnets != null ? vpcSubnets : SubnetSelection.builder().build();
    }
  }
}
