package io.sparkgate.network;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Ranges;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.Connections;
import software.amazon.awscdk.services.ec2.IConnectable;
import software.amazon.awscdk.services.ec2.IIpAddresses;
import software.amazon.awscdk.services.ec2.IPeer;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.IpAddresses;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.constructs.Construct;

/**
 * Where the workers of an application run: private subnets in two zones, a security group without
 * ingress, and S3 through a gateway endpoint.
 *
 * <p>Data scientists do not come through here: they reach a session at the service's own endpoint.
 * What is made by default costs nothing while nobody uses it: no NAT gateway and no interface
 * endpoint, so workers reach S3 in the Region and nothing else. {@link Builder#natGateways} opens
 * the way out.
 */
public final class SparkConnectNetwork extends Construct implements IConnectable {

  /** The key of the tag without which EMR starts no nodes in a subnet; its value is true. */
  public static final String EMR_TAG = ForClusters.TAG;

  private final IVpc vpc;
  private final SubnetSelection subnets;
  private final ISecurityGroup securityGroup;
  private final @Nullable PrivateEndpoints endpoints;
  private final boolean forClusters;

  private SparkConnectNetwork(Builder props) {
    super(props.scope, props.id);
    Findings findings = new Findings(this);
    NetworkPropsChecks.check(
        findings,
        props.vpc != null ? props.onlyForMadeVpc : List.of(),
        props.zoneIds,
        props.natGateways,
        !props.endpoints.isEmpty());

    if (props.vpc != null) {
      vpc = props.vpc;
      subnets = GivenVpc.subnets(findings, props.vpc, props.subnets);
      if (!props.endpoints.isEmpty()) {
        WayOut.warn(findings, vpc, subnets);
      }
    } else {
      PrivateVpc made =
          new PrivateVpc(
              this,
              props.ipAddresses,
              props.natGateways,
              ServiceZones.choose(findings, Stack.of(this).getRegion(), props.zoneIds));
      vpc = made.vpc();
      subnets = made.workers();
    }
    securityGroup =
        SecurityGroup.Builder.create(this, "SecurityGroup")
            .vpc(vpc)
            .description("Workers of Spark Connect sessions; nothing comes in")
            .allowAllOutbound(true)
            .build();
    List<PrivateEndpoint> services = props.services();
    GatewayEndpoints.make(this, vpc, subnets, services);
    endpoints =
        services.stream().allMatch(PrivateEndpoint::isGateway)
            ? null
            : new PrivateEndpoints(this, vpc, subnets, securityGroup, services);
    forClusters = props.forClusters;
    if (forClusters) {
      ForClusters.admit(findings, securityGroup, props.vpc == null, vpc, subnets);
    }
  }

  /** {@return whether subnets and security group have what EMR asks of those of a cluster} */
  public boolean isForClusters() {
    return forClusters;
  }

  /** {@return the VPC that was made or given} */
  public IVpc getVpc() {
    return vpc;
  }

  /** {@return the subnets in which workers run} */
  public SubnetSelection getSubnets() {
    return subnets;
  }

  /** {@return the security group of the workers} */
  public ISecurityGroup getSecurityGroup() {
    return securityGroup;
  }

  /**
   * Returns the connections of the workers, so that {@code
   * database.getConnections().allowDefaultPortFrom(network)} lets sessions in.
   *
   * @return the connections
   */
  @Override
  public Connections getConnections() {
    return securityGroup.getConnections();
  }

  /**
   * Lets clients outside the VPC, such as an office behind a VPN, connect to sessions through the
   * private endpoints.
   *
   * @param clients for example {@code Peer.ipv4("192.168.0.0/16")}
   * @throws IllegalStateException if the network has no private endpoints
   * @throws IllegalArgumentException if it is everybody
   */
  public void allowClients(IPeer clients) {
    if (endpoints == null) {
      throw new IllegalStateException(
          "%s: allowClients needs private endpoints, and there are none; call privateMode() on the builder"
              .formatted(getNode().getPath()));
    }
    new Findings(this)
        .errorIf(
            Ranges.isEverybody(clients.getUniqueId()),
            "allowClients received %s, which is everybody; name the ranges that clients come from"
                .formatted(clients.getUniqueId()));
    endpoints.allow(clients);
  }

  /** A fluent builder for {@link SparkConnectNetwork}. */
  public static final class Builder implements software.amazon.jsii.Builder<SparkConnectNetwork> {

    private final Construct scope;
    private final String id;
    private @Nullable IVpc vpc;
    private @Nullable SubnetSelection subnets;
    private IIpAddresses ipAddresses = IpAddresses.cidr("10.0.0.0/16");
    private int natGateways = 0;
    private List<String> zoneIds = List.of();
    private final Set<PrivateEndpoint> endpoints = new LinkedHashSet<>();
    private final List<PrivateEndpoint> serviceEndpoints = new ArrayList<>();
    private final List<String> onlyForMadeVpc = new ArrayList<>();
    private boolean forClusters = false;

