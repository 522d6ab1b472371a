package io.sparkgate.data;

import io.sparkgate.internal.DataAccess;
import io.sparkgate.internal.DataPermissions;
import io.sparkgate.internal.Statement;
import io.sparkgate.internal.TableNames;
import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.spark.FeatureTarget;
import io.sparkgate.spark.ReleaseLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Spark's own catalog on Glue, through Hive's client, for tables of one more format at most. */
record HiveCatalog(Format format, GlueAccount holder) implements CatalogKind {

  /** What it takes besides tables of Hive. */
  enum Format {
    HIVE,
    DELTA,
    HUDI
  }

  /** In which EMR brings Delta's jars. */
  private static final ReleaseLabel FIRST_WITH_DELTA = ReleaseLabel.of("emr-6.9.0");

  /** From it on, Delta's first jar has another name. */
  private static final ReleaseLabel DELTA_RENAMED = ReleaseLabel.of("emr-7.0.0");

  static HiveCatalog of(Format format) {
    return new HiveCatalog(format, GlueAccount.own());
  }

  @Override
  public Optional<GlueAccount> account() {
    return Optional.of(holder);
  }

  @Override
  public HiveCatalog in(GlueAccount other) {
    return new HiveCatalog(format, other);
  }

  /** Of Hive itself, which has no tables of Delta or Hudi. */
  @Override
  public Map<String, String> confOfHive() {
    return format == Format.HIVE ? client("") : Map.of();
  }

  private Map<String, String> client(String prefix) {
    Map<String, String> conf = new TreeMap<>();
    conf.put(
        prefix + "hive.metastore.client.factory.class",
        "com.amazonaws.glue.catalog.metastore.AWSGlueDataCatalogHiveClientFactory");
    holder.other().ifPresent(other -> conf.put(prefix + "hive.metastore.glue.catalogid", other));
    return conf;
  }

  @Override
  public Map<String, String> conf(String name, FeatureTarget target) {
    Map<String, String> conf = client("spark.hadoop.");
    conf.put("spark.sql.catalogImplementation", "hive");
    switch (format) {
      case DELTA -> {
        conf.put("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
        conf.put(
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
        conf.put(
            "spark.jars",
            "/usr/share/aws/delta/lib/%s.jar,/usr/share/aws/delta/lib/delta-storage.jar"
                .formatted(
                    target.releaseLabel().isBefore(DELTA_RENAMED) ? "delta-core" : "delta-spark"));
      }
      case HUDI -> {
        conf.put("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
        conf.put("spark.sql.extensions", "org.apache.spark.sql.hudi.HoodieSparkSessionExtension");
        conf.put(
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.hudi.catalog.HoodieCatalog");
        conf.put("spark.jars", "/usr/lib/hudi/hudi-spark-bundle.jar");
      }
      case HIVE -> {}
    }
    return conf;
  }

  @Override
  public List<String> problems(String me, FeatureTarget target) {
    return format == Format.DELTA && target.releaseLabel().isBefore(FIRST_WITH_DELTA)
        ? List.of(
            "%s needs emr-6.9.0 or later, the first release that brings Delta, but releaseLabel is %s; use a later one"
                .formatted(me, target.releaseLabel()))
        : List.of();
  }

  @Override
  public List<Statement> statements(String me, DataAccess access, TableNames names) {
    return DataPermissions.hiveTables(holder.arns(), access, names);
  }

  @Override
  public List<Statement> starting() {
    List<Statement> starting = new ArrayList<>(DataPermissions.startingHive(holder.arns()));
    // Another account makes its own: its policy would have to let strangers do it.
    if (holder.other().isEmpty()) {
      starting.add(DataPermissions.makingDefault(holder.arns()));
    }
    return starting;
  }

  @Override
  public List<PrivateEndpoint> endpoints() {
    return holder.endpoints();
  }
}
