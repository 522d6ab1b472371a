package io.sparkgate.serverless;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Ordered;
import io.sparkgate.serverless.EmrServerlessApplication.Builder;
import io.sparkgate.spark.Classification;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.kms.IKey;

/** What a user may say of an application; {@link ApplicationSettings} keeps it. */
abstract class ApplicationSetters {

  final ApplicationSettings settings = new ApplicationSettings();

  abstract Builder self();

  /**
   * Sets the name, 1 to 64 of {@code A-Z a-z 0-9 . _ / # -}. A change replaces the application.
   * Default: the name of the stack and the path in it, such as {@code
   * SparkConnect-dev/Platform/Application}; cut, with a hash, where that is longer or not legal.
   *
   * @param applicationName the name
   * @return this builder
   */
  public Builder applicationName(String applicationName) {
    settings.applicationName = requireNonNull(applicationName, "applicationName");
    return self();
  }

  /**
   * Sets the EMR release, emr-7.13.0 or later. Default: {@link ReleaseLabel#EMR_7_13_0}.
   *
   * @param releaseLabel the release
   * @return this builder
   */
  public Builder releaseLabel(ReleaseLabel releaseLabel) {
    settings.releaseLabel = requireNonNull(releaseLabel, "releaseLabel");
    return self();
  }

  /**
   * Sets the processor of the workers. Default: {@link CpuArchitecture#X86_64}, on which every
   * Python wheel runs.
   *
   * @param architecture the processor
   * @return this builder
   */
  public Builder architecture(CpuArchitecture architecture) {
    settings.architecture = requireNonNull(architecture, "architecture");
    return self();
  }

  /**
   * Keeps workers waiting while the application is started, billed even if idle. Default: none; a
   * session then waits for its workers to start.
   *
   * @param warmPool the workers
   * @return this builder
   */
  public Builder warmPool(WarmPool warmPool) {
    settings.warmPool = requireNonNull(warmPool, "warmPool");
    return self();
  }

  /**
   * Caps all sessions together. Default: 16 vCPU, 64 GB of memory and 320 GB of disk, which is one
   * session with the default sizes of Spark.
   *
   * @param capacityLimit the cap; at least a driver and an executor, and the warm pool
   * @return this builder
   */
  public Builder capacityLimit(CapacityLimit capacityLimit) {
    settings.capacityLimit = requireNonNull(capacityLimit, "capacityLimit");
    return self();
  }

  /**
   * Removes the cap, so that only the quota of the account ends what sessions take.
   *
   * @return this builder
   */
  public Builder noCapacityLimit() {
    settings.capacityLimit = null;
    return self();
  }

  /**
   * Says how many sessions shall run at a time; only checks use it. Default: 1.
   *
   * @param expectedSessions at least 1
   * @return this builder
   */
  public Builder expectedSessions(int expectedSessions) {
    settings.expectedSessions = expectedSessions;
    return self();
  }

  /**
   * Says how many vCPUs the account may use on EMR Serverless in this Region; only checks use it.
   * Default: 16, the quota of a new account.
   *
   * @param accountVcpuQuota at least 1
   * @return this builder
   */
  public Builder accountVcpuQuota(int accountVcpuQuota) {
    settings.accountVcpuQuota = accountVcpuQuota;
    return self();
  }

  /**
   * Sets whether starting a session starts the application. Default: true.
   *
   * @param autoStart false if somebody calls StartApplication instead
   * @return this builder
   */
  public Builder autoStart(boolean autoStart) {
    settings.autoStart = autoStart;
    return self();
  }

  /**
   * Sets how long the application stays started without a session. Default: 15 minutes.
   *
   * @param autoStop whole minutes from 1 to 10080
   * @return this builder
   */
  public Builder autoStop(Duration autoStop) {
    settings.autoStop = requireNonNull(autoStop, "autoStop");
    settings.autoStopEnabled = true;
    return self();
  }

  /**
   * Keeps the application started until somebody stops it.
   *
   * @return this builder
   */
  public Builder noAutoStop() {
    settings.autoStopEnabled = false;
    return self();
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
    settings.logDestinations.add(requireNonNull(destination, "destination"));
    return self();
  }

  /**
   * Sets whether the service keeps logs for 30 days and shows the Spark UI. Default: true.
   *
   * @param managedLogStorage false only together with a bucket
   * @return this builder
   */
  public Builder managedLogStorage(boolean managedLogStorage) {
    settings.managedLogStorage = managedLogStorage;
    return self();
  }

  /**
   * Encrypts all logs, wherever they go, with a key of yours: the key's policy lets the services
   * use it, {@link EmrServerlessApplication#grantRun} the execution role, and {@code grantDevelop}
   * those who start sessions, whom the service refuses otherwise. Warns ({@code
   * \@sparkgate/constructs:importedKey}) where the key's policy cannot be changed from here.
   * Default: keys of AWS.
   *
   * @param encryptionKey of the application's own Region
   * @return this builder
   */
  public Builder encryptionKey(IKey encryptionKey) {
    settings.encryptionKey = requireNonNull(encryptionKey, "encryptionKey");
    return self();
  }

  /**
   * Connects the workers to a VPC. Default: none; sessions then reach only AWS services of their
   * Region.
   *
   * @param vpc the VPC
   * @return this builder
   */
  public Builder vpc(IVpc vpc) {
    settings.vpc = requireNonNull(vpc, "vpc");
    return self();
  }

  /**
   * Sets the subnets of the workers, 1 to 16. Default: the private subnets of the VPC.
   *
   * @param vpcSubnets which
   * @return this builder
   */
  public Builder vpcSubnets(SubnetSelection vpcSubnets) {
    settings.vpcSubnets = requireNonNull(vpcSubnets, "vpcSubnets");
    return self();
  }

  /**
   * Sets the security groups of the workers, at most 5, none open to the internet. Default: a new
   * one that lets nothing in and everything out.
   *
   * @param securityGroups the groups
   * @return this builder
   */
  public Builder securityGroups(List<? extends ISecurityGroup> securityGroups) {
    settings.securityGroups = List.copyOf(securityGroups);
    return self();
  }

  /**
   * Sets Spark's own settings, the classification spark-defaults. They are defaults: a session that
   * brings its own replaces all of them. Default: none.
   *
   * @param sparkDefaults for example {@code spark.executor.memory}
   * @return this builder
   */
  public Builder sparkDefaults(Map<String, String> sparkDefaults) {
    settings.sparkDefaults = Ordered.sorted(sparkDefaults);
    return self();
  }

  /**
   * Adds settings of another kind. Default: none.
   *
   * @param classification for example spark-executor-log4j2
   * @return this builder
   */
  public Builder classification(Classification classification) {
    settings.classifications.add(requireNonNull(classification, "classification"));
    return self();
  }
}
