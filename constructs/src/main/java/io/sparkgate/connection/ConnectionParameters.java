package io.sparkgate.connection;

import static java.util.Objects.requireNonNull;

import io.sparkgate.access.DeveloperRole;
import io.sparkgate.access.SessionOwner;
import io.sparkgate.access.SessionTags;
import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Place;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.IEmrServerlessApplication;
import io.sparkgate.spark.ReleaseLabel;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IRole;
import software.constructs.Construct;

/**
 * What a client must know to start a session and to connect to it, in Parameter Store, so that
 * people know the name of an environment and nothing else. Standard parameters cost nothing, and
 * nothing in them is secret.
 *
 * <table>
 * <caption>The parameters below the prefix</caption>
 * <tr><th>name</th><th>value</th></tr>
 * <tr><td>application-id</td><td>where sessions start</td></tr>
 * <tr><td>execution-role-arn</td><td>what a session runs as</td></tr>
 * <tr><td>region</td><td>that of the application</td></tr>
 * <tr><td>owner-tag</td><td>{@link SessionTags#OWNER}; none for {@link SessionOwner#anyone()}</td></tr>
 * <tr><td>owner</td><td>{@link SessionOwner#getKind()}</td></tr>
 * <tr><td>developer-role-arn</td><td>what to assume first, if there is such a role</td></tr>
 * <tr><td>release-label</td><td>such as emr-7.13.0, if it is known</td></tr>
 * <tr><td>spark-version</td><td>{@link ReleaseLabel#sparkVersion()}, if it is known</td></tr>
 * <tr><td>python-version</td><td>{@link ReleaseLabel#pythonVersion()}, if it is known</td></tr>
 * <tr><td>pyspark</td><td>{@link ReleaseLabel#pipRequirements()}, if they are known</td></tr>
 * </table>
 *
 * <p>One call of GetParameters with these ten names reads all; what is not there comes back as
 * invalid. Parameter Store has a name once in an account and Region: parameters of one prefix there
 * are an error if both are in one app, and where they may be, as env is not known, a warning
 * ({@code \@sparkgate/constructs:samePrefix}). A name that another app's stack or a person has made
 * fails the deployment, because CloudFormation takes over nothing that exists, and so does handing
 * a prefix from one construct to another in a single deployment: the new parameter is made before
 * the old one is deleted.
 *
 * <p>An application with several execution roles has one of these for each, with a prefix of its
 * own.
 */
public final class ConnectionParameters extends Construct {

  private final Findings findings;
  private final Parameters parameters;

  private ConnectionParameters(Builder props) {
    super(props.scope, props.id);
    findings = new Findings(this);
    parameters = new Parameters(this, findings, props.prefix);
    IEmrServerlessApplication application =
        required("application", "the application to connect to", props.application);
    IRole executionRole =
        required("executionRole", "the role that sessions run as", props.executionRole);
    findings.errorIf(
        !application.takesSessions(),
        () ->
            """
        application %s takes no Spark Connect sessions, so no client could connect; leave the \
        parameters out, or make it with ApplicationType.spark()"""
                .formatted(application.getNode().getPath()));
    Place place = Place.of(application);
    checkExecutionRole(place, executionRole);
    checkDeveloperRole(props);

    parameters.write(ParameterName.APPLICATION_ID, application.getApplicationId());
    parameters.write(ParameterName.EXECUTION_ROLE_ARN, "executionRole", executionRole);
    parameters.write(ParameterName.REGION, place.region());
    if (props.sessionOwner.isRequired()) {
      parameters.write(ParameterName.OWNER_TAG, SessionTags.OWNER);
    }
    parameters.write(ParameterName.OWNER, props.sessionOwner.getKind());
    if (props.developerRole != null) {
      parameters.write(ParameterName.DEVELOPER_ROLE_ARN, "developerRole", props.developerRole);
    }
    release(props, application)
        .ifPresent(
            release -> {
              parameters.write(ParameterName.RELEASE_LABEL, release.getLabel());
              parameters.writeVersions(release);
            });
  }

