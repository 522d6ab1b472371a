package io.sparkgate.app;

import io.sparkgate.cluster.ClusterCapacity;
import io.sparkgate.cluster.SparkConnectCluster;
import io.sparkgate.spark.ReleaseLabel;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.services.ec2.InstanceType;

/**
 * What the section {@code cluster} says of the nodes; what is left out has its construct's default.
 */
final class ClusterSettings {

  /** Behind the name of an environment: what people connect to. */
  static final String SUFFIX = "-cluster";

  private static final int NODES = 8;
  private static final String INSTANCE_TYPE = "[a-z0-9-]+\\.[a-z0-9-]+";

  private ClusterSettings() {}

  /** Whether there is no serverless application beside it. */
  static boolean isOnly(Settings cluster) {
    return cluster.flag("only");
  }

  static void hand(Settings settings, SparkConnectCluster.Builder cluster) {
    settings
        .text("releaseLabel", "emr-.+", "an EMR release such as \"emr-7.13.0\"")
        .map(label -> settings.make(() -> ReleaseLabel.of(label)))
        .ifPresent(cluster::releaseLabel);
    cluster.capacity(capacity(settings));
    OptionalInt idle = settings.whole("idleTerminationMinutes");
    if (idle.isPresent()) {
      cluster.idleTermination(Duration.minutes(idle.getAsInt()));
    }
    OptionalInt generation = settings.whole("generation");
    if (generation.isPresent()) {
      cluster.generation(generation.getAsInt());
    }
    OptionalInt restart = settings.whole("restart");
    if (restart.isPresent()) {
      cluster.restart(restart.getAsInt());
    }
    PlatformSettings.stopPolicy(settings, "onDelete").ifPresent(cluster::onDelete);
  }

  private static ClusterCapacity capacity(Settings settings) {
    int nodes = settings.whole("maxNodes").orElse(NODES);
    boolean spot = settings.flag("spotTasks");
    Optional<InstanceType> primary = type(settings, "primaryInstanceType");
    Optional<InstanceType> node = type(settings, "nodeInstanceType");
    OptionalInt driver = settings.whole("driverMemoryGb");
    return settings.make(
        () -> {
          ClusterCapacity capacity = ClusterCapacity.upTo(nodes);
          capacity = spot ? capacity.spotTasks() : capacity;
          capacity = primary.isPresent() ? capacity.primaryTypes(primary.get()) : capacity;
          capacity = node.isPresent() ? capacity.nodeTypes(node.get()) : capacity;
          return driver.isPresent()
              ? capacity.driverMemory(Size.gibibytes(driver.getAsInt()))
              : capacity;
        });
  }

  private static Optional<InstanceType> type(Settings settings, String name) {
    return settings
        .text(name, INSTANCE_TYPE, "an instance type of EC2 such as \"m7g.2xlarge\"")
        .map(InstanceType::new);
  }
}
