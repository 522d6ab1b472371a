package io.sparkgate.cluster;

import io.sparkgate.lifecycle.StopPolicy;
import io.sparkgate.network.SparkConnectNetwork;
import io.sparkgate.spark.ReleaseLabel;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/** What a cluster's builder collects, with all defaults. */
final class ClusterSettings {

  ReleaseLabel releaseLabel = ReleaseLabel.EMR_7_13_0;
  ClusterCapacity capacity = ClusterCapacity.upTo(8);
  @Nullable SparkConnectNetwork network;
  @Nullable IRole nodeRole;
  @Nullable IRole serviceRole;
  @Nullable IKey encryptionKey;
  @Nullable IBucket logBucket;
  final Map<String, String> serverSettings = new TreeMap<>();
  @Nullable Duration idleTermination;
  int generation = 1;
  int restart = 0;
  StopPolicy onDelete = StopPolicy.refuse();
  @Nullable Path server;

  /** The network that was given, or one made below the cluster. */
  SparkConnectNetwork network(Construct scope) {
    return network == null
        ? SparkConnectNetwork.Builder.create(scope, "Network").forClusters().build()
        : network;
  }
}
