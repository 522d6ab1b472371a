package io.sparkgate.sandbox.spark;

import java.util.Map;

/**
 * As whom a Spark process asks the metastore: by the access key id of its S3, by which the
 * metastore then knows with what key to reach a bucket.
 */
final class CatalogUser {
  /** Spares Hadoop to ask the operating system for the groups of somebody it does not know. */
  private static final String GROUPS = "spark.hadoop.hadoop.user.group.static.mapping.overrides";

  /** Who owns tables that are made, as on the service (assumed, not seen). */
  private static final String OWNER = "hadoop";

  private CatalogUser() {}

  /** The settings of a process that asks as this user. */
  static Map<String, String> settings(String accessKeyId) {
    return Map.of(GROUPS, accessKeyId + "=" + OWNER);
  }

  /** The variables that a process with such settings has to have; none for other settings. */
  static Map<String, String> environment(Map<String, String> conf) {
    String groups = conf.getOrDefault(GROUPS, "");
    String suffix = "=" + OWNER;
    return groups.endsWith(suffix)
        ? Map.of(
            "HADOOP_USER_NAME",
            groups.substring(0, groups.length() - suffix.length()),
            "SPARK_USER",
            OWNER)
        : Map.of();
  }
}
