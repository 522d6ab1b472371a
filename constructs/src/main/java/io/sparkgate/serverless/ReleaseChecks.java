package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import io.sparkgate.spark.ReleaseLabel;
import software.amazon.awscdk.Token;

/** Sessions need a release. */
final class ReleaseChecks {

  private static final ReleaseLabel FIRST = ReleaseLabel.EMR_7_13_0;

  private ReleaseChecks() {}

  static void check(Findings findings, ReleaseLabel release) {
    findings.errorIf(
        release.isBefore(FIRST),
        "releaseLabel %s has no Spark Connect sessions; use %s or a later release"
            .formatted(release, FIRST));
    findings.warnIf(
        !release.isNumbered() && !Token.isUnresolved(release.getLabel()),
        "unknownRelease",
        """
        releaseLabel %s does not start with emr-x.y.z, so it cannot be compared with %s, the first \
        release with sessions; make sure that it has them"""
            .formatted(release, FIRST));
  }
}
