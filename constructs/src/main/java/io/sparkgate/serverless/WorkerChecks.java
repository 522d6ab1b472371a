package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Workers that the table of this library does not have: the service may by now. */
final class WorkerChecks {

  private static final String ID = "unknownWorkerSize";

  private WorkerChecks() {}

  static void checkNeeds(Findings findings, SparkConf conf) {
    List<WorkerNeed> large =
        Stream.of(conf.driver(), conf.executor())
            .flatMap(need -> need.stream())
            .filter(need -> WorkerSize.smallestWith(need.cores(), need.memoryGb()).isEmpty())
            .toList();
    findings.warnIf(
        !large.isEmpty(),
        ID,
        """
        sparkDefaults: %s, more than 16 vCPU and 120 GB, overhead included, the largest worker \
        that this library knows; ask for less, or acknowledge this if the service has larger ones \
        by now"""
            .formatted(
                large.stream()
                    .map(need -> "a " + need.role() + " needs " + need)
                    .collect(Collectors.joining(", and "))));
  }

  static void checkPool(Findings findings, WarmPool pool) {
    List<String> unknown =
        Stream.of(pool.driverSize(), pool.executorSize())
            .filter(size -> !size.isKnown())
            .map(WorkerSize::toString)
            .distinct()
            .toList();
    findings.warnIf(
        !unknown.isEmpty(),
        ID,
        """
        warmPool has workers of %s, which this library does not know (%s); use one of these, or \
        acknowledge this if the service has it by now"""
            .formatted(String.join(" and ", unknown), WorkerShape.table()));
  }
}
