package io.sparkgate.watch;

import static io.sparkgate.internal.Minutes.minutes;
import static io.sparkgate.internal.Minutes.shown;
import static io.sparkgate.internal.Minutes.wholeMinutesUpTo;

import io.sparkgate.access.SessionTags;
import io.sparkgate.border.Configuration;
import io.sparkgate.internal.Known;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awscdk.Duration;

/**
 * When a cluster is terminated for want of requests, and when never.
 *
 * <p>Requests are those that its endpoint's load balancer passed on; a query that runs is one every
 * two minutes at least. Work that came through a tunnel is none, nor is a job that runs beside the
 * server. The tag {@link SessionTags#KEEP_UNTIL} on the cluster protects it until the time in its
 * value; where that cannot be read, for 4 hours from when the cluster was due. So does EMR's own
 * termination protection, for as long as it is on. Each method returns a new policy.
 */
public final class ClusterIdlePolicy {

  /** As long as two streams of the server and what CloudWatch is late. */
  private static final int SHORTEST_MINUTES = 5;

  private static final int LONGEST_MINUTES = 7 * 24 * 60;
  private static final int MOST_TERMINATIONS = 1000;

  private final Duration idleLimit;
  private final int maxTerminations;
  private final boolean dryRun;

  private ClusterIdlePolicy(Duration idleLimit, int maxTerminations, boolean dryRun) {
    this.idleLimit = idleLimit;
    this.maxTerminations = maxTerminations;
    this.dryRun = dryRun;
  }

  /**
   * Terminates clusters that got no request for this long, and have been up for so long.
   *
   * @param idleLimit whole minutes, 5 to 10,080, which is a week
   * @return the policy
   * @throws IllegalArgumentException if it is anything else
   */
  public static ClusterIdlePolicy terminateAfter(Duration idleLimit) {
    if (idleLimit.isUnresolved()) {
      throw new IllegalArgumentException(
          "ClusterIdlePolicy: terminateAfter" + Known.received("a duration"));
    }
    if (!wholeMinutesUpTo(LONGEST_MINUTES, idleLimit) || minutes(idleLimit) < SHORTEST_MINUTES) {
      throw new IllegalArgumentException(
          ("ClusterIdlePolicy: terminateAfter received %s minutes, but takes whole minutes from %d,"
                  + " in which every query is a request, to %d, a week; use one such as"
                  + " Duration.minutes(60)")
              .formatted(shown(idleLimit), SHORTEST_MINUTES, LONGEST_MINUTES));
    }
    return new ClusterIdlePolicy(idleLimit, 5, false);
  }

  /**
   * What a reaper does that was told no policy: terminates clusters that got no request for an
   * hour.
   *
   * @return the policy
   */
  public static ClusterIdlePolicy standard() {
    return terminateAfter(Duration.minutes(60));
  }

  /**
   * Caps how many clusters one sweep terminates, the idlest first. Default: 5.
   *
   * @param maxTerminations 1 to 1000
   * @return a new policy
   * @throws IllegalArgumentException if it is anything else
   */
  public ClusterIdlePolicy maxTerminations(int maxTerminations) {
    if (maxTerminations < 1 || maxTerminations > MOST_TERMINATIONS) {
      throw new IllegalArgumentException(
          ("ClusterIdlePolicy: maxTerminations received %d, but takes 1 to %d; to terminate nothing"
                  + " use dryRun()")
              .formatted(maxTerminations, MOST_TERMINATIONS));
    }
    return new ClusterIdlePolicy(idleLimit, maxTerminations, dryRun);
  }

  /**
   * Decides and reports like ever, and terminates nothing.
   *
   * @return a new policy
   */
  public ClusterIdlePolicy dryRun() {
    return new ClusterIdlePolicy(idleLimit, maxTerminations, true);
  }

  Duration idleLimit() {
    return idleLimit;
  }

  /** The policy in the words of the function's configuration. */
  Map<String, Object> toConfiguration() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(Configuration.IDLE_MINUTES, minutes(idleLimit));
    json.put(Configuration.KEEP_TAG, SessionTags.KEEP_UNTIL);
    json.put(Configuration.MAX_TERMINATIONS, maxTerminations);
    json.put(Configuration.DRY_RUN, dryRun);
    return json;
  }
}
