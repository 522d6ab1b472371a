package io.sparkgate.function.cluster.reaper;

import io.sparkgate.border.Configuration;
import io.sparkgate.function.ConfigObject;
import io.sparkgate.function.reaper.KeepTag;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the function is told, in one JSON document. There are no defaults: what it must say is
 * required.
 *
 * @param clusters to look at, in order
 * @param idleLimit after so long without a request a cluster has to go
 * @param maxTerminations per sweep
 * @param dryRun whether to stop short of terminating
 * @param document the document itself, for the record of each sweep
 */
record ClusterReaperConfig(
    List<Watched> clusters,
    Duration idleLimit,
    KeepTag keepTag,
    int maxTerminations,
    boolean dryRun,
    Map<?, ?> document) {

  /** The environment variable that carries the document. */
  static final String VARIABLE = Configuration.CLUSTER_REAPER;

  /** A query that runs is one request in each of these at least. */
  static final int MIN_MINUTES = 5;

  static final int MAX_MINUTES = 10_080;
  static final int MAX_TERMINATIONS = 1_000;

  private static final Pattern CLUSTER_ID = Pattern.compile("j-[0-9A-Z]{1,62}");
  private static final Pattern TARGET_GROUP_ARN =
      Pattern.compile("arn:[^ ]{1,200}:targetgroup/[A-Za-z0-9-]{1,32}/[0-9a-f]{1,32}");
  private static final Pattern TAG_KEY = Pattern.compile("[A-Za-z0-9 /_.:=+@-]{1,128}");

  private static final List<String> FIELDS =
      List.of(
          Configuration.CLUSTERS,
          Configuration.IDLE_MINUTES,
          Configuration.KEEP_TAG,
          Configuration.MAX_TERMINATIONS,
          Configuration.DRY_RUN);

  /** A cluster, and the target group through which requests come to it. */
  record Watched(String clusterId, String targetGroupArn) {}

  /**
   * Reads the document.
   *
   * @throws IllegalArgumentException with one sentence on the first thing that is wrong
   */
  static ClusterReaperConfig parse(@Nullable String text) {
    ConfigObject config = ConfigObject.parse(VARIABLE, text, FIELDS);
    return new ClusterReaperConfig(
        config
            .objects(
                Configuration.CLUSTERS,
                List.of(Configuration.CLUSTER_ID, Configuration.TARGET_GROUP_ARN))
            .stream()
            .map(
                each ->
                    new Watched(
                        each.text(Configuration.CLUSTER_ID, CLUSTER_ID),
                        each.text(Configuration.TARGET_GROUP_ARN, TARGET_GROUP_ARN)))
            .toList(),
        Duration.ofMinutes(config.whole(Configuration.IDLE_MINUTES, MIN_MINUTES, MAX_MINUTES)),
        new KeepTag(config.text(Configuration.KEEP_TAG, TAG_KEY)),
        config.whole(Configuration.MAX_TERMINATIONS, 1, MAX_TERMINATIONS),
        config.flag(Configuration.DRY_RUN),
        config.values());
  }
}
