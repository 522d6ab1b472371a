package io.sparkgate.sandbox.cluster;

import io.sparkgate.sandbox.emrserverless.SandboxClock;
import io.sparkgate.sandbox.iam.Action;
import io.sparkgate.sandbox.spark.SessionMemory;
import io.sparkgate.sandbox.spark.WorkerPython;
import io.sparkgate.sandbox.template.ClusterBlueprint;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a cluster on this machine is made of.
 *
 * @param directory its own, which it makes anew
 * @param javaHome of a JDK 17
 * @param memory of the server at most
 * @param python of people's functions
 * @param clock that idle times go by
 * @param conf more settings of Spark, private to the cluster; asked when it starts
 * @param denial why the node's role may not do something, in AWS's words; empty where it may
 * @param secrets the values of secrets by their ARNs
 */
public record ClusterSettings(
    ClusterBlueprint cluster,
    Path directory,
    Path javaHome,
    SessionMemory memory,
    WorkerPython python,
    SandboxClock clock,
    Supplier<Map<String, String>> conf,
    Function<Action, Optional<String>> denial,
    Map<String, String> secrets) {}
