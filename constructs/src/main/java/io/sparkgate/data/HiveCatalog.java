package io.sparkgate.data;

import io.sparkgate.internal.DataAccess;
import io.sparkgate.internal.DataPermissions;
import io.sparkgate.internal.Grantee;
import io.sparkgate.internal.Statement;
import io.sparkgate.internal.TableNames;
import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.spark.FeatureTarget;
import io.sparkgate.spark.ReleaseLabel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;

/** Spark's own catalog on Glue, through Hive's client, for tables of one more format at most. */
final class HiveCatalog extends Catalog {

  /** What it takes besides tables of Hive. */
  enum Format {
    HIVE("glue"),
    DELTA("deltaOnGlue"),
    HUDI("hudi");

    private final String kind;

    Format(String kind) {
      this.kind = kind;
    }
  }

  /** In which EMR brings Delta's jars. */
  private static final ReleaseLabel FIRST_WITH_DELTA = ReleaseLabel.of("emr-6.9.0");

  /** From it on, Delta's first jar has another name. */
  private static final ReleaseLabel DELTA_RENAMED = ReleaseLabel.of("emr-7.0.0");

  private final Format format;
  private final GlueAccount account;

  HiveCatalog(Format format) {
    this(CatalogName.ofSession(format.kind), format, GlueAccount.own());
  }

  private HiveCatalog(CatalogName name, Format format, GlueAccount account) {
    super(name);
    this.format = format;
    this.account = account;
  }

  @Override
  HiveCatalog named(CatalogName other) {
    return new HiveCatalog(other, format, account);
  }

  @Override
  public HiveCatalog ofAccount(String other) {
    return new HiveCatalog(name(), format, GlueAccount.of(this, other));
  }

  @Override
  Map<String, String> conf(FeatureTarget target) {
    Map<String, String> conf = new TreeMap<>();
    conf.put(
        "spark.hadoop.hive.metastore.client.factory.class",
        "com.amazonaws.glue.catalog.metastore.AWSGlueDataCatalogHiveClientFactory");
    conf.put("spark.sql.catalogImplementation", "hive");
    account
        .other()
        .ifPresent(other -> conf.put("spark.hadoop.hive.metastore.glue.catalogid", other));
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
  public List<String> problems(FeatureTarget target) {
    return format == Format.DELTA && target.releaseLabel().isBefore(FIRST_WITH_DELTA)
        ? List.of(
            "%s needs emr-6.9.0 or later, the first release that brings Delta, but releaseLabel is %s; use a later one"
                .formatted(this, target.releaseLabel()))
        : List.of();
  }

  @Override
  public Grant grantTo(IGrantable executionRole) {
    return Grantee.ofData(executionRole, toString()).grant(starting());
  }

  @Override
  Grant grant(IGrantable role, DataAccess access, TableNames names) {
    return Grantee.ofData(role, toString()).grant(statements(access, names));
  }

  @Override
  List<Statement> statements(DataAccess access, TableNames names) {
    return DataPermissions.hiveTables(account.arns(), access, names);
  }

  @Override
  List<Statement> starting() {
    return DataPermissions.startingHive(account.arns());
  }

  @Override
  boolean isOfAnotherAccount() {
    return account.other().isPresent();
  }

  @Override
  public List<PrivateEndpoint> endpoints() {
    return account.endpoints();
  }
}
