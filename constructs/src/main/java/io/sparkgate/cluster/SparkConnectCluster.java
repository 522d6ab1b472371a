package io.sparkgate.cluster;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Findings;
import io.sparkgate.lifecycle.StopPolicy;
import io.sparkgate.spark.ReleaseLabel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * A cluster of EMR on EC2 that serves Spark Connect from its primary node.
 *
 * <p>With an id alone it has its own network without a way out, roles, security groups, key and log
 * bucket, one primary and one core node, and grows to eight. Nothing is exposed: people come
 * through {@link #grantTunnel} or a {@link SparkConnectEndpoint}. A deployment is complete when the
 * server answers, and fails with the reason when it does not.
 *
 * <p>It costs as long as it is there, used or not. All sessions share one driver, one node role and
 * its permissions: whoever connects acts as {@link #getNodeRole}, so grant data to that.
 */
public final class SparkConnectCluster extends SparkConnectClusterBase {

  private final Findings findings = new Findings(this);
  private final ReleaseLabel releaseLabel;
  private final ClusterParts parts;
  private @Nullable Construct endpoint;

  private SparkConnectCluster(Builder builder) {
    super(builder.scope, builder.id);
    releaseLabel = builder.settings.releaseLabel;
    parts = new ClusterParts(this, findings, builder.settings);
    getNode().addValidation(() -> GroupRules.ofServer(findings, parts.groups().access()));
  }

  /**
   * {@return a cluster of this stack's account and Region, imported by its id} It can be granted
   * on; an endpoint needs more, see {@link #fromClusterAttributes}.
   *
   * @param scope the parent construct
   * @param id the construct id
   * @param clusterId for example {@code j-2AXXXXXXGAPLF}; may be a token
   * @throws IllegalArgumentException if this is not the id of a cluster
   */
  public static ISparkConnectCluster fromClusterId(Construct scope, String id, String clusterId) {
    return fromClusterAttributes(
        scope, id, SparkConnectClusterAttributes.builder().clusterId(clusterId).build());
  }

  /**
   * {@return a cluster, imported with all that is known of it} An endpoint before it needs one of
   * the same authentication where the cluster is made: a server without any lets in only what comes
   * from its own machine, as a tunnel does.
   *
   * @param scope the parent construct
   * @param id the construct id
   * @param attributes what is known of it
   * @throws IllegalArgumentException if the id is not the id of a cluster
   */
  public static ISparkConnectCluster fromClusterAttributes(
      Construct scope, String id, SparkConnectClusterAttributes attributes) {
    return new ImportedCluster(scope, id, attributes);
  }

  @Override
  public String getClusterId() {
    return parts.clusterId();
  }

  @Override
  public String getClusterArn() {
    return parts.clusterArn();
  }

  /** Known once the server answers, so whatever names it waits for that. */
  @Override
  public String getPrimaryInstanceId() {
    return parts.primaryInstanceId();
  }

  @Override
  public ISecurityGroup getAccessGroup() {
    return parts.groups().access();
  }

  @Override
  public String getSessionDocument() {
    return parts.document();
  }

  @Override
  public IVpc getVpc() {
    return parts.network().vpc();
  }

  @Override
  public List<ISubnet> getSubnets() {
    return parts.network().subnets();
  }

  /** {@return the release, whose Spark version the clients must have} */
  public ReleaseLabel getReleaseLabel() {
    return releaseLabel;
  }

  /** {@return the role that the nodes, and so everybody's queries, act as; grant data to it} */
  public IRole getNodeRole() {
    return parts.roles().node().role();
  }

  /**
   * Keeps these until the cluster may go, so that a deletion that is refused leaves the service
   * whole. They must not depend on all of this construct. CloudFormation orders only what is in one
   * stack: of what is in another this warns ({@code \@sparkgate/constructs:keptElsewhere}). The
   * node role, the tunnel, the logs and the endpoint are kept without a word.
   *
   * @param constructs such as a reaper, or the roles of the people who use the cluster
   */
  public void keepUntilDeleted(IConstruct... constructs) {
    parts.keepUntilDeleted(findings, constructs);
  }

  @Override
  List<String> sessionDocuments() {
    return List.of(parts.document());
  }

  @Override
  ClusterFunction function(Construct endpoint) {
    return isElsewhere(endpoint) ? new ClusterFunction(endpoint, 0) : parts.function();
  }

  @Override
  OptionalLong streamSeconds() {
    return parts.conf().streamSeconds();
  }

  @Override
  Optional<ISecret> token() {
    return Optional.ofNullable(parts.token());
  }

  @Override
  void attach(Construct endpoint, Authentication authentication) {
    findings.errorIf(
        this.endpoint != null,
        "the cluster has an endpoint already, and its server knows one kind of authentication; use that, or make a second cluster");
    this.endpoint = endpoint;
    parts.authenticateBy(authentication);
  }

  @Override
  void attached(Construct endpoint, String targetGroupArn) {
    if (!isElsewhere(endpoint)) {
      parts.frontedBy(endpoint, targetGroupArn);
    }
  }

  /** Not where the endpoint is in another stack: what that names, CloudFormation cannot replace. */
  @Override
  Optional<String> stepId(Construct endpoint) {
    return isElsewhere(endpoint) ? Optional.empty() : Optional.of(parts.stepId());
  }

  /** A fluent builder for {@link SparkConnectCluster}. */
  public static final class Builder extends GivenSetters<Builder>
      implements software.amazon.jsii.Builder<SparkConnectCluster> {

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
     * Sets the EMR release; a change replaces the cluster. Default: {@link
     * ReleaseLabel#EMR_7_13_0}.
     *
     * @param releaseLabel emr-7.0.0 or later
     * @return this builder
     */
    public Builder releaseLabel(ReleaseLabel releaseLabel) {
      settings.releaseLabel = requireNonNull(releaseLabel, "releaseLabel");
      return this;
    }

    /**
     * Sets of what the cluster is made and how far it grows. Default: {@code
     * ClusterCapacity.upTo(8)}.
     *
     * @param capacity what is paid at most
     * @return this builder
     */
    public Builder capacity(ClusterCapacity capacity) {
      settings.capacity = requireNonNull(capacity, "capacity");
      return this;
    }

    /**
     * Adds settings that the server starts with, for all sessions. A change restarts the server,
     * which ends them, and leaves the cluster. Default: dynamic allocation from no executor,
     * answers of two minutes at a time, an end to executors that hold nothing but cached data after
     * 30 minutes without a task, and Python 3.11.
     *
     * @param serverSettings for example {@code spark.sql.shuffle.partitions}; everybody who sees
     *     the template reads them
     * @return this builder
     */
    public Builder serverSettings(Map<String, String> serverSettings) {
      settings.serverSettings.putAll(serverSettings);
      return this;
    }

    /**
     * Stops the server when nobody has executed anything for so long; EMR then terminates the
     * cluster 15 minutes later, or after so long again if that is less. CloudFormation does not
     * bring it back: raise {@link #generation} for that. Default: never.
     *
     * @param idleTermination 5 minutes to 7 days
     * @return this builder
     */
    public Builder idleTermination(Duration idleTermination) {
      settings.idleTermination = requireNonNull(idleTermination, "idleTermination");
      return this;
    }

    /**
     * Asks for a new cluster in the place of this one: to consent to a change that replaces it, or
     * because it ended. Default: 1.
     *
     * @param generation 1 or more, another than before
     * @return this builder
     */
    public Builder generation(int generation) {
      settings.generation = generation;
      return this;
    }

    /**
     * Asks for the server to be installed and started again, as after a step that failed, or to
     * have it read a new token. It ends all sessions and leaves the cluster. Default: 0.
     *
     * @param restart 0 or more, another than before
     * @return this builder
     */
    public Builder restart(int restart) {
      settings.restart = restart;
      return this;
    }

    /**
     * Sets what a deletion does about people who use the cluster. Default: {@link
     * StopPolicy#refuse()}.
     *
     * @param onDelete the policy
     * @return this builder
     */
    public Builder onDelete(StopPolicy onDelete) {
      settings.onDelete = requireNonNull(onDelete, "onDelete");
      return this;
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    public SparkConnectCluster build() {
      return new SparkConnectCluster(this);
    }
  }
}
