package io.sparkgate.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.serverless.ApplicationType;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.spark.CpuArchitecture;
import io.sparkgate.spark.FeatureTarget;
import io.sparkgate.spark.ReleaseLabel;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketAttributes;
import software.amazon.awscdk.services.s3.IBucket;

class CatalogTest {

  private static final String TABLE_BUCKET =
      "arn:aws:s3tables:eu-west-1:111122223333:bucket/tables";

  private final Stack stack =
      new Stack(
          new App(),
          "Stack",
          StackProps.builder()
              .env(Environment.builder().account("111122223333").region("eu-west-1").build())
              .build());
  private final IBucket bucket = Bucket.fromBucketName(stack, "Lake", "my-lake");

  @Test
  void givesSparkTheGlueDataCatalogAsTheConsoleDoes() {
    assertThat(conf(Catalog.glue()))
        .containsOnly(
            Map.entry(
                "spark.hadoop.hive.metastore.client.factory.class",
                "com.amazonaws.glue.catalog.metastore.AWSGlueDataCatalogHiveClientFactory"),
            Map.entry("spark.sql.catalogImplementation", "hive"));
  }

  @Test
  void givesSparkIcebergTablesBelowAWarehouse() {
    assertThat(conf(Catalog.icebergOnGlue("lake", bucket, "warehouse/").asDefault()))
        .containsOnly(
            Map.entry(
                "spark.sql.extensions",
                "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions"),
            Map.entry("spark.jars", "/usr/share/aws/iceberg/lib/iceberg-spark3-runtime.jar"),
            Map.entry("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog"),
            Map.entry("spark.sql.catalog.lake.type", "glue"),
            Map.entry("spark.sql.catalog.lake.warehouse", "s3://my-lake/warehouse"),
            Map.entry("spark.sql.catalog.lake.io-impl", "org.apache.iceberg.aws.s3.S3FileIO"),
            Map.entry("spark.sql.catalog.lake.cache-enabled", "false"),
            Map.entry("spark.sql.defaultCatalog", "lake"));
  }

  @Test
  void givesSparkATableBucketThroughItsFederatedCatalog() {
    assertThat(conf(Catalog.s3Tables("tables", TABLE_BUCKET)))
        .containsEntry("spark.sql.catalog.tables.glue.id", "111122223333:s3tablescatalog/tables")
        .containsEntry("spark.sql.catalog.tables.warehouse", TABLE_BUCKET)
        .containsEntry("spark.sql.catalog.tables.cache-enabled", "false")
        .doesNotContainKey("spark.sql.defaultCatalog");
  }

  @Test
  void takesATableBucketThatIsKnownAtDeploymentOnly() {
    CfnParameter arn = CfnParameter.Builder.create(stack, "Arn").build();
    EmrServerlessApplication.Builder.create(stack, "App")
        .with(Catalog.s3Tables("tables", arn.getValueAsString()))
        .build();
    assertThat(Template.fromStack(stack).toJSON().toString())
        .contains("s3tablescatalog/")
        .contains("Fn::Split");
  }

