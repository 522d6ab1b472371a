package io.sparkgate.function.cluster.reaper;

import io.sparkgate.function.cluster.Clusters;
import io.sparkgate.function.reaper.Decision;
import io.sparkgate.function.reaper.Decision.Verdict;
import io.sparkgate.function.reaper.KeepTag;
import io.sparkgate.function.reaper.Listed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which clusters have to go. Knows neither the services nor a clock: the same cluster at the same
 * moment gets the same decision.
 */
record ClusterRule(Duration idleLimit, KeepTag keepTag) {

  private static final String NAME = "idle";

  /**
   * How far back to look for requests: as long as a tag that cannot be read may protect, from when
   * the cluster was due.
   */
  Duration window() {
    return idleLimit.plus(KeepTag.GRACE);
  }

  /**
   * For how long nobody has sent the cluster a request; no longer than it has been up.
   *
   * @param lastRequest empty where there was none in the {@link #window}
   */
  Optional<Duration> idle(Clusters.Seen cluster, Optional<Instant> lastRequest, Instant now) {
    return Optional.ofNullable(cluster.readyAt())
        .map(
            ready -> {
              Instant since = lastRequest.filter(last -> last.isAfter(ready)).orElse(ready);
              return Listed.between(since, now);
            });
  }

  Decision decide(Clusters.Seen cluster, Optional<Instant> lastRequest, Instant now) {
    if (!cluster.isUp()) {
      return Decision.keep("a cluster in state " + cluster.state() + " is never touched");
    }
    Optional<Duration> idle = idle(cluster, lastRequest, now);
    if (idle.isEmpty()) {
      return new Decision(
          Verdict.UNKNOWN,
          NAME,
          idleLimit,
          Duration.ZERO,
          "since when it has been up is not known, so neither is for how long it was idle");
    }
    Decision decision =
        Decision.measured(NAME, "without a request", idle.get(), idleLimit, note(lastRequest));
    if (decision.verdict() == Verdict.TERMINATE && cluster.terminationProtected()) {
      return decision.exempt(
          "protected by EMR's own termination protection; turn that off, or take the cluster out of"
              + " what this function watches");
    }
    return keepTag.apply(decision, cluster.tags(), now);
  }

  private static String note(Optional<Instant> lastRequest) {
    return lastRequest.isPresent() ? "" : ", none was seen";
  }
}
