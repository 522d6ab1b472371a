package io.sparkgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.assertions.Template;

class CatalogSettingsTest {

  private static final Map<String, Object> LAKE =
      Map.of(
          "name",
          "lake",
          "warehouse",
          "s3://my-lake/warehouse/",
          "default",
          true,
          "write",
          List.of("sales.*"));

  @Test
  void handsCatalogsToTheApplicationAndTablesToItsExecutionRole() {
    Template template =
        template(
            Map.of(
                "catalogs",
                Map.of(
                    "glue", Map.of("read", List.of("raw.orders*")),
                    "iceberg", LAKE,
                    "s3Tables",
                        Map.of(
                            "name",
                            "tables",
                            "tableBucketArn",
                            "arn:aws:s3tables:eu-west-1:111122223333:bucket/tables"))));

    assertThat(template.findResources("AWS::EMRServerless::Application").toString())
        .contains(
            "spark.sql.catalogImplementation=hive",
            "spark.sql.catalog.lake.warehouse=s3://my-lake/warehouse",
            "spark.sql.defaultCatalog=lake",
            "spark.sql.catalog.tables=org.apache.iceberg.spark.SparkCatalog");
    assertThat(template.findResources("AWS::IAM::Policy").toString())
        .contains("table/raw/orders*", "table/sales/*", ":s3:::my-lake/warehouse/*", "s3:PutObject")
        .doesNotContain("glue:*", "glue:DeleteTable");
  }

  @Test
  void makesOneEndpointForAllInANetworkWithoutAWayOut() {
    assertThat(glueEndpoints(Map.of("catalogs", Map.of("glue", Map.of(), "iceberg", LAKE))))
        .isEqualTo(1);
    assertThat(
            glueEndpoints(
                Map.of(
                    "catalogs",
                    Map.of("glue", Map.of()),
                    "privateMode",
                    Map.of("endpoints", List.of("glue")))))
        .isEqualTo(1);
  }

  @Test
  void makesNoneWhereAnotherWayLeadsThere() {
    assertThat(glueEndpoints(Map.of("catalogs", Map.of("glue", Map.of()), "natGateways", 1)))
        .isZero();
    assertThat(
            glueEndpoints(
                Map.of(
                    "catalogs",
                    Map.of("glue", Map.of()),
                    "vpc",
                    Map.of(
                        "vpcId",
                        "vpc-0123456789abcdef0",
                        "availabilityZones",
                        List.of("eu-west-1a", "eu-west-1b"),
                        "privateSubnetIds",
                        List.of("subnet-0123456789abcdef0", "subnet-0123456789abcdef1")))))
        .isZero();
  }

  @Test
  void makesNoneWithoutACatalog() {
    assertThat(glueEndpoints(Map.of())).isZero();
  }

  private static long glueEndpoints(Map<String, Object> settings) {
    return template(settings).findResources("AWS::EC2::VPCEndpoint").values().stream()
        .filter(endpoint -> endpoint.toString().contains("eu-west-1.glue"))
        .count();
  }

  private static Template template(Map<String, Object> settings) {
    Map<String, Object> dev = new TreeMap<>(settings);
    dev.put("account", "111122223333");
    dev.put("region", "eu-west-1");
    return Template.fromStack(
        SparkgateApp.addStacks(
                new App(
                    AppProps.builder()
                        .context(Map.of("environments", Map.of("dev", dev)))
                        .analyticsReporting(false)
                        .build()))
            .get(0));
  }
}
