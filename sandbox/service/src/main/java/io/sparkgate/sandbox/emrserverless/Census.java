package io.sparkgate.sandbox.emrserverless;

import java.util.List;
import java.util.Map;

/**
 * An application at a moment, as the service's own metrics see it.
 *
 * @param name empty when it has none
 * @param started whether it is STARTED
 * @param maximumCpu vCPU that it may have; negative where it has no limit, as the two others
 * @param groups one for each type and way, also where there are none
 * @param jobRuns how many are in each state
 */
public record Census(
    String applicationId,
    String name,
    boolean started,
    long maximumCpu,
    long maximumMemoryGb,
    long maximumDiskGb,
    List<WorkerGroup> groups,
    Map<String, Long> jobRuns) {}
