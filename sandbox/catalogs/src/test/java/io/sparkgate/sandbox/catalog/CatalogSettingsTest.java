package io.sparkgate.sandbox.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogSettingsTest {
  private static final URI METASTORE = URI.create("thrift://127.0.0.1:9083");
  private static final String LAKE = "spark.sql.catalog.lake";
  private static final Map<String, String> ICEBERG_ON_GLUE =
      Map.of(
          "spark.sql.extensions",
          "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
          "spark.jars",
          "/usr/share/aws/iceberg/lib/iceberg-spark3-runtime.jar",
          LAKE,
          "org.apache.iceberg.spark.SparkCatalog",
          LAKE + ".type",
          "glue",
          LAKE + ".warehouse",
          "s3://ours/warehouse",
          LAKE + ".io-impl",
          "org.apache.iceberg.aws.s3.S3FileIO",
          LAKE + ".cache-enabled",
          "false");

  @Test
  void leavesAConfWithoutCatalogsAsItIs() {
    Map<String, String> conf = Map.of("spark.jars", "/opt/a.jar", "spark.sql.ansi.enabled", "true");
    CatalogSettings settings = CatalogSettings.of(conf);
    assertThat(settings.settings()).isEqualTo(conf);
    assertThat(settings.needMetastore()).isFalse();
    assertThat(settings.classPath()).isEmpty();
    assertThat(settings.remarks()).isEmpty();
  }

  @Test
  void givesIcebergTheSameNameAndWarehouseOnTheMetastore() {
    CatalogSettings settings = CatalogSettings.of(ICEBERG_ON_GLUE);
    assertThat(settings.settings())
        .containsEntry(LAKE, "org.apache.iceberg.spark.SparkCatalog")
        .containsEntry(LAKE + ".type", "hive")
        .containsEntry(LAKE + ".warehouse", "s3://ours/warehouse")
        .containsEntry(LAKE + ".io-impl", "org.apache.iceberg.hadoop.HadoopFileIO")
        .containsEntry(LAKE + ".cache-enabled", "false")
        .containsKey("spark.sql.extensions")
        .doesNotContainKey("spark.jars")
        .doesNotContainKey("spark.sql.catalogImplementation");
    assertThat(settings.ends(METASTORE))
        .containsOnly(Map.entry(LAKE + ".uri", METASTORE.toString()));
    assertThat(settings.classPath())
        .hasSize(2)
        .allMatch(jars -> jars.matches(".*/(hive|iceberg)/\\*"));
    assertThat(settings.remarks())
        .containsExactly(
            "catalog lake: Iceberg on the sandbox's own metastore instead of Glue; grants on Glue are not checked here, those on S3 are");
  }

  @Test
  void knowsGlueByItsClassToo() {
    var conf = new HashMap<>(ICEBERG_ON_GLUE);
    conf.remove(LAKE + ".type");
    conf.put(LAKE + ".catalog-impl", "org.apache.iceberg.aws.glue.GlueCatalog");
    conf.put(LAKE + ".glue.id", "444455556666");
    assertThat(CatalogSettings.of(conf).settings())
        .containsEntry(LAKE + ".type", "hive")
        .doesNotContainKeys(LAKE + ".catalog-impl", LAKE + ".glue.id");
  }

  @Test
  void leadsATableBucketToABucketOfItsName() {
    var conf = new HashMap<>(ICEBERG_ON_GLUE);
    conf.put(LAKE + ".glue.id", "111122223333:s3tablescatalog/tables");
    conf.put(LAKE + ".warehouse", "arn:aws:s3tables:eu-west-1:111122223333:bucket/tables");
    CatalogSettings settings = CatalogSettings.of(conf);
    assertThat(settings.settings())
        .containsEntry(LAKE + ".warehouse", "s3://tables")
        .doesNotContainKey(LAKE + ".glue.id");
    assertThat(settings.tableBuckets()).containsOnlyKeys("tables");
    assertThat(settings.remarks().toString()).contains("instead of S3 Tables", "s3://tables");
  }

  @Test
  void leavesACatalogOfFilesAlone() {
    var conf = new HashMap<>(ICEBERG_ON_GLUE);
    conf.put(LAKE + ".type", "hadoop");
    CatalogSettings settings = CatalogSettings.of(conf);
    assertThat(settings.needMetastore()).isFalse();
    assertThat(settings.settings()).containsEntry(LAKE + ".type", "hadoop");
    assertThat(settings.classPath()).hasSize(1);
  }

  @Test
  void givesSparksOwnCatalogTheMetastoreInsteadOfGlue() {
    CatalogSettings settings =
        CatalogSettings.of(
            Map.of(
                "spark.hadoop.hive.metastore.client.factory.class",
                "com.amazonaws.glue.catalog.metastore.AWSGlueDataCatalogHiveClientFactory",
                "spark.hadoop.hive.metastore.glue.catalogid",
                "444455556666",
                "spark.sql.catalogImplementation",
                "hive"));
    assertThat(settings.settings())
        .containsOnly(Map.entry("spark.sql.catalogImplementation", "hive"));
    assertThat(settings.ends(METASTORE))
        .containsOnly(Map.entry("spark.hadoop.hive.metastore.uris", METASTORE.toString()));
    assertThat(settings.classPath()).singleElement().asString().endsWith("/hive/*");
  }

  @Test
  void takesAMetastoreOfAnothersAndItsPasswordOut() {
    CatalogSettings settings =
        CatalogSettings.of(
            Map.of(
                "spark.hadoop.javax.jdo.option.ConnectionURL",
                "jdbc:mysql://db:3306/hive",
                "spark.hadoop.javax.jdo.option.ConnectionPassword",
                "EMR.secret@arn"));
    assertThat(settings.settings())
        .containsOnly(Map.entry("spark.sql.catalogImplementation", "hive"));
    assertThat(settings.remarks().toString()).contains("instead of the one that the settings name");
  }

  @Test
  void bringsDeltaAndKeepsOtherJars() {
    CatalogSettings settings =
        CatalogSettings.of(
            Map.of(
                "spark.sql.extensions",
                "io.delta.sql.DeltaSparkSessionExtension",
                "spark.jars",
                "/usr/share/aws/delta/lib/delta-spark.jar,/opt/mine.jar, /usr/share/aws/delta/lib/delta-storage.jar"));
    assertThat(settings.settings()).containsEntry("spark.jars", "/opt/mine.jar");
    assertThat(settings.classPath()).singleElement().asString().endsWith("/delta/*");
  }

  @Test
  void saysThatHudiIsNotPlayed() {
    CatalogSettings settings =
        CatalogSettings.of(
            Map.of(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.hudi.catalog.HoodieCatalog",
                "spark.sql.catalogImplementation",
                "hive"));
    assertThat(settings.refusal()).get().asString().startsWith("Hudi is not played by the sandbox");
    assertThat(settings.needMetastore()).isFalse();
    assertThat(settings.remarks()).containsExactly(settings.refusal().orElseThrow());
  }
}
