package io.sparkgate.app;

import io.sparkgate.cluster.Authentication;
import io.sparkgate.cluster.SparkConnectCluster;
import io.sparkgate.cluster.SparkConnectEndpoint;
import io.sparkgate.watch.ClusterIdlePolicy;
import io.sparkgate.watch.IdleClusterReaper;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.elasticloadbalancingv2.TrustStore;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.amazon.awscdk.services.route53.IHostedZone;
import software.constructs.Construct;

/**
 * What the section {@code cluster.endpoint} says, read before anything is made of it.
 *
 * @param trustStore of those whose certificates are taken; none where a token is
 */
record EndpointSettings(
    String domainName,
    String certificate,
    Optional<String> trustStore,
    Optional<Zone> zone,
    List<String> clients,
    Optional<ClusterIdlePolicy> idlePolicy) {

  private static final String HOST = "([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}";

  /** The hosted zone that gets the alias record. */
  record Zone(String id, String name) {

    private static Zone of(Settings settings) {
      Optional<String> id =
          settings.text(
              "id", "Z[A-Z0-9]+", "the id of a hosted zone such as \"Z0123456789ABCDEFGHIJ\"");
      Optional<String> name = settings.text("name", HOST, "its name, such as \"example.com\"");
      settings.refuseOthers();
      return new Zone(
          id.orElseThrow(() -> settings.missing("id")),
          name.orElseThrow(() -> settings.missing("name")));
    }
  }

  static EndpointSettings of(Settings settings) {
    Optional<String> domainName =
        settings.text("domainName", HOST, "a host name such as \"spark.dev.example.com\"");
    Optional<String> certificate =
        settings.text(
            "certificateArn",
            "arn:[a-z-]+:acm:[a-z0-9-]+:\\d{12}:certificate/.+",
            "the ARN of a certificate in ACM such as \"arn:aws:acm:eu-west-1:111122223333:certificate/…\"");
    Optional<String> trustStore =
        settings.text(
            "trustStoreArn",
            "arn:[a-z-]+:elasticloadbalancing:[a-z0-9-]+:\\d{12}:truststore/.+",
            "the ARN of a trust store such as"
                + " \"arn:aws:elasticloadbalancing:eu-west-1:111122223333:truststore/people/…\"");
    boolean token = settings.flag("token");
    Optional<Zone> zone = settings.section("hostedZone").map(Zone::of);
    List<String> clients = NetworkSettings.clients(settings);
    OptionalInt idleMinutes = settings.whole("idleMinutes");
    Optional<ClusterIdlePolicy> idlePolicy =
        idleMinutes.isPresent()
            ? Optional.of(
                settings.make(
                    () ->
                        ClusterIdlePolicy.terminateAfter(Duration.minutes(idleMinutes.getAsInt()))))
            : Optional.empty();
    settings.refuseOthers();
    if (trustStore.isPresent() && token) {
      throw settings.wrong(
          "token", true, "false beside trustStoreArn: clients have certificates, or a token");
    }
    if (trustStore.isEmpty() && !token) {
      throw settings.missingOneOf("trustStoreArn", "token");
    }
    if (clients.isEmpty()) {
      throw settings.missing("clients");
    }
    return new EndpointSettings(
        domainName.orElseThrow(() -> settings.missing("domainName")),
        certificate.orElseThrow(() -> settings.missing("certificateArn")),
        trustStore,
        zone,
        clients,
        idlePolicy);
  }

  SparkConnectEndpoint make(
      Construct scope, SparkConnectCluster cluster, Optional<IAlarmAction> toldTo) {
    SparkConnectEndpoint.Builder builder =
        SparkConnectEndpoint.Builder.create(scope, "Endpoint")
            .cluster(cluster)
            .certificate(Certificate.fromCertificateArn(scope, "Certificate", certificate))
            .authentication(authentication(scope));
    zone.ifPresentOrElse(
        named -> builder.domainName(domainName, zone(scope, named)),
        () -> builder.domainName(domainName));
    toldTo.ifPresent(builder::alarmAction);
    SparkConnectEndpoint endpoint = builder.build();
    clients.forEach(range -> endpoint.allowClients(Peer.ipv4(range)));
    idlePolicy.ifPresent(
        policy -> {
          IdleClusterReaper.Builder reaper =
              IdleClusterReaper.Builder.create(scope, "Reaper").watch(endpoint).idlePolicy(policy);
          toldTo.ifPresent(reaper::alarmAction);
          cluster.keepUntilDeleted(reaper.build());
        });
    return endpoint;
  }

  private Authentication authentication(Construct scope) {
    return trustStore
        .map(
            arn -> Authentication.mutualTls(TrustStore.fromTrustStoreArn(scope, "TrustStore", arn)))
        .orElseGet(Authentication::token);
  }

  private static IHostedZone zone(Construct scope, Zone zone) {
    return HostedZone.fromHostedZoneAttributes(
        scope,
        "Zone",
        HostedZoneAttributes.builder().hostedZoneId(zone.id()).zoneName(zone.name()).build());
  }
}
