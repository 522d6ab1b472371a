package io.sparkgate.function.cluster.reaper;

import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.cluster.Clusters;
import io.sparkgate.function.cluster.Usage;
import io.sparkgate.function.cluster.reaper.ClusterReaperConfig.Watched;
import io.sparkgate.function.cluster.reaper.ClusterReport.Outcome;
import io.sparkgate.function.reaper.Decision;
import io.sparkgate.function.reaper.Decision.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One round over all clusters: looks at each, then ends those that are due, the idlest first. */
final class ClusterSweep {

  private final ClusterReaperConfig config;
  private final ClusterRule rule;
  private final Clusters clusters;
  private final Usage usage;
  private final Clock clock;
  private final ClusterReport report;

  ClusterSweep(
      ClusterReaperConfig config,
      Clusters clusters,
      Usage usage,
      Clock clock,
      ClusterReport report) {
    this.config = config;
    this.rule = new ClusterRule(config.idleLimit(), config.keepTag());
    this.clusters = clusters;
    this.usage = usage;
    this.clock = clock;
    this.report = report;
  }

  void run() {
    Map<Watched, Duration> due = new LinkedHashMap<>();
    for (Watched watched : config.clusters()) {
      look(watched)
          .ifPresent(
              look -> {
                if (look.decision().verdict() == Verdict.TERMINATE) {
                  due.put(watched, look.decision().overdue());
                } else {
                  report.decided(look, kept(look.decision()));
                }
              });
    }
    int[] left = {config.maxTerminations()};
    due.entrySet().stream()
        .sorted(Map.Entry.<Watched, Duration>comparingByValue(Comparator.reverseOrder()))
        .forEach(
            each -> {
              if (end(each.getKey(), left[0] > 0)) {
                left[0]--;
              }
            });
  }

  /** What is to be seen of a cluster now; empty where that was told already. */
  private Optional<Look> look(Watched watched) {
    String id = watched.clusterId();
    try {
      Optional<Clusters.Seen> found = clusters.look(id);
      if (found.isEmpty()) {
        report.gone(id);
        return Optional.empty();
      }
      Clusters.Seen cluster = found.get();
      Instant now = clock.instant();
      Optional<Instant> last =
          cluster.isUp()
              ? usage.lastRequest(watched.targetGroupArn(), rule.window(), now)
              : Optional.empty();
      return Optional.of(
          new Look(
              id,
              cluster.state(),
              cluster.isUp() ? rule.idle(cluster, last, now) : Optional.empty(),
              rule.decide(cluster, last, now)));
    } catch (ServiceCallException e) {
      report.failed(id, "it could not be looked at, and is kept", e);
      return Optional.empty();
    }
  }

  /** Ends a cluster if it still is due. Whether one termination of the cap was used for it. */
  private boolean end(Watched watched, boolean allowed) {
    Optional<Look> again = look(watched);
    if (again.isEmpty()) {
      return false;
    }
    Look look = again.get();
    if (look.decision().verdict() != Verdict.TERMINATE) {
      report.decided(look, kept(look.decision()));
      return false;
    }
    if (!allowed) {
      report.decided(look, Outcome.LEFT);
      return false;
    }
    if (config.dryRun()) {
      report.decided(look, Outcome.WOULD_TERMINATE);
      return true;
    }
    try {
      clusters.terminate(watched.clusterId());
      report.decided(look, Outcome.TERMINATED);
    } catch (ServiceCallException e) {
      report.failed(
          watched.clusterId(), "it could not be terminated: " + look.decision().reason(), e);
    }
    return true;
  }

  private static Outcome kept(Decision decision) {
    return switch (decision.verdict()) {
      case EXEMPT -> Outcome.EXEMPT;
      case UNKNOWN -> Outcome.UNKNOWN;
      case KEEP, TERMINATE -> Outcome.KEPT;
    };
  }
}
