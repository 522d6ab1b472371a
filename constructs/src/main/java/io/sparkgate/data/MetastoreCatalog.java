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
record MetastoreCatalog(HiveMetastore metastore) implements CatalogKind {

  @Override
  public Map<String, String> conf(String name, FeatureTarget target) {
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
  public List<String> problems(String me, FeatureTarget target) {
    return metastore.secrets().stream()
        .flatMap(secret -> secret.problems(target).stream())
        .toList();
  }

  /** The service reads the secrets, as itself; the role reads the driver. */
  @Override
  public Grant grantTo(String me, IGrantable executionRole) {
    return metastore
        .database()
        .map(jdbc -> new BucketData(jdbc.bucket(), jdbc.jar()).grantObject(executionRole, me))
        .orElseGet(() -> Grant.drop(executionRole, me + " needs no permission of IAM"));
  }

  @Override
  public List<Statement> statements(String me, DataAccess access, TableNames names) {
    throw new IllegalArgumentException(
        "%s: tables cannot be granted here, because the metastore itself says who may do what; grant the buckets that its tables are in"
            .formatted(me));
  }

  @Override
  public boolean needsVpc() {
    return true;
  }
}
