package io.sparkgate.cluster;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.AlarmActions;
import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Place;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.certificatemanager.ICertificate;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.ec2.Connections;
import software.amazon.awscdk.services.ec2.IConnectable;
import software.amazon.awscdk.services.ec2.IPeer;
import software.amazon.awscdk.services.elasticloadbalancingv2.IApplicationLoadBalancer;
import software.amazon.awscdk.services.elasticloadbalancingv2.IApplicationTargetGroup;
import software.amazon.awscdk.services.route53.ARecord;
import software.amazon.awscdk.services.route53.IHostedZone;
import software.amazon.awscdk.services.route53.RecordTarget;
import software.amazon.awscdk.services.route53.targets.LoadBalancerTarget;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.constructs.Construct;

/**
 * A name at which people call a cluster without a tunnel: a load balancer inside the VPC, TLS with
 * your certificate, and authentication, which nobody can leave out. A deployment that makes it, or
 * starts the server again, is complete when the load balancer finds the server healthy.
 *
 * <pre>{@code
 * SparkConnectEndpoint.Builder.create(this, "Endpoint")
 *     .cluster(cluster)
 *     .certificate(certificate)
 *     .domainName("spark.dev.example.com", zone)
 *     .authentication(Authentication.mutualTls(trustStore))
 *     .build()
 *     .allowClients(Peer.ipv4("10.20.0.0/16"));
 * }</pre>
 */
public final class SparkConnectEndpoint extends Construct implements IConnectable {

  private final Findings findings = new Findings(this);
  private final SparkConnectClusterBase cluster;
  private final String domainName;
  private final Authentication authentication;
  private final EndpointFront front;
  private final Alarm alarm;

  private SparkConnectEndpoint(Builder props) {
    super(props.scope, props.id);
    EndpointChecks checks = new EndpointChecks(findings, Place.of(Stack.of(this)));
    cluster = checks.checkCluster(checks.required(props.cluster, "cluster", "the cluster to call"));
    authentication =
        checks.required(
            props.authentication,
            "authentication",
            "Authentication.mutualTls(trustStore) or Authentication.token(), because whoever calls"
                + " runs code as the node role");
    domainName = checks.required(props.domainName, "domainName", "the host that clients ask for");
    ICertificate certificate =
        checks.required(props.certificate, "certificate", "a certificate for domainName");
    checks.checkHost(domainName, props.zone);
    checks.checkCertificate(certificate, domainName);
    checks.checkIdle(props.idleTimeout, cluster.streamSeconds());
    checks.checkAccessLogs(props.accessLogs);
    checks.checkRegion("cluster", cluster);
    authentication.trustStore().ifPresent(store -> checks.checkRegion("trustStore", store));
    checks.checkSubnets(EndpointFront.onePerZone(cluster.getSubnets()).size());
    checks.warnIfElsewhere(cluster, this);
    cluster.attach(this, authentication);
    if (authentication.trustStore().isPresent()) {
      cluster.asksForCertificates();
    }

    front = new EndpointFront(this, cluster, certificate, authentication, props.idleTimeout);
    if (props.accessLogs != null) {
      front.balancer().logAccessLogs(props.accessLogs, getNode().getAddr());
    }
    if (props.zone != null) {
      ARecord.Builder.create(this, "Alias")
          .zone(props.zone)
          .recordName(domainName + ".")
          .target(RecordTarget.fromAlias(new LoadBalancerTarget(front.balancer())))
          .build();
    }
    alarm = EndpointAlarm.in(this, front, front.healthy(this, cluster), props.alarmActions);
    getNode().addValidation(() -> GroupRules.ofFront(front.group()));
    cluster.attached(this, front.targets().getTargetGroupArn());
  }

  /**
   * Lets clients call. Nobody may before.
   *
   * @param clients for example {@code Peer.ipv4("10.20.0.0/16")}, or a security group
   * @return this endpoint
   * @throws IllegalArgumentException if it is everybody, or wider than any range of private
   *     addresses
   */
  public SparkConnectEndpoint allowClients(IPeer clients) {
    ClientRules.check(findings, requireNonNull(clients, "clients"));
    front.allow(clients);
    return this;
  }

  /** {@return the cluster that is called} */
  public ISparkConnectCluster getCluster() {
    return cluster;
  }

  /** {@return the host that clients ask for; the port is 443} */
  public String getDomainName() {
    return domainName;
  }

