package io.sparkgate.data;

import io.sparkgate.internal.BucketData;
import io.sparkgate.internal.DataAccess;
import io.sparkgate.internal.Statement;
import io.sparkgate.internal.TableNames;
import io.sparkgate.spark.FeatureTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;

/** Spark's own catalog in a metastore of Hive that somebody runs. */
final class MetastoreCatalog extends Catalog {

  private final HiveMetastore metastore;

  MetastoreCatalog(HiveMetastore metastore) {
    this(CatalogName.ofSession("hiveMetastore"), metastore);
  }

  private MetastoreCatalog(CatalogName name, HiveMetastore metastore) {
    super(name);
    this.metastore = metastore;
  }

  @Override
  MetastoreCatalog named(CatalogName other) {
    return new MetastoreCatalog(other, metastore);
  }

  @Override
  Map<String, String> conf(FeatureTarget target) {
    Map<String, String> conf = new TreeMap<>();
    // Hive's own, said so that a catalog on Glue beside it is a clash that names both.
    conf.put(
        "spark.hadoop.hive.metastore.client.factory.class",
        "org.apache.hadoop.hive.ql.metadata.SessionHiveMetaStoreClientFactory");
    conf.put("spark.sql.catalogImplementation", "hive");
    Optional<HiveMetastore.Jdbc> database = metastore.database();
    if (database.isEmpty()) {
      conf.put("spark.hadoop.hive.metastore.uris", metastore.address());
    } else {
      HiveMetastore.Jdbc jdbc = database.get();
      conf.put(HiveMetastore.CONNECTION + "URL", metastore.address());
      conf.put(HiveMetastore.CONNECTION + "DriverName", jdbc.driver());
      for (ConfigurationSecret secret : metastore.secrets()) {
        secret.settings(target).forEach(setting -> conf.putAll(setting.properties()));
      }
      conf.put("spark.jars", "s3://" + jdbc.bucket().getBucketName() + "/" + jdbc.jar());
    }
    return conf;
  }

  @Override
  public List<String> problems(FeatureTarget target) {
    return metastore.secrets().stream()
        .flatMap(secret -> secret.problems(target).stream())
        .toList();
  }

  /** The service reads the secrets, as itself; the role reads the driver. */
  @Override
  public Grant grantTo(IGrantable executionRole) {
    return metastore
        .database()
        .map(
            jdbc ->
                new BucketData(jdbc.bucket(), jdbc.jar()).grantObject(executionRole, toString()))
        .orElseGet(() -> Grant.drop(executionRole, this + " needs no permission of IAM"));
  }

  @Override
  List<Statement> statements(DataAccess access, TableNames names) {
    throw new IllegalArgumentException(
        "%s: tables cannot be granted here, because the metastore itself says who may do what; grant the buckets that its tables are in"
            .formatted(this));
  }

  @Override
  Grant grant(IGrantable role, DataAccess access, TableNames names) {
    statements(access, names);
    throw new IllegalStateException();
  }

  @Override
  public boolean needsVpc() {
    return true;
  }
}
