package io.sparkgate.cluster;

import static java.util.Map.entry;

import io.sparkgate.internal.ClosedBucket;
import io.sparkgate.internal.Ordered;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Names;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.emr.CfnSecurityConfiguration;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/**
 * Where a cluster's logs go, and what encrypts its disks.
 *
 * @param prefix of the logs in the bucket, with a slash at the end
 */
record ClusterStores(IBucket logs, String prefix, IKey key) {

  /**
   * A bucket that was given may be that of many clusters, whose nodes must not write over others'.
   */
  static ClusterStores of(Construct scope, @Nullable IBucket logs, @Nullable IKey key) {
    return new ClusterStores(
        logs == null ? ClosedBucket.in(scope, "Logs", Duration.days(90), null) : logs,
        logs == null ? "emr/" : "emr/" + Names.uniqueId(scope) + "/",
        key == null ? key(scope) : key);
  }

  String logUri() {
    return logs.s3UrlForObject(prefix);
  }

  String logObjects() {
    return logs.arnForObjects(prefix + "*");
  }

  /** Encrypted disks, and no credentials of the node for who only makes it fetch a URL. */
  CfnSecurityConfiguration securityConfiguration(Construct scope) {
    Map<String, Object> disks =
        Ordered.map(
            entry("EncryptionKeyProviderType", "AwsKms"),
            entry("AwsKmsKey", key.getKeyArn()),
            entry("EnableEbsEncryption", true));
    Map<String, Object> encryption =
        Ordered.map(
            entry("EnableInTransitEncryption", false),
            entry("EnableAtRestEncryption", true),
            entry(
                "AtRestEncryptionConfiguration",
                Map.of("LocalDiskEncryptionConfiguration", disks)));
    Map<String, Object> metadata =
        Ordered.map(
            entry("MinimumInstanceMetadataServiceVersion", 2), entry("HttpPutResponseHopLimit", 1));
    return CfnSecurityConfiguration.Builder.create(scope, "Security")
        .securityConfiguration(
            Ordered.map(
                entry("EncryptionConfiguration", encryption),
                entry("InstanceMetadataServiceConfiguration", metadata)))
        .build();
  }

  /** It goes with the disks that it encrypts. */
  private static Key key(Construct scope) {
    return Key.Builder.create(scope, "Key")
        .enableKeyRotation(true)
        .description("Disks of a Spark Connect cluster")
        .removalPolicy(RemovalPolicy.DESTROY)
        .build();
  }
}
