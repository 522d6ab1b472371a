package io.sparkgate.cluster;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Known;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.IResource;
import software.amazon.awscdk.services.certificatemanager.CfnCertificate;
import software.amazon.awscdk.services.certificatemanager.ICertificate;
import software.amazon.awscdk.services.route53.IHostedZone;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/** What of an endpoint's settings can never work. */
record EndpointChecks(Findings findings, Place here) {

  private static final Pattern HOST =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}");

  /** What a load balancer takes. */
  private static final long LONGEST_IDLE_SECONDS = 4000;

  /** An answer that is ended just before the connection is cut must still arrive. */
  private static final long MARGIN_SECONDS = 30;

  <T> T required(@Nullable T given, String property, String what) {
    if (given == null) {
      throw findings.error(
          "%s received nothing, but takes %s; call %1$s on the builder".formatted(property, what));
    }
    return given;
  }

  /** An endpoint asks more of a cluster than the interface has. */
  SparkConnectClusterBase checkCluster(ISparkConnectCluster cluster) {
    if (cluster instanceof SparkConnectClusterBase ours) {
      return ours;
    }
    throw findings.error(
        "cluster received a %s, but takes what SparkConnectCluster makes or imports; import it with SparkConnectCluster.fromClusterAttributes"
            .formatted(cluster.getClass().getName()));
  }

  void checkRegion(String property, IResource given) {
    Place there = Place.of(given);
    findings.errorIf(
        there.isOfAnotherRegionThan(here),
        () ->
            "%s %s is in %s, but the endpoint is in %s; use one of the endpoint's own Region"
                .formatted(property, given.getNode().getPath(), there, here));
  }

  void checkHost(String domainName, @Nullable IHostedZone zone) {
    if (Tokens.isUnresolved(domainName)) {
      return;
    }
    findings.errorIf(
        !HOST.matcher(domainName).matches(),
        "domainName received '%s', but takes the name of one host, in small letters, such as spark.dev.example.com"
            .formatted(domainName));
    if (zone != null && !Tokens.isUnresolved(zone.getZoneName())) {
      String name = zone.getZoneName().replaceFirst("\\.$", "");
      findings.errorIf(
          !domainName.endsWith("." + name) && !domainName.equals(name),
          "domainName received '%s', which is not in the zone %s; use a name below that, or its own zone"
              .formatted(domainName, name));
    }
  }

  /** Of a certificate that was imported nobody here knows the names. */
  void checkCertificate(ICertificate certificate, String domainName) {
    checkRegion("certificate", certificate);
    checkPlaceOf(certificate);
    if (Tokens.isUnresolved(domainName)
        || !(certificate.getNode().getDefaultChild() instanceof CfnCertificate made)) {
      return;
    }
    List<String> names = new ArrayList<>(List.of(made.getDomainName()));
    if (made.getSubjectAlternativeNames() != null) {
      names.addAll(made.getSubjectAlternativeNames());
    }
    findings.errorIf(
        names.stream().noneMatch(name -> Tokens.isUnresolved(name) || covers(name, domainName)),
        () ->
            "certificate %s is for %s, but clients ask for %s and would refuse it; use a certificate for that name, or that domainName"
                .formatted(certificate.getNode().getPath(), String.join(", ", names), domainName));
  }

  /** The CDK does not read account and Region from the ARN of one that is imported. */
  private void checkPlaceOf(ICertificate certificate) {
    String arn = certificate.getCertificateArn();
    String[] parts = Tokens.isUnresolved(arn) ? new String[0] : arn.split(":", 6);
    if (parts.length < 6) {
      return;
    }
    Place there = new Place(parts[4], parts[3]);
    findings.errorIf(
        there.differsFrom(here),
        () ->
            "certificate %s is in %s, but the endpoint is in %s, and a load balancer takes only certificates of its own account and Region; use one of those"
                .formatted(certificate.getNode().getPath(), there, here));
  }

  /** A star stands for one label. */
  private static boolean covers(String name, String host) {
    String pattern = name.toLowerCase(Locale.ROOT);
    return pattern.equals(host)
        || pattern.startsWith("*.")
            && host.indexOf('.') > 0
            && host.substring(host.indexOf('.')).equals(pattern.substring(1));
  }

  /** A front that cuts a silent answer fails the query: clients of Spark 3.5 do not try again. */
  void checkIdle(Duration idle, OptionalLong streamSeconds) {
    findings.errorIf(idle.isUnresolved(), "idleTimeout" + Known.received("a duration"));
    long millis = idle.toMilliseconds().longValue();
    findings.errorIf(
        millis < 1000 || millis % 1000 != 0 || millis > LONGEST_IDLE_SECONDS * 1000,
        () ->
            "idleTimeout received %s, but takes whole seconds from 1 to %s"
                .formatted(idle.toHumanString(), LONGEST_IDLE_SECONDS));
    long stream = streamSeconds.orElse(0);
    findings.errorIf(
        millis / 1000 <= stream + MARGIN_SECONDS,
        "idleTimeout received %s seconds, but the server may be silent for %s (%s), and a query whose answer is cut fails; take more than %s seconds, or a shorter stream in the cluster's serverSettings"
            .formatted(millis / 1000, stream, ServerConf.STREAM, stream + MARGIN_SECONDS));
  }

  void checkAccessLogs(@Nullable IBucket bucket) {
    if (bucket == null) {
      return;
    }
    checkRegion("accessLogs", bucket);
    findings.errorIf(
        Tokens.isUnresolved(here.region()),
        "accessLogs needs the Region of the stack, whose load balancers write them; give the stack an env with a region");
    findings.errorIf(
        bucket.getEncryptionKey() != null,
        () ->
            "accessLogs %s is encrypted with a key of KMS, and load balancers write only to buckets with keys of S3; use one of those"
                .formatted(bucket.getNode().getPath()));
  }

  void warnIfElsewhere(SparkConnectClusterBase cluster, Construct endpoint) {
    findings.warnIf(
        cluster instanceof SparkConnectCluster && cluster.isElsewhere(endpoint),
        "endpointInAnotherStack",
        """
        the endpoint's stack imports what names the primary node, and CloudFormation changes \
        nothing that another stack imports, so a replacement of the cluster would fail; make the \
        endpoint in the cluster's stack, or acknowledge this and delete the endpoint before a \
        replacement""");
  }

  void checkSubnets(int count) {
    findings.errorIf(
        count < 2,
        "cluster has known subnets in %s zone(s), but a load balancer takes two or more, each in a zone of its own; give the cluster a network of two zones"
            .formatted(count));
  }
}
