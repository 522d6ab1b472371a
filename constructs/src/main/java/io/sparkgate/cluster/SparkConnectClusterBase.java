package io.sparkgate.cluster;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.ClusterPermissions;
import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Grantee;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awscdk.Resource;
import software.amazon.awscdk.ResourceProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.ec2.Connections;
import software.amazon.awscdk.services.ec2.ConnectionsProps;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.constructs.Construct;

/** Everything that needs no more than the id, and what an endpoint must know of both kinds. */
abstract class SparkConnectClusterBase extends Resource implements ISparkConnectCluster {

  private boolean tunnelGranted = false;
  private boolean certificatesAsked = false;

  SparkConnectClusterBase(Construct scope, String id) {
    super(scope, id);
  }

  /** Of what was made elsewhere, which is where it is and not where this stack is. */
  SparkConnectClusterBase(Construct scope, String id, ResourceProps place) {
    super(scope, id, place);
  }

  @Override
  public Connections getConnections() {
    return new Connections(
        ConnectionsProps.builder()
            .securityGroups(List.of(getAccessGroup()))
            .defaultPort(Port.tcp(InstallStep.PORT))
            .build());
  }

  @Override
  public Grant grantTunnel(IGrantable people) {
    tunnelGranted = true;
    warnOfTunnelPastTheFront();
    return grant(
        people,
        ClusterPermissions.tunnel(place(), Stack.of(this), getClusterId(), getSessionDocument()));
  }

  @Override
  public Grant grantOperate(IGrantable operators) {
    return grant(operators, ClusterPermissions.operator(getClusterArn()));
  }

  @Override
  public Grant grantView(IGrantable viewers) {
    return grant(
        viewers,
        ClusterPermissions.viewer(
            place(), Stack.of(this), getClusterArn(), getClusterId(), sessionDocuments()));
  }

  private Grant grant(IGrantable grantee, List<Statement> statements) {
    return Grantee.ofCluster(requireNonNull(grantee, "grantee"), this).grant(statements);
  }

  /** An endpoint's front asks for certificates. */
  void asksForCertificates() {
    certificatesAsked = true;
    warnOfTunnelPastTheFront();
  }

  private void warnOfTunnelPastTheFront() {
    new Findings(this)
        .warnIf(
            tunnelGranted && certificatesAsked,
            "tunnelPastTheFront",
            """
            grantTunnel is used beside an endpoint with mutual TLS: whoever has a tunnel speaks with \
            the server past the front, which checks certificates, and may call itself anybody; \
            leave out one of them, or acknowledge this if you trust who has the tunnel""");
  }

  @Override
  public Metric metric(String name) {
    return metric(name, MetricOptions.builder().build());
  }

  @Override
  public Metric metric(String name, MetricOptions options) {
    Metric.Builder metric =
        Metric.Builder.create()
            .namespace("AWS/ElasticMapReduce")
            .metricName(name)
            .dimensionsMap(Map.of("JobFlowId", getClusterId()));
    place().ifKnown(metric::account, metric::region);
    return metric.build().with(options);
  }

  private Place place() {
    return Place.of(this);
  }

  /** The session documents that are known, if any. */
  abstract List<String> sessionDocuments();

  final boolean isElsewhere(Construct endpoint) {
    return !Stack.of(endpoint).equals(Stack.of(this));
  }

  /** The step that installs the server, where the endpoint may name it. */
  abstract Optional<String> stepId(Construct endpoint);

  /** Answers the custom resources of the endpoint. */
  abstract ClusterFunction function(Construct endpoint);

  /** Takes the endpoint in: what its authentication asks of the server. */
  abstract void attach(Construct endpoint, Authentication authentication);

  /** The endpoint is whole now. */
  abstract void attached(Construct endpoint, String targetGroupArn);

  /** After how many seconds the server ends an answer; empty if a token hides it. */
  abstract OptionalLong streamSeconds();

  /** The token that callers must present, where the authentication is by one. */
  abstract Optional<ISecret> token();
}