  /** {@return how it knows who calls} */
  public Authentication getAuthentication() {
    return authentication;
  }

  /** {@return the secret with the token that callers present; empty for mutual TLS} */
  public Optional<ISecret> getTokenSecret() {
    return authentication.isByToken() ? cluster.token() : Optional.empty();
  }

  /** {@return the load balancer} */
  public IApplicationLoadBalancer getLoadBalancer() {
    return front.balancer();
  }

  /** {@return the target group, whose metrics say whether the server is healthy and in use} */
  public IApplicationTargetGroup getTargetGroup() {
    return front.targets();
  }

  /**
   * {@return the alarm that goes off when no server has been healthy for 5 minutes} Also when
   * nobody used it, so that it or its cluster ended.
   */
  public Alarm getAlarm() {
    return alarm;
  }

  /** {@return the connections of the load balancer} */
  @Override
  public Connections getConnections() {
    return front.group().getConnections();
  }

  /** A fluent builder for {@link SparkConnectEndpoint}. */
  public static final class Builder implements software.amazon.jsii.Builder<SparkConnectEndpoint> {

    private final Construct scope;
    private final String id;
    private @Nullable ISparkConnectCluster cluster;
    private @Nullable ICertificate certificate;
    private @Nullable String domainName;
    private @Nullable IHostedZone zone;
    private @Nullable Authentication authentication;
    private Duration idleTimeout = Duration.minutes(15);
    private @Nullable IBucket accessLogs;
    private final AlarmActions alarmActions = new AlarmActions();

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
     * Sets the cluster. Required.
     *
     * @param cluster made here, or imported with its primary instance, access group and network
     * @return this builder
     */
    public Builder cluster(ISparkConnectCluster cluster) {
      this.cluster = requireNonNull(cluster, "cluster");
      return this;
    }

    /**
     * Sets the certificate that the load balancer shows. Required.
     *
     * @param certificate one of this Region, for the host of {@link #domainName(String)}
     * @return this builder
     */
    public Builder certificate(ICertificate certificate) {
      this.certificate = requireNonNull(certificate, "certificate");
      return this;
    }

    /**
     * Sets the host that clients ask for, where something else leads it to the load balancer.
     * Required, this or the other.
     *
     * @param domainName for example spark.dev.example.com
     * @return this builder
     */
    public Builder domainName(String domainName) {
      this.domainName = requireNonNull(domainName, "domainName");
      zone = null;
      return this;
    }

    /**
     * Sets the host that clients ask for, and leads it to the load balancer. Required, this or the
     * other.
     *
     * @param domainName for example spark.dev.example.com
     * @param zone in which the host gets an alias record
     * @return this builder
     */
    public Builder domainName(String domainName, IHostedZone zone) {
      domainName(domainName);
      this.zone = requireNonNull(zone, "zone");
      return this;
    }

    /**
     * Sets how it knows who calls. Required.
     *
     * @param authentication mutual TLS or a token
     * @return this builder
     */
    public Builder authentication(Authentication authentication) {
      this.authentication = requireNonNull(authentication, "authentication");
      return this;
    }

    /**
     * Sets how long a connection may be silent. Default: 15 minutes.
     *
     * @param idleTimeout half a minute more than the server's stream duration (2 minutes, see
     *     {@link SparkConnectCluster.Builder#serverSettings}), up to 4,000 seconds
     * @return this builder
     */
    public Builder idleTimeout(Duration idleTimeout) {
      this.idleTimeout = requireNonNull(idleTimeout, "idleTimeout");
      return this;
    }

    /**
     * Sets where the load balancer logs who called. Default: nowhere.
     *
     * @param accessLogs a bucket of this Region without a key of KMS
     * @return this builder
     */
    public Builder accessLogs(IBucket accessLogs) {
      this.accessLogs = requireNonNull(accessLogs, "accessLogs");
      return this;
    }

    /**
     * Adds what happens when no server is healthy, see {@link #getAlarm}. Default: the alarm only
     * shows its state.
     *
     * @param alarmAction for example an SnsAction, of a topic in the same Region
     * @return this builder
     */
    public Builder alarmAction(IAlarmAction alarmAction) {
      alarmActions.add(alarmAction);
      return this;
    }

    @Override
    public SparkConnectEndpoint build() {
      return new SparkConnectEndpoint(this);
    }
  }
}
