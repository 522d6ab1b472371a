package io.sparkgate.spark;

import software.constructs.Construct;

/**
 * What a feature may ask of the application that gets it.
 *
 * @param application the construct
 * @param releaseLabel its release
 * @param architecture the processor of its workers
 * @param takesSessions whether it takes Spark Connect sessions
 */
public record FeatureTarget(
    Construct application,
    ReleaseLabel releaseLabel,
    CpuArchitecture architecture,
    boolean takesSessions) {}
