package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.spark.Feature;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.Resource;
import software.constructs.Construct;

/** Whether the application can have its features, and whether the network leads to them. */
final class FeatureChecks {

  private FeatureChecks() {}

  static void check(Findings findings, ApplicationSettings settings, Construct application) {
    for (Feature feature : settings.features) {
      findings.errorIf(
          settings.type instanceof ApplicationType.Hive
              && isOfSpark(feature, settings, application),
          "%s is for Spark, but type is %s; leave it out, or use ApplicationType.spark()"
              .formatted(feature, settings.type));
      feature
          .problems(settings.target(application))
          .forEach(problem -> findings.errorIf(true, problem));
    }
  }

  private static boolean isOfSpark(
      Feature feature, ApplicationSettings settings, Construct application) {
    return settings.settingsOf(feature, settings.target(application)).stream()
        .anyMatch(settingsOfIt -> TypeChecks.isOfSpark(settingsOfIt.name()));
  }

  /** Without a VPC only AWS services of the same Region can be reached. */
  static void checkWithoutVpc(Findings findings, List<Feature> features) {
    for (Feature feature : features) {
      findings.errorIf(
          feature.needsVpc(), "%s is out of reach without a VPC; set vpc".formatted(feature));
    }
  }

  /** In a VPC of this app, of which all is known, a missing endpoint is an error. */
  static List<String> outOfReach(Reach reach, List<Feature> features) {
    return !features.isEmpty()
            && Resource.isOwnedResource(reach.network().vpc())
            && reach.isIsolated()
        ? missing(reach, features)
        : List.of();
  }

  /** Others may have given an imported VPC what this app does not know of. */
  static void warnOfReach(Findings findings, Reach reach, List<Feature> features) {
    if (!features.isEmpty() && !Resource.isOwnedResource(reach.network().vpc())) {
      missing(reach, features)
          .forEach(
              problem ->
                  findings.warnIf(
                      true,
                      "isolatedWithoutEndpoint",
                      problem + ", or acknowledge this if the VPC has one"));
    }
  }

  private static List<String> missing(Reach reach, List<Feature> features) {
    return features.stream()
        .flatMap(
            feature ->
                Stream.concat(
                    feature.needsWayOut() ? Stream.of(closed(feature)) : Stream.empty(),
                    feature.endpoints().stream()
                        .distinct()
                        .filter(endpoint -> !reach.hasEndpoint(endpoint.toString()))
                        .map(endpoint -> sentence(feature, endpoint))))
        .toList();
  }

  private static String closed(Feature feature) {
    return """
    %s is beyond what endpoints lead to, but vpcSubnets selects isolated subnets, so a query would \
    hang; use subnets with a NAT gateway (SparkConnectNetwork: natGateways(1))"""
        .formatted(feature);
  }

  private static String sentence(Feature feature, PrivateEndpoint endpoint) {
    String price =
        endpoint.isGateway()
            ? "free"
            : "about USD 7.30 a month in each zone, us-east-1, secondary sources of 2026";
    return """
    %s calls '%s', but vpcSubnets selects isolated subnets and this app gives their VPC no \
    endpoint for it, so a query would hang; add one (SparkConnectNetwork: \
    serviceEndpoints(PrivateEndpoint.of("%s")), %s), or use subnets with a NAT gateway"""
        .formatted(feature, endpoint, endpoint, price);
  }
}
