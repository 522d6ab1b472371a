package io.sparkgate.connection;

import static java.util.Objects.requireNonNull;

import io.sparkgate.cluster.ISparkConnectCluster;
import io.sparkgate.cluster.SparkConnectCluster;
import io.sparkgate.cluster.SparkConnectEndpoint;
import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Place;
import io.sparkgate.spark.ReleaseLabel;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * What a client must know to connect to a cluster, in Parameter Store, so that people know the name
 * of an environment and nothing else. Standard parameters cost nothing, and nothing in them is
 * secret: of a token they say where it is.
 *
 * <table>
 * <caption>The parameters below the prefix</caption>
 * <tr><th>name</th><th>value</th></tr>
 * <tr><td>cluster-id</td><td>the cluster, in the Region of these parameters</td></tr>
 * <tr><td>primary-instance-id</td><td>where a tunnel ends</td></tr>
 * <tr><td>endpoint</td><td>host and port, if there is an endpoint</td></tr>
 * <tr><td>authentication</td><td>mutual-tls or token, if there is an endpoint</td></tr>
 * <tr><td>token-secret-arn</td><td>where the token is, if there is one</td></tr>
 * <tr><td>session-document</td><td>what opens a tunnel, if one is offered</td></tr>
 * <tr><td>developer-role-arn</td><td>what to assume first, if there is such a role</td></tr>
 * <tr><td>spark-version</td><td>{@link ReleaseLabel#sparkVersion()}, if it is known</td></tr>
 * <tr><td>python-version</td><td>{@link ReleaseLabel#pythonVersion()}, if it is known</td></tr>
 * <tr><td>pyspark</td><td>{@link ReleaseLabel#pipRequirements()}, if they are known</td></tr>
 * </table>
 *
 * <p>Clients ask for the names of an application first, see {@link ConnectionParameters}, and where
 * there is none, for these. What is said there of prefixes holds here.
 */
public final class ClusterConnectionParameters extends Construct {

  private final Findings findings;
  private final Parameters parameters;

  private ClusterConnectionParameters(Builder props) {
    super(props.scope, props.id);
    findings = new Findings(this);
    parameters = new Parameters(this, findings, props.prefix);
    ISparkConnectCluster cluster = cluster(props);
    boolean tunnel = props.tunnel != null ? props.tunnel : props.endpoint == null;
    findings.errorIf(
        props.endpoint == null && !tunnel,
        "tunnel received false, but there is no endpoint, so clients could not connect at all;"
            + " call endpoint(…), or leave tunnel out");
    checkPlace(cluster);

    parameters.write(ParameterName.CLUSTER_ID, cluster.getClusterId());
    parameters.write(ParameterName.PRIMARY_INSTANCE_ID, cluster.getPrimaryInstanceId());
    if (props.endpoint != null) {
      write(props.endpoint);
    }
    if (tunnel) {
      parameters.write(ParameterName.SESSION_DOCUMENT, cluster.getSessionDocument());
    }
    if (props.developerRole != null) {
      parameters.write(ParameterName.DEVELOPER_ROLE_ARN, "developerRole", props.developerRole);
    }
    release(props, cluster).ifPresent(parameters::writeVersions);
  }

  private void write(SparkConnectEndpoint endpoint) {
    parameters.write(ParameterName.ENDPOINT, endpoint.getDomainName() + ":443");
    parameters.write(ParameterName.AUTHENTICATION, endpoint.getAuthentication().getKind());
    endpoint
        .getTokenSecret()
        .ifPresent(
            secret -> parameters.write(ParameterName.TOKEN_SECRET_ARN, secret.getSecretArn()));
  }

  /**
   * Lets principals read all that can be here, also what is not, and what an application would have
   * here: a client asks for that first, and AWS is assumed to deny a call for one name that may not
   * be read. It lets them read no token: grant that on {@code endpoint.getTokenSecret()}.
   *
   * @param readers who may; a role, user or group of IAM in this account
   * @return the grant
   * @throws IllegalArgumentException if no policy of this account reaches them
   */
  public Grant grantRead(IGrantable readers) {
    return parameters.grantRead(readers, getParameterArns());
  }

  /** {@return what the names begin with, such as {@code /sparkgate/dev-cluster}} */
  public String getPrefix() {
    return parameters.prefix();
  }

  /**
   * Returns the resources of a statement that allows {@code ssm:GetParameters}, for a policy that
   * is made elsewhere, such as that of a permission set.
   *
   * @return the ARNs of all names that a client asks for, also of what has no parameter
   */
  public List<String> getParameterArns() {
    return parameters.arns(EnumSet.allOf(ParameterName.class));
  }

  private ISparkConnectCluster cluster(Builder props) {
    SparkConnectEndpoint endpoint = props.endpoint;
    if (props.cluster == null) {
      if (endpoint == null) {
        throw findings.error(
            "cluster received nothing, but takes the cluster to connect to; call cluster(…), or"
                + " endpoint(…), which has one");
      }
      return endpoint.getCluster();
    }
    findings.errorIf(
        endpoint != null && !endpoint.getCluster().equals(props.cluster),
        () ->
            "endpoint %s is of cluster %s, but cluster received %s; leave cluster out"
                .formatted(
                    path(endpoint),
                    path(endpoint == null ? null : endpoint.getCluster()),
                    path(props.cluster)));
    return props.cluster;
  }

  private static String path(@Nullable IConstruct construct) {
    return construct == null ? "" : construct.getNode().getPath();
  }

  /** Clients take the Region of the parameters for the cluster's. */
  private void checkPlace(ISparkConnectCluster cluster) {
    Place there = Place.of(cluster);
    Place here = Place.of(Stack.of(this));
    findings.errorIf(
        there.differsFrom(here),
        () ->
            """
        cluster %s is of %s, but the parameters of %s, and clients look for a cluster where its \
        parameters are; make them in a stack there"""
                .formatted(cluster.getNode().getPath(), there, here));
    findings.warnIf(
        cluster instanceof SparkConnectCluster && !Stack.of(cluster).equals(Stack.of(this)),
        "connectionInAnotherStack",
        """
        the parameters' stack imports what names the cluster and its primary node, and \
        CloudFormation changes nothing that another stack imports, so a replacement of the cluster \
        would fail; make them in the cluster's stack, or acknowledge this and delete them before a \
        replacement""");
  }

  private Optional<ReleaseLabel> release(Builder props, ISparkConnectCluster cluster) {
    return cluster instanceof SparkConnectCluster made
        ? Optional.of(props.checked(findings, "cluster", made.getReleaseLabel()))
        : Optional.ofNullable(props.releaseLabel);
  }

  /** A fluent builder for {@link ClusterConnectionParameters}. */
  public static final class Builder extends ConnectionSetters<Builder>
      implements software.amazon.jsii.Builder<ClusterConnectionParameters> {

    private @Nullable ISparkConnectCluster cluster;
    private @Nullable SparkConnectEndpoint endpoint;
    private @Nullable Boolean tunnel;

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
     * Sets the cluster. Default: that of the endpoint; required where there is none.
     *
     * @param cluster made here, or imported with its primary instance and its session document
     * @return this builder
     */
    public Builder cluster(ISparkConnectCluster cluster) {
      this.cluster = requireNonNull(cluster, "cluster");
      return this;
    }

    /**
     * Sets the endpoint that clients call. Default: none, so that they open a tunnel.
     *
     * @param endpoint one of the cluster
     * @return this builder
     */
    public Builder endpoint(SparkConnectEndpoint endpoint) {
      this.endpoint = requireNonNull(endpoint, "endpoint");
      return this;
    }

    /**
     * Sets whether clients are told how to open a tunnel; who may is said by {@code grantTunnel}.
     * Default: where there is no endpoint.
     *
     * @param tunnel whether one is offered
     * @return this builder
     */
    public Builder tunnel(boolean tunnel) {
      this.tunnel = tunnel;
      return this;
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    public ClusterConnectionParameters build() {
      return new ClusterConnectionParameters(this);
    }
  }
}
