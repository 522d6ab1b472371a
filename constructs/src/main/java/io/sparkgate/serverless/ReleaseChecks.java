package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import software.amazon.awscdk.Token;

/** Sessions need a release. */
final class ReleaseChecks {

  private static final ReleaseLabel FIRST = ReleaseLabel.EMR_7_13_0;

  private ReleaseChecks() {}

  static void check(Findings findings, ReleaseLabel release) {
    var first = FIRST.version().orElseThrow();
    findings.errorIf(
        release.version().filter(version -> version.isBefore(first)).isPresent(),
        () ->
            "releaseLabel "
                + release
                + " has no Spark Connect sessions; use "
                + FIRST
                + " or a later release");
    findings.warnIf(
        release.version().isEmpty() && !Token.isUnresolved(release.getLabel()),
        "unknownRelease",
        () ->
            "releaseLabel "
                + release
                + " does not start with emr-x.y.z, so it cannot be compared with "
                + FIRST
                + ", the first release with sessions; make sure that it has them");
  }
}