    private Builder(Construct scope, String id) {
      this.scope = requireNonNull(scope, "scope");
      this.id = requireNonNull(id, "id");
    }

    /**
     * Starts a network.
     *
     * @param scope the parent construct
     * @param id the construct id
     * @return a new builder
     */
    public static Builder create(Construct scope, String id) {
      return new Builder(scope, id);
    }

    /**
     * Sets the VPC in whose private subnets workers run, one IP address per worker; it keeps its
     * own endpoints and routes, so give it an S3 gateway endpoint. Default: a new VPC.
     *
     * @param vpc the VPC
     * @return this builder
     */
    public Builder vpc(IVpc vpc) {
      this.vpc = requireNonNull(vpc, "vpc");
      subnets = null;
      return this;
    }

    /**
     * Sets the VPC to run in, and where in it. Default: as {@link #vpc(IVpc)} says.
     *
     * @param vpc the VPC
     * @param vpcSubnets the subnets of workers
     * @return this builder
     */
    public Builder vpc(IVpc vpc, SubnetSelection vpcSubnets) {
      vpc(vpc);
      subnets = requireNonNull(vpcSubnets, "vpcSubnets");
      return this;
    }

    /**
     * Sets the addresses of a new VPC. Default: 10.0.0.0/16, of which each worker subnet takes a
     * /20 (4,091 workers).
     *
     * @param ipAddresses a range of /16 to /19, or to /18 with NAT gateways or three zones
     * @return this builder
     */
    public Builder ipAddresses(IIpAddresses ipAddresses) {
      this.ipAddresses = requireNonNull(ipAddresses, "ipAddresses");
      onlyForMadeVpc.add("ipAddresses");
      return this;
    }

    /**
     * Sets how many NAT gateways a new VPC has, each billed by the hour, and with them the way to
     * the internet and to AWS services without an endpoint. Default: 0.
     *
     * @param natGateways 0, 1 or one per zone
     * @return this builder
     */
    public Builder natGateways(int natGateways) {
      this.natGateways = natGateways;
      onlyForMadeVpc.add("natGateways");
      return this;
    }

    /**
     * Sets the zones of a new VPC by their ids, which name the same zone in every account. Default:
     * in Regions where EMR Serverless does not use every zone two that it uses, elsewhere (and
     * where the Region is not known at synthesis) the first two of the account.
     *
     * @param zoneIds two or more, for example {@code use1-az1}
     * @return this builder
     */
    public Builder availabilityZoneIds(List<String> zoneIds) {
      this.zoneIds = List.copyOf(zoneIds);
      onlyForMadeVpc.add("availabilityZoneIds");
      return this;
    }

    /**
     * Keeps all traffic off the internet: interface endpoints with private DNS for sessions, their
     * API and their Spark UI, and for more services where workers need them. Each is billed by the
     * hour and zone, see {@link PrivateEndpoint}. In a given VPC there must be none for the same
     * service yet. Default: no interface endpoint; people reach sessions by the internet, over TLS.
     *
     * @param more services that workers call, beside S3
     * @return this builder
     */
    public Builder privateMode(PrivateEndpoint... more) {
      endpoints.add(PrivateEndpoint.SESSIONS);
      endpoints.add(PrivateEndpoint.EMR_SERVERLESS);
      endpoints.add(PrivateEndpoint.DASHBOARD);
      endpoints.addAll(List.of(more));
      return this;
    }

    /**
     * Lets workers call AWS services besides S3 without a way out: an interface endpoint for each,
     * billed by the hour and zone, or a gateway endpoint, see {@link PrivateEndpoint}. Default:
     * none.
     *
     * @param services such as {@link PrivateEndpoint#GLUE} for its Data Catalog
     * @return this builder
     */
    public Builder serviceEndpoints(PrivateEndpoint... services) {
      serviceEndpoints.addAll(List.of(services));
      return this;
    }

    /**
     * Makes it one for clusters of EMR on EC2: the tag {@link #EMR_TAG} on the subnets of a new VPC
     * and on the security group, and, in a new VPC without NAT gateways, interface endpoints for
     * what nodes call: EMR, Systems Manager, KMS, STS, CloudWatch Logs and Secrets Manager. A given
     * VPC needs those endpoints or a NAT gateway already. Default: for EMR Serverless only.
     *
     * @return this builder
     */
    public Builder forClusters() {
      forClusters = true;
      return this;
    }

    /** A VPC that was given has its own way to services. */
    private List<PrivateEndpoint> services() {
      List<PrivateEndpoint> services = new ArrayList<>(endpoints);
      services.addAll(serviceEndpoints);
      if (forClusters && vpc == null && natGateways == 0) {
        services.addAll(PrivateEndpoint.OF_CLUSTERS);
      }
      return PrivateEndpoint.merged(services);
    }

    @Override
    public SparkConnectNetwork build() {
      return new SparkConnectNetwork(this);
    }
  }
}
