package io.sparkgate.spark;

import java.util.List;
import java.util.Map;

/** Settings of Spark itself, in the classification that all of Spark reads. */
final class SparkDefaults {

  private SparkDefaults() {}

  static List<Classification> of(Map<String, String> settings) {
    return List.of(Classification.of("spark-defaults", settings));
  }

  /** Says that sessions do not support a feature; empty if the application takes none. */
  static List<String> inSessions(FeatureTarget target, Feature feature) {
    return target.takesSessions()
        ? List.of(
            "%s is not supported by sessions; use ApplicationType.spark().withoutSessions(), or leave it out"
                .formatted(feature))
        : List.of();
  }

  /** Says that a release does not have a feature yet; empty if it has, or is not known. */
  static List<String> before(String first, FeatureTarget target, Feature feature) {
    ReleaseLabel needed = ReleaseLabel.of("emr-" + first);
    return target.releaseLabel().isBefore(needed)
        ? List.of(
            "releaseLabel %s has no %s; use %s or a later release"
                .formatted(target.releaseLabel(), feature, needed))
        : List.of();
  }
}
