package io.sparkgate.cluster;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Known;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.services.ec2.InstanceType;

/**
 * How large a cluster may become, and of what. Nodes beside the primary come and go with what
 * queries ask for, one at the least; how many there may be changes in place, what they are does
 * not.
 *
 * <p>The primary node runs the driver of everybody's sessions, and is paid for as long as the
 * cluster is there, with one core node.
 */
public final class ClusterCapacity {

  private static final int MOST = 500;
  private static final long SMALLEST_DRIVER_MIB = 1024;

  private final int nodes;
  private final boolean spotTasks;
  private final List<String> primary;
  private final List<String> core;
  private final long driverMib;

  private ClusterCapacity(
      int nodes, boolean spotTasks, List<String> primary, List<String> core, long driverMib) {
    this.nodes = nodes;
    this.spotTasks = spotTasks;
    this.primary = primary;
    this.core = core;
    this.driverMib = driverMib;
  }

  /**
   * Grows to so many nodes beside the primary: m7g.xlarge, on demand, with a driver of 16 GiB on an
   * m7g.2xlarge. Of each the type before it (m6g) is taken where EC2 has no more of the first.
   *
   * @param nodes 1 to 500
   * @return the capacity
   * @throws IllegalArgumentException if it is not
   */
  public static ClusterCapacity upTo(int nodes) {
    Known.number("ClusterCapacity.upTo: nodes", nodes);
    if (nodes < 1 || nodes > MOST) {
      throw new IllegalArgumentException(
          "ClusterCapacity.upTo: nodes received %s, but takes 1 to %s".formatted(nodes, MOST));
    }
    return new ClusterCapacity(
        nodes,
        false,
        List.of("m7g.2xlarge", "m6g.2xlarge"),
        List.of("m7g.xlarge", "m6g.xlarge"),
        16 * 1024);
  }

  /**
   * Takes all nodes but the first core node from the spot market, as task nodes, which hold no
   * data: EC2 may take them back at any time, and Spark repeats what they did. Default: on demand.
   *
   * @return the capacity with it
   * @throws IllegalArgumentException if there is no more than one node
   */
  public ClusterCapacity spotTasks() {
    if (nodes < 2) {
      throw new IllegalArgumentException(
          """
          ClusterCapacity.spotTasks: received a capacity of 1 node, which is the core node; ask for \
          ClusterCapacity.upTo(2) or more\
          """);
    }
    return new ClusterCapacity(nodes, true, primary, core, driverMib);
  }

  /**
   * Sets what the primary node may be. Default: m7g.2xlarge, m6g.2xlarge.
   *
   * @param types the first is wanted most; 1 to 5, of one processor
   * @return the capacity with it
   * @throws IllegalArgumentException if there are none or more, or of both processors
   */
  public ClusterCapacity primaryTypes(InstanceType... types) {
    return new ClusterCapacity(nodes, spotTasks, names("primaryTypes", types), core, driverMib);
  }

  /**
   * Sets what core and task nodes may be. Default: m7g.xlarge, m6g.xlarge.
   *
   * @param types the first is wanted most; 1 to 5, of one processor
   * @return the capacity with it
   * @throws IllegalArgumentException if there are none or more, or of both processors
   */
  public ClusterCapacity nodeTypes(InstanceType... types) {
    return new ClusterCapacity(nodes, spotTasks, primary, names("nodeTypes", types), driverMib);
  }

  /**
   * Sets the memory of the driver, which all sessions share. Default: 16 GiB.
   *
   * @param driverMemory 1 GiB or more, whole MiB
   * @return the capacity with it
   * @throws IllegalArgumentException if it is not, or is a token
   */
  public ClusterCapacity driverMemory(Size driverMemory) {
    if (requireNonNull(driverMemory, "driverMemory").isUnresolved()) {
      throw new IllegalArgumentException(
          "ClusterCapacity.driverMemory:" + Known.received("a size"));
    }
    long mib = driverMemory.toMebibytes().longValue();
    if (mib < SMALLEST_DRIVER_MIB) {
      throw new IllegalArgumentException(
          "ClusterCapacity.driverMemory: received %s MiB, but takes %s MiB or more"
              .formatted(mib, SMALLEST_DRIVER_MIB));
    }
    return new ClusterCapacity(nodes, spotTasks, primary, core, mib);
  }

  private static List<String> names(String setter, InstanceType... types) {
    if (types.length < 1 || types.length > 5) {
      throw new IllegalArgumentException(
          "ClusterCapacity.%s: received %s types, but takes 1 to 5, as an instance fleet does"
              .formatted(setter, types.length));
    }
    List<String> names = Stream.of(types).map(InstanceType::toString).toList();
    if (Stream.of(types).map(InstanceType::getArchitecture).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "ClusterCapacity.%s: received %s, which are of two processors; use types of one"
              .formatted(setter, String.join(", ", names)));
    }
    return names;
  }

  int nodes() {
    return nodes;
  }

  boolean usesSpot() {
    return spotTasks;
  }

  List<String> primaryNames() {
    return primary;
  }

  List<String> nodeNames() {
    return core;
  }

  long driverMib() {
    return driverMib;
  }
}
