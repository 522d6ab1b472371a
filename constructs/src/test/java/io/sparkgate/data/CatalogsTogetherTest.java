package io.sparkgate.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.serverless.EmrServerlessApplication;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.IBucket;

class CatalogsTogetherTest {

  private static final String TABLE_BUCKET =
      "arn:aws:s3tables:eu-west-1:111122223333:bucket/tables";

  private final Stack stack = new Stack(new App(), "Stack");
  private final IBucket bucket = Bucket.fromBucketName(stack, "Lake", "my-lake");

  @Test
  void refusesTwoDefaults() {
    assertRefused(
        "has two values of 'spark.sql.defaultCatalog': Catalog.icebergOnGlue 'lake' sets 'lake',"
            + " and Catalog.s3Tables 'tables' sets 'tables'; keep one of them",
        Catalog.icebergOnGlue("lake", bucket).asDefault(),
        Catalog.s3Tables("tables", TABLE_BUCKET).asDefault());
  }

  @Test
  void refusesTwoOfOneName() {
    assertRefused(
        "Catalog.icebergOnGlue 'lake' sets 's3://my-lake/a', and Catalog.icebergOnGlue 'lake' sets"
            + " 's3://my-lake/b'; keep one of them",
        Catalog.icebergOnGlue("lake", bucket, "a"),
        Catalog.icebergOnGlue("lake", bucket, "b"));
  }

  @Test
  void refusesTwoOfOneNameOfWhichOneLeavesOutWhatTheOtherSays() {
    assertRefused(
        "classification 'spark-defaults' has two catalogs at 'spark.sql.catalog.lake':"
            + " Catalog.icebergOnGlue 'lake' has [spark.sql.catalog.lake.cache-enabled,",
        Catalog.icebergOnGlue("lake", bucket),
        Catalog.redshift("lake", "warehouse/dev"));
  }

  @Test
  void refusesTwoOfOneNameInTwoAccounts() {
    assertRefused(
        ", and Catalog.icebergOnGlue 'lake' has [spark.sql.catalog.lake.cache-enabled,"
            + " spark.sql.catalog.lake.glue.id,",
        Catalog.icebergOnGlue("lake", bucket),
        Catalog.icebergOnGlue("lake", bucket).ofAccount("444455556666"));
  }

  @Test
  void refusesGlueOfTwoAccounts() {
    assertRefused(
        "has two catalogs at 'spark.hadoop.hive.metastore.client.factory.class': Catalog.glue has"
            + " [spark.hadoop.hive.metastore.client.factory.class], and Catalog.deltaOnGlue has",
        Catalog.glue(),
        Catalog.deltaOnGlue().ofAccount("444455556666"));
  }

  @Test
  void refusesHudiBesideDelta() {
    assertRefused(
        "has two values of 'spark.sql.catalog.spark_catalog': Catalog.hudi sets"
            + " 'org.apache.spark.sql.hudi.catalog.HoodieCatalog', and Catalog.deltaOnGlue sets",
        Catalog.hudi(),
        Catalog.deltaOnGlue());
  }

  private void assertRefused(String message, Catalog... catalogs) {
    EmrServerlessApplication.Builder builder = EmrServerlessApplication.Builder.create(stack, "A");
    for (Catalog catalog : catalogs) {
      builder.with(catalog);
    }
    assertThatThrownBy(builder::build).hasMessageContaining(message);
  }
}
