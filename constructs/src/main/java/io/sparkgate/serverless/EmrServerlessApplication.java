package io.sparkgate.serverless;

import static java.util.Objects.requireNonNull;

import io.sparkgate.access.SessionOwner;
import io.sparkgate.internal.Findings;
import java.util.Optional;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IRole;
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

  private final ApplicationResource resource;
  private final ReleaseLabel releaseLabel;
  private final Logs logs;

  private EmrServerlessApplication(Builder builder) {
    super(builder.scope, builder.id);
    ApplicationSettings settings = builder.settings;
    releaseLabel = settings.releaseLabel;
    logs = settings.logs();

    ApplicationChecks checks = new ApplicationChecks(this, settings);
    checks.checkSettings();
    Optional<ApplicationNetwork> network = settings.network(this);
    network.ifPresentOrElse(checks::checkNetwork, checks::checkNoNetwork);

    logs.key()
        .ifPresent(
            key -> key.admitServices(this, new Findings(this), !logs.cloudWatch().isEmpty()));
    resource = new ApplicationResource(this, settings, network);
    checks.checkTagsAtSynth(resource);
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

  /** A session whose role may not write its logs leaves none. */
  @Override
  public Grant grantDevelop(IGrantable developers, IRole executionRole, SessionOwner owner) {
    return super.grantDevelop(developers, executionRole, owner).combine(grantRun(executionRole));
  }

  @Override
  Optional<LogKey> logKey() {
    return logs.key();
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
   * @throws IllegalArgumentException if this is no role of the application's account
   */
  public Grant grantRun(IGrantable executionRole) {
    return logs.grantWrite(executionRole, this);
  }

  /** A fluent builder for {@link EmrServerlessApplication}. */
  public static final class Builder extends ApplicationSetters
      implements software.amazon.jsii.Builder<EmrServerlessApplication> {

    private final Construct scope;
    private final String id;

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
