package io.sparkgate.cluster;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.secretsmanager.ISecret;

/** What is known of a cluster that was made elsewhere, in this account and Region. */
public final class SparkConnectClusterAttributes {

  private final String clusterId;
  private final @Nullable String primaryInstanceId;
  private final @Nullable ISecurityGroup accessGroup;
  private final @Nullable String sessionDocument;
  private final @Nullable IVpc vpc;
  private final List<ISubnet> subnets;
  private final @Nullable ISecret tokenSecret;

  private SparkConnectClusterAttributes(Builder attributes) {
    clusterId = requireNonNull(attributes.clusterId, "clusterId");
    primaryInstanceId = attributes.primaryInstanceId;
    accessGroup = attributes.accessGroup;
    sessionDocument = attributes.sessionDocument;
    vpc = attributes.vpc;
    subnets = attributes.subnets;
    tokenSecret = attributes.tokenSecret;
  }

  /**
   * Starts the attributes.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return the id of the cluster} */
  public String getClusterId() {
    return clusterId;
  }

  /** {@return the instance that the server runs on; empty if it is not known} */
  public Optional<String> getPrimaryInstanceId() {
    return Optional.ofNullable(primaryInstanceId);
  }

  /** {@return the group whose rules say who may speak with the server; empty if it is not known} */
  public Optional<ISecurityGroup> getAccessGroup() {
    return Optional.ofNullable(accessGroup);
  }

  /** {@return the name of the session document; empty if it is not known} */
  public Optional<String> getSessionDocument() {
    return Optional.ofNullable(sessionDocument);
  }

  /** {@return the VPC of the nodes; empty if it is not known} */
  public Optional<IVpc> getVpc() {
    return Optional.ofNullable(vpc);
  }

  /** {@return the subnets of the nodes; none if they are not known} */
  public List<ISubnet> getSubnets() {
    return subnets;
  }

  /** {@return the token that the server asks for; empty if it asks for none} */
  public Optional<ISecret> getTokenSecret() {
    return Optional.ofNullable(tokenSecret);
  }

  /** A fluent builder for {@link SparkConnectClusterAttributes}. */
  public static final class Builder
      implements software.amazon.jsii.Builder<SparkConnectClusterAttributes> {

    private @Nullable String clusterId;
    private @Nullable String primaryInstanceId;
    private @Nullable ISecurityGroup accessGroup;
    private @Nullable String sessionDocument;
    private @Nullable IVpc vpc;
    private List<ISubnet> subnets = List.of();
    private @Nullable ISecret tokenSecret;

    private Builder() {}

    /**
     * Sets the id of the cluster. Required.
     *
     * @param clusterId for example {@code j-2AXXXXXXGAPLF}
     * @return this builder
     */
    public Builder clusterId(String clusterId) {
      this.clusterId = requireNonNull(clusterId, "clusterId");
      return this;
    }

    /**
     * Sets the instance that the server runs on, which an endpoint needs. Default: not known.
     *
     * @param primaryInstanceId for example {@code i-0123456789abcdef0}
     * @return this builder
     */
    public Builder primaryInstanceId(String primaryInstanceId) {
      this.primaryInstanceId = requireNonNull(primaryInstanceId, "primaryInstanceId");
      return this;
    }

    /**
     * Sets the group whose rules say who may speak with the server, which an endpoint needs.
     * Default: not known.
     *
     * @param accessGroup of the primary node
     * @return this builder
     */
    public Builder accessGroup(ISecurityGroup accessGroup) {
      this.accessGroup = requireNonNull(accessGroup, "accessGroup");
      return this;
    }

    /**
     * Sets the session document, which a tunnel needs. Default: not known.
     *
     * @param sessionDocument its name
     * @return this builder
     */
    public Builder sessionDocument(String sessionDocument) {
      this.sessionDocument = requireNonNull(sessionDocument, "sessionDocument");
      return this;
    }

    /**
     * Sets where the nodes are, which an endpoint needs. Default: not known.
     *
     * @param vpc the VPC
     * @param subnets two or more, each in a zone of its own
     * @return this builder
     */
    public Builder vpc(IVpc vpc, List<? extends ISubnet> subnets) {
      this.vpc = requireNonNull(vpc, "vpc");
      this.subnets = List.copyOf(subnets);
      return this;
    }

    /**
     * Sets the token that the server asks for, which an endpoint with {@link Authentication#token}
     * needs. Default: not known.
     *
     * @param tokenSecret the secret that the server was started with
     * @return this builder
     */
    public Builder tokenSecret(ISecret tokenSecret) {
      this.tokenSecret = requireNonNull(tokenSecret, "tokenSecret");
      return this;
    }

    @Override
    public SparkConnectClusterAttributes build() {
      return new SparkConnectClusterAttributes(this);
    }
  }
}
