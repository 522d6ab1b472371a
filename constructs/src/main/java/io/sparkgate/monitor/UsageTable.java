package io.sparkgate.monitor;

import static java.util.Map.entry;

import io.sparkgate.internal.Ordered;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.glue.CfnDatabase;
import software.amazon.awscdk.services.glue.CfnTable;
import software.constructs.Construct;

/**
 * The records as a table of Glue. Athena works out the partitions from what a key looks like, so
 * that nothing has to crawl; names of columns are in lower case, as Glue has them.
 */
final class UsageTable {

  static final String NAME = "usage";

  /** A record's fields; times are texts in ISO 8601, which Athena's JSON takes for no timestamp. */
  private static final Map<String, String> COLUMNS =
      Ordered.map(
          entry("kind", "string"),
          entry("id", "string"),
          entry("applicationid", "string"),
          entry("architecture", "string"),
          entry("name", "string"),
          entry("owner", "string"),
          entry("createdby", "string"),
          entry("executionrole", "string"),
          entry("state", "string"),
          entry("createdat", "string"),
          entry("startedat", "string"),
          entry("endedat", "string"),
          entry("readyseconds", "double"),
          entry("vcpuhours", "double"),
          entry("memorygbhours", "double"),
          entry("storagegbhours", "double"),
          entry("complete", "boolean"),
          entry("estimated", "boolean"),
          entry("tags", "map<string,string>"),
          entry("slots", "array<string>"),
          entry("recordedat", "string"));

  private UsageTable() {}

  static void make(Construct scope, String database, String bucket, String prefix) {
    String account = Stack.of(scope).getAccount();
    CfnDatabase made =
        CfnDatabase.Builder.create(scope, "Database")
            .catalogId(account)
            .databaseInput(
                CfnDatabase.DatabaseInputProperty.builder()
                    .name(database)
                    .description("What sessions and job runs used")
                    .build())
            .build();
    CfnTable.Builder.create(scope, "Table")
        .catalogId(account)
        .databaseName(database)
        .tableInput(table("s3://" + bucket + "/" + prefix))
        .build()
        .getNode()
        .addDependency(made);
  }

  private static CfnTable.TableInputProperty table(String location) {
    return CfnTable.TableInputProperty.builder()
        .name(NAME)
        .description("One row for each session, job run, and hour of an idle warm pool")
        .tableType("EXTERNAL_TABLE")
        .partitionKeys(List.of(column("month", "string"), column("day", "string")))
        .parameters(
            Ordered.map(
                entry("classification", "json"),
                entry("projection.enabled", "true"),
                entry("projection.month.type", "date"),
                entry("projection.month.format", "yyyy-MM"),
                entry("projection.month.range", "2026-01,NOW"),
                entry("projection.month.interval", "1"),
                entry("projection.month.interval.unit", "MONTHS"),
                entry("projection.day.type", "enum"),
                entry("projection.day.values", days()),
                entry("storage.location.template", location + "month=${month}/day=${day}/")))
        .storageDescriptor(
            CfnTable.StorageDescriptorProperty.builder()
                .location(location)
                .inputFormat("org.apache.hadoop.mapred.TextInputFormat")
                .outputFormat("org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat")
                .serdeInfo(
                    CfnTable.SerdeInfoProperty.builder()
                        .serializationLibrary("org.openx.data.jsonserde.JsonSerDe")
                        .build())
                .columns(
                    COLUMNS.entrySet().stream()
                        .map(field -> column(field.getKey(), field.getValue()))
                        .toList())
                .build())
        .build();
  }

  private static String days() {
    return IntStream.rangeClosed(1, 31)
        .mapToObj("%02d"::formatted)
        .collect(Collectors.joining(","));
  }

  private static CfnTable.ColumnProperty column(String name, String type) {
    return CfnTable.ColumnProperty.builder().name(name).type(type).build();
  }
}
