package io.sparkgate.data;

import java.util.Map;
import java.util.TreeMap;

/** The settings that every Iceberg catalog on Glue has. */
final class IcebergConf {

  private IcebergConf() {}

  /**
   * Those of one that has a warehouse.
   *
   * @param name of the catalog
   * @param glueId whose or which catalog of Glue; empty for that of the account
   * @param warehouse where tables are
   */
  static Map<String, String> of(String name, String glueId, String warehouse) {
    String catalog = "spark.sql.catalog." + name;
    Map<String, String> conf = of(name, glueId);
    conf.put(catalog + ".warehouse", warehouse);
    conf.put(catalog + ".io-impl", "org.apache.iceberg.aws.s3.S3FileIO");
    return conf;
  }

  /** Those of one whose tables are wherever Glue says. */
  static Map<String, String> of(String name, String glueId) {
    String catalog = "spark.sql.catalog." + name;
    Map<String, String> conf = new TreeMap<>();
    conf.put(
        "spark.sql.extensions",
        "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions");
    conf.put("spark.jars", "/usr/share/aws/iceberg/lib/iceberg-spark3-runtime.jar");
    conf.put(catalog, "org.apache.iceberg.spark.SparkCatalog");
    conf.put(catalog + ".type", "glue");
    // A session would go on with the tables as it first saw them; AWS's samples require it.
    conf.put(catalog + ".cache-enabled", "false");
    if (!glueId.isEmpty()) {
      conf.put(catalog + ".glue.id", glueId);
    }
    return conf;
  }
}