  @Test
  void namesTheJarsOfDeltaThatTheReleaseHas() {
    assertThat(conf(Catalog.deltaOnGlue()))
        .containsEntry(
            "spark.jars",
            "/usr/share/aws/delta/lib/delta-spark.jar,/usr/share/aws/delta/lib/delta-storage.jar")
        .containsEntry("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .containsEntry(
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    assertThat(
            Catalog.deltaOnGlue()
                .settings(target("emr-6.15.0"))
                .get(0)
                .properties()
                .get("spark.jars"))
        .startsWith("/usr/share/aws/delta/lib/delta-core.jar,");
    assertThat(Catalog.deltaOnGlue().problems(target("emr-6.8.0")))
        .singleElement()
        .asString()
        .startsWith("Catalog.deltaOnGlue needs emr-6.9.0 or later");
  }

  @Test
  void givesHudiItsSerializer() {
    assertThat(conf(Catalog.hudi()))
        .containsEntry("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
        .containsEntry("spark.jars", "/usr/lib/hudi/hudi-spark-bundle.jar")
        .containsEntry(
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.hudi.catalog.HoodieCatalog");
  }

  @Test
  void namesTheCatalogOfAnotherAccountWhereTheClientLooks() {
    assertThat(conf(Catalog.glue().ofAccount("444455556666")))
        .containsEntry("spark.hadoop.hive.metastore.glue.catalogid", "444455556666");
    assertThat(conf(Catalog.icebergOnGlue("lake", bucket).ofAccount("444455556666")))
        .containsEntry("spark.sql.catalog.lake.glue.id", "444455556666");
  }

  @Test
  void callsGlueAndNothingElse() {
    for (Catalog catalog : catalogs()) {
      assertThat(catalog.endpoints()).containsExactly(PrivateEndpoint.GLUE);
      assertThat(catalog.needsVpc()).isFalse();
    }
  }

  @Test
  void goesTogetherWithOthersInOneApplication() {
    EmrServerlessApplication.Builder builder = EmrServerlessApplication.Builder.create(stack, "A");
    for (Catalog catalog : catalogs()) {
      builder.with(catalog);
    }
    builder.build();
    assertThat(Template.fromStack(stack).toJSON().toString())
        .contains(
            "spark.jars=/usr/share/aws/iceberg/lib/iceberg-spark3-runtime.jar,"
                + "/usr/share/aws/delta/lib/delta-spark.jar,"
                + "/usr/share/aws/delta/lib/delta-storage.jar");
  }

  private Catalog[] catalogs() {
    return new Catalog[] {
      Catalog.glue(),
      Catalog.icebergOnGlue("lake", bucket),
      Catalog.s3Tables("tables", TABLE_BUCKET),
      Catalog.deltaOnGlue()
    };
  }

  @Test
  void refusesAnIcebergCatalogOfANameBesideLakeFormation() {
    EmrServerlessApplication.Builder builder =
        EmrServerlessApplication.Builder.create(stack, "A")
            .type(ApplicationType.spark().withoutSessions())
            .sparkDefaults(Map.of("spark.emr-serverless.lakeformation.enabled", "true"))
            .with(Catalog.icebergOnGlue("lake", bucket));
    assertThatThrownBy(builder::build)
        .hasMessageContaining(
            "'spark.sql.catalog.lake' is an Iceberg catalog with a name of its own, but"
                + " 'spark.emr-serverless.lakeformation.enabled' is true, and fine-grained access"
                + " knows Iceberg tables of spark_catalog only; leave out one of them");
  }

  @Test
  void takesTheOldJarOfDeltaWhereTheReleaseHasIt() {
    EmrServerlessApplication.Builder.create(stack, "A")
        .type(ApplicationType.spark().withoutSessions())
        .releaseLabel(ReleaseLabel.of("emr-6.15.0"))
        .with(Catalog.deltaOnGlue())
        .build();
    assertThat(Template.fromStack(stack).toJSON().toString()).contains("delta-core.jar");
  }

  @Test
  void refusesATableBucketOfAnotherRegion() {
    assertRefused(
        "Catalog.s3Tables 'tables' has a table bucket of us-east-1, but the application is of"
            + " eu-west-1, whose workers reach S3 in their own Region only; use one of eu-west-1",
        Catalog.s3Tables("tables", TABLE_BUCKET.replace("eu-west-1", "us-east-1")));
  }

  @Test
  void refusesATableBucketOfAnotherAccount() {
    Catalog theirs =
        Catalog.s3Tables("tables", TABLE_BUCKET.replace("111122223333", "444455556666"));
    assertRefused(
        "Catalog.s3Tables 'tables' has a table bucket of account 444455556666, but the application"
            + " is of 111122223333, and nothing here lets it in there; use one of 111122223333",
        theirs);
    assertThatThrownBy(() -> theirs.policyForRead(new AccountRootPrincipal(), "sales"))
        .hasMessageStartingWith(
            "Catalog.s3Tables 'tables': a policy is for the catalog of another account, and only"
                + " glue, icebergOnGlue, deltaOnGlue, hudi and redshift can be one");
  }

  @Test
  void refusesAWarehouseOfAnotherRegion() {
    assertRefused(
        "Catalog.icebergOnGlue 'lake' has its warehouse in a bucket of us-east-1, but the"
            + " application is of eu-west-1, whose workers reach S3 in their own Region only; use a"
            + " bucket of eu-west-1",
        Catalog.icebergOnGlue(
            "lake",
            Bucket.fromBucketAttributes(
                stack,
                "Far",
                BucketAttributes.builder().bucketName("far").region("us-east-1").build())));
  }

  private void assertRefused(String message, Catalog... catalogs) {
    EmrServerlessApplication.Builder builder = EmrServerlessApplication.Builder.create(stack, "A");
    for (Catalog catalog : catalogs) {
      builder.with(catalog);
    }
    assertThatThrownBy(builder::build).hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1st", "my-lake", "my.lake", "spark_catalog"})
  void refusesANameThatSparkCannotTake(String name) {
    assertThatThrownBy(() -> Catalog.icebergOnGlue(name, bucket))
        .hasMessageStartingWith(
            "Catalog.icebergOnGlue: name received '"
                + name
                + "', but takes a letter and then up to 63 letters, digits or _");
  }

  @Test
  void refusesANameThatIsKnownAtDeploymentOnly() {
    assertThatThrownBy(() -> Catalog.s3Tables(Aws.STACK_NAME, TABLE_BUCKET))
        .hasMessageStartingWith(
            "Catalog.s3Tables: name received a value that is known only when the stack is deployed,"
                + " but it is part of the keys of Spark's settings");
  }

  @Test
  void refusesWhatIsNoTableBucketOrAccountOrPrefix() {
    assertThatThrownBy(() -> Catalog.s3Tables("tables", "arn:aws:s3:::tables"))
        .hasMessageStartingWith(
            "Catalog.s3Tables: tableBucketArn received 'arn:aws:s3:::tables', but takes the ARN of"
                + " a table bucket");
    assertThatThrownBy(() -> Catalog.glue().ofAccount("1234"))
        .hasMessage(
            "Catalog.glue: ofAccount received '1234', but takes the 12 digits of an AWS account");
    assertThatThrownBy(() -> Catalog.s3Tables("tables", TABLE_BUCKET).ofAccount("444455556666"))
        .hasMessageStartingWith(
            "Catalog.s3Tables 'tables': ofAccount received '444455556666', but only glue,");
    assertThatThrownBy(() -> Catalog.icebergOnGlue("lake", bucket, "/warehouse"))
        .hasMessageStartingWith("Catalog.icebergOnGlue: prefix '/warehouse' would make a folder");
  }

  @Test
  void isTheSameThingForAPlatform() {
    SparkConnectPlatform.Builder.create(stack, "Platform").catalog(Catalog.glue()).build();
    Template.fromStack(stack)
        .resourcePropertiesCountIs(
            "AWS::EC2::VPCEndpoint",
            Map.of("VpcEndpointType", "Interface", "ServiceName", "com.amazonaws.eu-west-1.glue"),
            1);
  }

  private Map<String, String> conf(Catalog catalog) {
    assertThat(catalog.problems(target("emr-7.13.0"))).isEmpty();
    var settings = catalog.settings(target("emr-7.13.0"));
    assertThat(settings).singleElement().extracting("name").isEqualTo("spark-defaults");
    return settings.get(0).properties();
  }

  private FeatureTarget target(String release) {
    return new FeatureTarget(stack, ReleaseLabel.of(release), CpuArchitecture.X86_64, true);
  }
}
