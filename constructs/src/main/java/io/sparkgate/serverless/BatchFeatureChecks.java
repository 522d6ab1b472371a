package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import io.sparkgate.spark.Feature;
import io.sparkgate.spark.LakeFormation;
import io.sparkgate.spark.ServerlessStorage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.services.ec2.ISubnet;

/**
 * What Lake Formation and serverless storage do not go together with. Why sessions support neither,
 * they say themselves.
 */
final class BatchFeatureChecks {

  private static final String CATALOG = "spark.sql.catalog.";

  /** Drivers of which a job run with Lake Formation has two. */
  private static final int DRIVERS = 2;

  private BatchFeatureChecks() {}

  static void check(Findings findings, ApplicationSettings settings) {
    find(settings.features, LakeFormation.class)
        .ifPresent(feature -> checkLakeFormation(findings, feature, settings));
    find(settings.features, ServerlessStorage.class)
        .ifPresent(feature -> checkStorage(findings, feature, settings));
  }

  static void checkNetwork(Findings findings, List<Feature> features, ApplicationNetwork network) {
    List<String> open =
        network.vpc().getPublicSubnets().stream().map(ISubnet::getSubnetId).toList();
    find(features, LakeFormation.class)
        .ifPresent(
            feature ->
                findings.errorIf(
                    network.subnetIds().stream().anyMatch(open::contains),
                    "%s does not work in public subnets, but vpcSubnets selects some; select private ones"
                        .formatted(feature)));
  }

  private static void checkLakeFormation(
      Findings findings, Feature feature, ApplicationSettings settings) {
    Map<String, String> conf = settings.sparkConf().settings();
    findings.errorIf(
        settings.images().isPresent(),
        "%s does not work with images of one's own; leave images out".formatted(feature));
    findings.errorIf(
        "false".equalsIgnoreCase(conf.get("spark.dynamicAllocation.enabled")),
        "%s needs dynamic allocation, but spark.dynamicAllocation.enabled is false; leave that out"
            .formatted(feature));
    findings.errorIf(
        "true".equalsIgnoreCase(conf.get("spark.ssl.internode.enabled")),
        "%s has TLS between workers by itself; leave InterWorkerTls out".formatted(feature));
    conf.keySet().stream()
        .filter(key -> key.startsWith(CATALOG) && key.indexOf('.', CATALOG.length()) < 0)
        .filter(key -> !key.equals(CATALOG + "spark_catalog"))
        .forEach(
            key ->
                findings.errorIf(
                    true,
                    "%s knows no catalog but spark_catalog; leave out '%s'"
                        .formatted(feature, key)));
    settings
        .warmPool()
        .ifPresent(
            pool ->
                findings.errorIf(
                    pool.driverCount() > 0 && pool.driverCount() < DRIVERS,
                    "warmPool has %s driver, but with %s each job run has %s; use at least %3$s, or none"
                        .formatted(pool.driverCount(), feature, DRIVERS)));
  }

  private static void checkStorage(
      Findings findings, Feature feature, ApplicationSettings settings) {
    findings.errorIf(
        settings.type.isInteractive(),
        "%s is for batch job runs only, but type is %s; leave Livy and EMR Studio out"
            .formatted(feature, settings.type));
    findings.warnIf(
        settings.warmPool().isPresent(),
        "warmPoolWithServerlessStorage",
        """
        warmPool is taken by no job run with %s, so it would be paid in vain; leave one of them \
        out, or acknowledge this if job runs switch the storage off"""
            .formatted(feature));
    SparkConf conf = settings.sparkConf();
    List.of(conf.driver(), conf.executor())
        .forEach(
            worker ->
                worker.ifPresent(
                    need ->
                        findings.errorIf(
                            isSmall(need),
                            "%s takes no workers of 1 or 2 vCPU, but its %s has %s; set spark.%2$s.cores to 4 or more"
                                .formatted(feature, need.role(), need))));
  }

  private static boolean isSmall(WorkerNeed need) {
    return WorkerSize.smallestWith(need.cores(), need.memoryGb())
        .filter(worker -> worker.vcpu() < 4)
        .isPresent();
  }

  private static <F extends Feature> Optional<F> find(List<Feature> features, Class<F> kind) {
    return features.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }
}