  /**
   * Lets principals read all that can be here, also what is not: one call asks for all, and AWS is
   * assumed to deny it for one name that may not be read. People read before they assume the
   * developer role, so grant to what they are then, or attach the statement there; see {@link
   * #getParameterArns()}.
   *
   * @param readers who may; a role, user or group of IAM in this account
   * @return the grant
   * @throws IllegalArgumentException if no policy of this account reaches them
   */
  public Grant grantRead(IGrantable readers) {
    return parameters.grantRead(readers, getParameterArns());
  }

  /** {@return what the names begin with, such as {@code /sparkgate/dev}} */
  public String getPrefix() {
    return parameters.prefix();
  }

  /**
   * Returns the resources of a statement that allows {@code ssm:GetParameters}, for a policy that
   * is made elsewhere, such as that of a permission set.
   *
   * @return ten ARNs, also of what has no parameter
   */
  public List<String> getParameterArns() {
    return parameters.arns(ParameterName.ofApplication());
  }

  private <T> T required(String property, String what, @Nullable T value) {
    if (value == null) {
      throw findings.error(
          "%s received nothing, but takes %s; call %1$s(…)".formatted(property, what));
    }
    return value;
  }

  private void checkExecutionRole(Place needed, IRole executionRole) {
    Place given = Place.of(executionRole);
    findings.errorIf(
        given.isOfAnotherAccountThan(needed),
        () ->
            """
        executionRole %s is of account %s, but the application of %s, and IAM passes no role to a \
        service of another account; use a role of the application's account"""
                .formatted(executionRole.getNode().getPath(), given.account(), needed.account()));
  }

  /** A client that tags its sessions with another identity than the role's could start none. */
  private void checkDeveloperRole(Builder props) {
    if (props.sessionOwner.isRequired()
        && props.developerRole != null
        && props.developerRole.getNode().getScope() instanceof DeveloperRole made) {
      findings.errorIf(
          !made.getSessionOwner().getKind().equals(props.sessionOwner.getKind()),
          () ->
              """
          sessionOwner is %s, but developerRole %s recognises owners by %s; give both the same \
          SessionOwner"""
                  .formatted(
                      props.sessionOwner.getKind(),
                      made.getNode().getPath(),
                      made.getSessionOwner().getKind()));
    }
  }

  private Optional<ReleaseLabel> release(Builder props, IEmrServerlessApplication application) {
    return application instanceof EmrServerlessApplication made
        ? Optional.of(props.checked(findings, "application", made.getReleaseLabel()))
        : Optional.ofNullable(props.releaseLabel);
  }

  /** A fluent builder for {@link ConnectionParameters}. */
  public static final class Builder extends ConnectionSetters<Builder>
      implements software.amazon.jsii.Builder<ConnectionParameters> {

    private @Nullable IEmrServerlessApplication application;
    private @Nullable IRole executionRole;
    private SessionOwner sessionOwner = SessionOwner.userId();

    private Builder(Construct scope, String id) {
      super(scope, id);
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
     * Sets the application. Required; {@code SparkConnectPlatform} does.
     *
     * @param application made here or elsewhere
     * @return this builder
     */
    public Builder application(IEmrServerlessApplication application) {
      this.application = requireNonNull(application, "application");
      return this;
    }

    /**
     * Sets the role that sessions run as. Required; {@code SparkConnectPlatform} does.
     *
     * @param executionRole one of the application's account, as in {@code grantDevelop}
     * @return this builder
     */
    public Builder executionRole(IRole executionRole) {
      this.executionRole = requireNonNull(executionRole, "executionRole");
      return this;
    }

    /**
     * Sets how the owner of a session is recognised. Default: {@link SessionOwner#userId()}; that
     * of a {@code SparkConnectPlatform}.
     *
     * @param sessionOwner the same as in {@code grantDevelop}
     * @return this builder
     */
    public Builder sessionOwner(SessionOwner sessionOwner) {
      this.sessionOwner = requireNonNull(sessionOwner, "sessionOwner");
      return this;
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    public ConnectionParameters build() {
      return new ConnectionParameters(this);
    }
  }
}
