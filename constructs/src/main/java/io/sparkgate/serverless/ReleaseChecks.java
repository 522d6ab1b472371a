package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Tokens;
import io.sparkgate.spark.CpuArchitecture;
import io.sparkgate.spark.ReleaseLabel;
import java.util.ArrayList;
import java.util.List;

/** Everything needs a release. What features need, they say themselves. */
final class ReleaseChecks {

  private static final ReleaseLabel FIRST = ReleaseLabel.EMR_7_13_0;

  private ReleaseChecks() {}

  static void check(Findings findings, ApplicationSettings settings) {
    ReleaseLabel release = settings.releaseLabel;
    boolean sessions = settings.type.takesSessions();
    findings.errorIf(
        sessions && release.isBefore(FIRST),
        "releaseLabel %s has no Spark Connect sessions; use %s or a later release"
            .formatted(release, FIRST));
    findings.warnIf(
        sessions && !release.isNumbered() && !Tokens.isUnresolved(release.getLabel()),
        "unknownRelease",
        """
        releaseLabel %s does not start with emr-x.y.z, so it cannot be compared with %s, the first \
        release with sessions; make sure that it has them"""
            .formatted(release, FIRST));
    for (Need need : needs(settings)) {
      findings.errorIf(
          release.isBefore(need.first),
          "releaseLabel %s has no %s; use %s or a later release"
              .formatted(release, need.what, need.first));
    }
  }

  static ReleaseLabel of(String version) {
    return ReleaseLabel.of("emr-" + version);
  }

  /** First releases, from the user guide as it was in 2024, and of identities in 2026. */
  private static List<Need> needs(ApplicationSettings settings) {
    List<Need> needs = new ArrayList<>();
    needs.add(new Need("EMR Serverless", of("6.6.0")));
    if (settings.architecture == CpuArchitecture.ARM64) {
      needs.add(new Need("workers with architecture ARM64", of("6.9.0")));
    }
    if (settings.images().isPresent()) {
      needs.add(new Need("images of one's own", of("6.9.0")));
    }
    if (settings.type.takesLivy()) {
      needs.add(new Need("Livy endpoint", of("6.14.0")));
    }
    if (settings.type.takesStudio()) {
      needs.add(new Need("kernels for EMR Studio", of("6.14.0")));
    }
    if (settings.jobQueue().filter(queue -> !queue.isOff()).isPresent()) {
      needs.add(new Need("job queue", of("7.0.0")));
    }
    if (settings.warmPool().filter(WarmPool::isShuffleOptimized).isPresent()
        || settings.runtime.classifications().stream()
            .anyMatch(of -> Disk.isShuffleOptimizedIn(of.properties()))) {
      needs.add(new Need("shuffle-optimized disks", of("7.1.0")));
    }
    if (settings.type.identityCenterInstance().isPresent()) {
      needs.add(new Need("trusted identity propagation", of("7.8.0")));
    }
    return needs;
  }

  private record Need(String what, ReleaseLabel first) {}
}
