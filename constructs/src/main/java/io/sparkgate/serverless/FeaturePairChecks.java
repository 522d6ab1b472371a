package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import io.sparkgate.spark.Classification;
import io.sparkgate.spark.Feature;
import io.sparkgate.spark.FeatureTarget;
import io.sparkgate.spark.LakeFormation;
import io.sparkgate.spark.PythonEnvironment;
import io.sparkgate.spark.ReleaseLabel;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Features that write no key twice, and yet take something from each other. */
final class FeaturePairChecks {

  /** Of which an application has room for one; of most others two would clash key by key. */
  private static final List<Class<? extends Feature>> ONCE =
      List.of(PrometheusMetrics.class, PythonEnvironment.class);

  /** Since when Lake Formation reads Delta Lake and Hudi: AWS's user guide as it was in 2026. */
  private static final ReleaseLabel OTHER_FORMATS = ReleaseChecks.of("7.6.0");

  private final Findings findings;
  private final ApplicationSettings settings;
  private final FeatureTarget target;

  FeaturePairChecks(Findings findings, ApplicationSettings settings, FeatureTarget target) {
    this.findings = findings;
    this.settings = settings;
    this.target = target;
  }

  void check() {
    ONCE.forEach(this::checkOnce);
    checkMetrics();
    checkCredentials();
    checkFormats();
  }

  private void checkOnce(Class<? extends Feature> kind) {
    List<Feature> all = settings.features.stream().filter(kind::isInstance).toList();
    findings.errorIf(
        all.size() > 1,
        "with received %s more than once, but an application has room for one; keep one of them"
            .formatted(all.stream().findFirst().map(Feature::toString).orElse("")));
  }

  /** Hive has no settings of Spark's, and no metrics either. */
  private void checkMetrics() {
    settings.features.stream()
        .filter(PrometheusMetrics.class::isInstance)
        .forEach(
            metrics ->
                findings.errorIf(
                    settings.type instanceof ApplicationType.Hive,
                    "%s is for Spark, but type is %s; leave it out, or use ApplicationType.spark()"
                        .formatted(metrics, settings.type)));
  }

  /** Grants are asked for by the execution role, whose place another provider takes. */
  private void checkCredentials() {
    Optional<Feature> grants =
        saying("spark.hadoop.fs.s3.s3AccessGrants.enabled", "true"::equalsIgnoreCase);
    Optional<Feature> provider =
        saying("spark.hadoop.fs.s3.customAWSCredentialsProvider", value -> true);
    findings.errorIf(
        grants.isPresent() && provider.isPresent(),
        "with received %s and %s, and both say whose credentials S3 is asked with; leave one out"
            .formatted(grants.orElse(null), provider.orElse(null)));
  }

  private void checkFormats() {
    Optional<Feature> lake =
        settings.features.stream().filter(LakeFormation.class::isInstance).findFirst();
    Optional<Feature> format =
        saying(
            "spark.sql.catalog.spark_catalog",
            value -> value.contains(".delta.") || value.contains(".hudi."));
    findings.errorIf(
        lake.isPresent() && format.isPresent() && settings.releaseLabel.isBefore(OTHER_FORMATS),
        "with received %s and %s, which releaseLabel %s has not together; use %s or a later release, or leave one out"
            .formatted(
                lake.orElse(null), format.orElse(null), settings.releaseLabel, OTHER_FORMATS));
  }

  private Optional<Feature> saying(String key, Predicate<String> value) {
    return settings.features.stream()
        .filter(
            feature ->
                feature.settings(target).stream()
                    .map(Classification::properties)
                    .anyMatch(
                        properties ->
                            properties.containsKey(key) && value.test(properties.get(key))))
        .findFirst();
  }
}
