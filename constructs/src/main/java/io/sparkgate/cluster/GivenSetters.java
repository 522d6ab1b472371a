package io.sparkgate.cluster;

import static java.util.Objects.requireNonNull;

import io.sparkgate.network.SparkConnectNetwork;
import java.nio.file.Path;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.s3.IBucket;

/** The setters of what a cluster may be given and makes itself otherwise. */
abstract class GivenSetters<B extends GivenSetters<B>> {

  final ClusterSettings settings = new ClusterSettings();

  abstract B self();

  /**
   * Sets where the nodes run. Default: a new network without a way out, see {@link
   * SparkConnectNetwork.Builder#forClusters}.
   *
   * @param network one that was made {@code forClusters()}
   * @return this builder
   */
  public B network(SparkConnectNetwork network) {
    settings.network = requireNonNull(network, "network");
    return self();
  }

  /**
   * Sets the role that nodes and queries act as. What the nodes need is added to it, and an
   * instance profile made. Default: a new role.
   *
   * @param nodeRole of this account, trusted by ec2.amazonaws.com
   * @return this builder
   */
  public B nodeRole(IRole nodeRole) {
    settings.nodeRole = requireNonNull(nodeRole, "nodeRole");
    return self();
  }

  /**
   * Sets the role that EMR acts as. Permission to pass the node role and to use the key is added to
   * it. Default: a new role.
   *
   * @param serviceRole of this account, trusted by elasticmapreduce.amazonaws.com, with AWS's
   *     policy AmazonEMRServicePolicy_v2
   * @return this builder
   */
  public B serviceRole(IRole serviceRole) {
    settings.serviceRole = requireNonNull(serviceRole, "serviceRole");
    return self();
  }

  /**
   * Sets the key of the nodes' disks. Default: a new one, deleted with the cluster.
   *
   * @param encryptionKey one whose policy lets IAM decide, as the CDK's do
   * @return this builder
   */
  public B encryptionKey(IKey encryptionKey) {
    settings.encryptionKey = requireNonNull(encryptionKey, "encryptionKey");
    return self();
  }

  /**
   * Sets the jar of the server, for a Spark that needs another than the one this library brings.
   * Default: spark-connect_2.12 3.5.7, which serves Spark 3.5; Spark 4 brings its own.
   *
   * @param server a file
   * @return this builder
   */
  public B server(Path server) {
    settings.server = requireNonNull(server, "server");
    return self();
  }

  /**
   * Sets where EMR keeps the logs of steps and nodes. Default: a new bucket that keeps them for 90
   * days.
   *
   * @param logBucket of this Region
   * @return this builder
   */
  public B logBucket(IBucket logBucket) {
    settings.logBucket = requireNonNull(logBucket, "logBucket");
    return self();
  }
}
