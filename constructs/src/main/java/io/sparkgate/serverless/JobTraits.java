package io.sparkgate.serverless;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Ordered;
import java.util.Map;
import java.util.Optional;

/**
 * What an application must know of a job to say whether it can run it.
 *
 * @param conf settings of Spark that the job brings
 * @param logs where the run logs instead; empty for the logs of the application
 * @param isStreaming whether its mode is STREAMING
 * @param hasRetryPolicy whether it says how often it is tried
 */
public record JobTraits(
    Map<String, String> conf, Optional<Logs> logs, boolean isStreaming, boolean hasRetryPolicy) {

  /**
   * Keeps the settings in the order of their keys.
   *
   * @param conf settings of Spark that the job brings
   * @param logs where the run logs instead; empty for the logs of the application
   * @param isStreaming whether its mode is STREAMING
   * @param hasRetryPolicy whether it says how often it is tried
   */
  public JobTraits {
    conf = Ordered.sorted(conf);
    requireNonNull(logs, "logs");
  }
}
