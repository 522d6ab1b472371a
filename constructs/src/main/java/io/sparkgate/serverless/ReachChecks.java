package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Tokens;
import io.sparkgate.spark.Classification;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.Aspects;
import software.constructs.IConstruct;
import software.constructs.Node;

/** Whether sessions can reach what the settings name. */
final class ReachChecks {

  private static final String PACKAGES = "spark.jars.packages";
  private static final List<String> DOWNLOADS =
      List.of("spark.jars", "spark.files", "spark.archives", "spark.submit.pyFiles");
  private static final List<String> METASTORES =
      List.of("hive.metastore.uris", "javax.jdo.option.ConnectionURL");
  private static final List<String> GLUE_CLIENTS =
      List.of("AWSGlueDataCatalogHiveClientFactory", "iceberg.aws.glue.GlueCatalog");
  private static final String TO_S3 = ", or put the files on S3 and name them there";

  private ReachChecks() {}

  /** Without a VPC only AWS services of the same Region can be reached. */
  static void checkWithoutVpc(Findings findings, List<Classification> classifications) {
    settings(classifications)
        .keySet()
        .forEach(
            key ->
                findings.errorIf(
                    METASTORES.contains(key.replaceFirst("^spark\\.hadoop\\.", "")),
                    """
                    '%s' points to an external Hive metastore, which is out of reach without a \
                    VPC; set vpc"""
                        .formatted(key)));
    warnOfDownloads(
        findings, classifications, "without a VPC; set vpc to one with a NAT gateway" + TO_S3);
    List<String> databases = keys(classifications, (key, value) -> value.startsWith("jdbc:"));
    findings.warnIf(
        !databases.isEmpty(),
        "databaseWithoutVpc",
        "%s names a database, which is out of reach without a VPC; set vpc"
            .formatted(String.join(", ", databases)));
  }

  /** What others may still add to the network while the tree is built. */
  static void checkAtSynth(
      IConstruct application,
      Findings findings,
      ApplicationNetwork network,
      ApplicationSettings settings) {
    Node node = application.getNode();
    IConstruct root = node.getRoot();
    node.addValidation(() -> OpenIngress.problems(network.securityGroups(), root));
    node.addValidation(() -> FeatureChecks.outOfReach(new Reach(network, root), settings.features));
    // A validation can only fail, so the warning needs an aspect.
    Aspects.of(application)
        .add(
            visited -> {
              if (visited.equals(application)) {
                Reach reach = new Reach(network, root);
                if (reach.isIsolated()) {
                  checkIsolated(findings, reach, settings);
                }
              }
            });
  }

  private static void checkIsolated(Findings findings, Reach reach, ApplicationSettings settings) {
    findings.warnIf(
        !reach.hasEndpoint("s3"),
        "isolatedWithoutS3",
        """
        vpcSubnets selects isolated subnets and this app gives their VPC no endpoint for S3, so \
        sessions may reach no data; add one with vpc.addGatewayEndpoint, or acknowledge this if \
        the VPC has one""");
    List<Classification> runtime = settings.runtime.classifications();
    warnOfDownloads(
        findings,
        runtime,
        "from isolated subnets; use subnets with a NAT gateway"
            + TO_S3
            + ", or acknowledge this if the VPC has them");
    FeatureChecks.warnOfReach(findings, reach, settings.features);
    warnOfEndpoint(
        findings,
        reach,
        "logs",
        settings.logs.logGroups().isEmpty() ? "" : "logs go to CloudWatch");
    List<String> glue =
        keys(runtime, (key, value) -> GLUE_CLIENTS.stream().anyMatch(value::endsWith));
    warnOfEndpoint(
        findings, reach, "glue", glue.isEmpty() ? "" : String.join(", ", glue) + " names Glue");
  }

  private static void warnOfEndpoint(
      Findings findings, Reach reach, String service, String reason) {
    findings.warnIf(
        !reason.isEmpty() && !reach.hasEndpoint(service),
        "isolatedWithoutEndpoint",
        """
        %s, but vpcSubnets selects isolated subnets and this app gives their VPC no endpoint for \
        the service '%s'; add one (SparkConnectNetwork: privateMode(PrivateEndpoint.%s)), or \
        acknowledge this if the VPC has one"""
            .formatted(reason, service, service.toUpperCase(Locale.ROOT)));
  }

  private static void warnOfDownloads(
      Findings findings, List<Classification> classifications, String outOfReach) {
    List<String> downloads =
        keys(
            classifications,
            (key, value) ->
                key.equals(PACKAGES) && !value.isBlank()
                    || DOWNLOADS.contains(key) && isFromTheWeb(value));
    findings.warnIf(
        !downloads.isEmpty(),
        "packagesWithoutVpc",
        "%s downloads from the internet, which is out of reach %s"
            .formatted(String.join(", ", downloads), outOfReach));
  }

  private static boolean isFromTheWeb(String urls) {
    return Stream.of(urls.split(",")).anyMatch(url -> url.trim().matches("(?i)(https?|ftp)://.*"));
  }

  private static List<String> keys(List<Classification> all, Setting wanted) {
    return settings(all).entrySet().stream()
        .filter(setting -> !Tokens.isUnresolved(setting.getValue()))
        .filter(setting -> wanted.test(setting.getKey(), setting.getValue().trim()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Map<String, String> settings(List<Classification> classifications) {
    Map<String, String> settings = new TreeMap<>();
    classifications.forEach(classification -> settings.putAll(classification.properties()));
    return settings;
  }

  private interface Setting {
    boolean test(String key, String value);
  }
}
