package io.sparkgate.function.cluster.reaper;

import io.sparkgate.function.reaper.Decision;
import java.time.Duration;
import java.util.Optional;

/**
 * What was seen of a cluster, and decided on it.
 *
 * @param idle for how long it was; empty where that is not known
 */
record Look(String clusterId, String state, Optional<Duration> idle, Decision decision) {}
