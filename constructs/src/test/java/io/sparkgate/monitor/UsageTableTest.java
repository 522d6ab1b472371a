package io.sparkgate.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

class UsageTableTest {
  private final Monitored it = new Monitored(new Stack());

  private JsonNode table() {
    UsageStore.Builder.create(it.stack, "Usage").databaseName("ours").build();
    return it.only("AWS::Glue::Table").get("TableInput");
  }

  @Test
  void isPartedByMonthAndDayThatAthenaWorksOutWithoutACrawler() {
    JsonNode table = table();

    assertThat(it.only("AWS::Glue::Database").at("/DatabaseInput/Name").asText()).isEqualTo("ours");
    assertThat(table.get("PartitionKeys").findValuesAsText("Name")).containsExactly("month", "day");
    JsonNode parameters = table.get("Parameters");
    assertThat(parameters.get("projection.enabled").asText()).isEqualTo("true");
    assertThat(parameters.get("projection.month.type").asText()).isEqualTo("date");
    assertThat(parameters.get("projection.month.format").asText()).isEqualTo("yyyy-MM");
    assertThat(parameters.get("projection.month.range").asText()).isEqualTo("2026-01,NOW");
    assertThat(parameters.get("projection.month.interval").asText()).isEqualTo("1");
    assertThat(parameters.get("projection.month.interval.unit").asText()).isEqualTo("MONTHS");
    assertThat(parameters.get("projection.day.type").asText()).isEqualTo("enum");
    assertThat(parameters.get("projection.day.values").asText().split(","))
        .hasSize(31)
        .startsWith("01", "02")
        .endsWith("30", "31");
    assertThat(Monitored.text(parameters.get("storage.location.template")))
        .isEqualTo("s3://*/usage/month=${month}/day=${day}/");
  }

  @Test
  void hasAColumnForEachFieldOfARecord() {
    JsonNode storage = table().get("StorageDescriptor");
    List<String> columns = new ArrayList<>();
    storage
        .get("Columns")
        .forEach(
            column -> columns.add(column.get("Name").asText() + " " + column.get("Type").asText()));

    assertThat(columns)
        .containsExactly(
            "kind string",
            "id string",
            "applicationid string",
            "architecture string",
            "name string",
            "owner string",
            "createdby string",
            "executionrole string",
            "state string",
            "createdat string",
            "startedat string",
            "endedat string",
            "readyseconds double",
            "vcpuhours double",
            "memorygbhours double",
            "storagegbhours double",
            "complete boolean",
            "estimated boolean",
            "tags map<string,string>",
            "slots array<string>",
            "recordedat string");
    assertThat(storage.at("/SerdeInfo/SerializationLibrary").asText())
        .isEqualTo("org.openx.data.jsonserde.JsonSerDe");
    assertThat(storage.get("InputFormat").asText())
        .isEqualTo("org.apache.hadoop.mapred.TextInputFormat");
    assertThat(Monitored.text(storage.get("Location"))).isEqualTo("s3://*/usage/");
  }

  @Test
  void isInADatabaseWhoseNameAthenaTakesHoweverLongThePathIs() {
    UsageStore store =
        UsageStore.Builder.create(new Construct(it.stack, "x".repeat(250)), "Usage").build();

    assertThat(store.getDatabaseName()).matches("default_x{192}_[0-9a-f]{8}");
  }

  /** By its name alone, CloudFormation would not know that the database comes first. */
  @Test
  void isMadeAfterItsDatabase() {
    table();

    assertThat(it.template().findResources("AWS::Glue::Table").values())
        .singleElement()
        .satisfies(made -> assertThat(made.get("DependsOn").toString()).contains("Database"));
  }
}
