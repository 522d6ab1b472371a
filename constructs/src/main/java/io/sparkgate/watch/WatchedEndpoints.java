package io.sparkgate.watch;

import static java.util.Objects.requireNonNull;

import io.sparkgate.cluster.SparkConnectEndpoint;
import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** The endpoints of the clusters that a construct watches, in order. */
final class WatchedEndpoints {

  /** What the 4 KB of variables hold that a function may have: an id and an ARN for each. */
  private static final int MOST = 20;

  private final List<SparkConnectEndpoint> endpoints = new ArrayList<>();

  void add(SparkConnectEndpoint endpoint) {
    endpoints.add(requireNonNull(endpoint, "endpoint"));
  }

  /**
   * Each once.
   *
   * @throws IllegalArgumentException if there is none, one of another account or Region, a cluster
   *     with two, or more than 20
   */
  List<SparkConnectEndpoint> of(Construct watcher) {
    Findings findings = new Findings(watcher);
    findings.errorIf(
        endpoints.isEmpty(),
        "watch received no endpoint, but takes one or more; call watch(endpoint)");
    List<SparkConnectEndpoint> each = endpoints.stream().distinct().toList();
    findings.errorIf(
        each.size() > MOST,
        "watch received %s endpoints, but takes %s; watch the rest with another reaper"
            .formatted(each.size(), MOST));
    Place here = Place.of(Stack.of(watcher));
    Map<String, SparkConnectEndpoint> byCluster = new TreeMap<>();
    for (SparkConnectEndpoint endpoint : each) {
      Place there = Place.of(Stack.of(endpoint));
      findings.errorIf(
          there.differsFrom(here),
          () ->
              """
          watch received %s of %s, but takes only endpoints of its own account and Region, %s; \
          watch it from a stack there"""
                  .formatted(endpoint.getNode().getPath(), there, here));
      SparkConnectEndpoint other =
          byCluster.putIfAbsent(endpoint.getCluster().getClusterId(), endpoint);
      findings.errorIf(
          other != null,
          () ->
              """
          watch received %s and %s, two endpoints of one cluster, which would be terminated when \
          one of them gets no requests; leave its reaping to idleTermination of the cluster"""
                  .formatted(
                      other == null ? "" : other.getNode().getPath(),
                      endpoint.getNode().getPath()));
    }
    return each;
  }
}
