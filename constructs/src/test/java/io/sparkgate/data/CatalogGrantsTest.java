package io.sparkgate.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.access.SessionExecutionRole;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.ArnPrincipal;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.IBucket;

class CatalogGrantsTest {

  private static final String GLUE = "arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:";
  private static final String TABLE_BUCKET =
      "arn:aws:s3tables:eu-west-1:111122223333:bucket/tables";

  private final Stack stack =
      new Stack(
          new App(),
          "Stack",
          StackProps.builder()
              .env(Environment.builder().account("111122223333").region("eu-west-1").build())
              .build());
  private final IRole role = SessionExecutionRole.Builder.create(stack, "Role").build().getRole();

  @Test
  void letsTheExecutionRoleStartHiveAndFindNoTable() {
    SparkConnectPlatform.Builder.create(stack, "Platform").catalog(Catalog.glue()).build();

    assertThat(allowed())
        .contains(
            "glue:GetDatabase on " + GLUE + "catalog",
            "glue:GetDatabase on " + GLUE + "database/default",
            "glue:GetUserDefinedFunctions on " + GLUE + "userDefinedFunction/default/*")
        .noneMatch(allowed -> allowed.contains("glue:GetTable"));
  }

  @Test
  void letsTheExecutionRoleMakeTheDatabaseDefaultWhereThereIsNoneAndNoOther() {
    Catalog.glue().grantTo(role);
    Catalog.glue().ofAccount("444455556666").grantTo(role);

    assertThat(allowed())
        .filteredOn(allowed -> allowed.startsWith("glue:CreateDatabase"))
        .containsExactlyInAnyOrder(
            "glue:CreateDatabase on " + GLUE + "catalog",
            "glue:CreateDatabase on " + GLUE + "database/default");
  }

  @Test
  void readsTheNamedTablesOfADatabaseAndNothingElse() {
    Catalog.glue().grantRead(role, "sales", "orders*", "customers");

    assertThat(allowed())
        .contains(
            "glue:GetTable on " + GLUE + "catalog",
            "glue:GetTable on " + GLUE + "database/sales",
            "glue:GetTable on " + GLUE + "table/sales/orders*",
            "glue:GetTables on " + GLUE + "table/sales/customers",
            "glue:GetPartitions on " + GLUE + "table/sales/orders*",
            "glue:GetUserDefinedFunction on " + GLUE + "userDefinedFunction/sales/*")
        .allMatch(allowed -> allowed.matches("glue:(BatchGet|Get)\\w+ on .*"))
        .noneMatch(allowed -> allowed.endsWith("table/sales/*"));
  }

  @Test
  void writesTablesButDropsNone() {
    Catalog.deltaOnGlue().grantWrite(role, "sales");

    assertThat(allowed())
        .contains(
            "glue:CreateTable on " + GLUE + "table/sales/*",
            "glue:UpdateTable on " + GLUE + "table/sales/*",
            "glue:BatchCreatePartition on " + GLUE + "table/sales/*",
            "glue:GetTable on " + GLUE + "table/sales/*")
        .noneMatch(
            allowed -> allowed.matches("glue:(DeleteTable|(Create|Update|Delete)Database) on .*"));
  }

  @Test
  void makesAndDropsADatabaseOnlyWithAllItsTables() {
    Catalog.glue().grantAdmin(role, "scratch");
    assertThat(allowed())
        .contains(
            "glue:DeleteTable on " + GLUE + "table/scratch/*",
            "glue:CreateDatabase on " + GLUE + "database/scratch",
            "glue:DeleteDatabase on " + GLUE + "userDefinedFunction/scratch/*");
  }

  @Test
  void leavesTheDatabaseAloneWhereSomeTablesAreNamed() {
    Catalog.glue().grantAdmin(role, "sales", "tmp_*");
    assertThat(allowed())
        .contains("glue:DeleteTable on " + GLUE + "table/sales/tmp_*")
        .noneMatch(allowed -> allowed.matches("glue:(Create|Update|Delete)Database.*"));
  }

  @Test
  void readsIcebergTablesFromTheirWarehouseWithItsKey() {
    Catalog.icebergOnGlue("lake", encrypted(), "warehouse").grantRead(role, "sales");

    assertThat(allowed())
        .contains(
            "glue:GetTable on " + GLUE + "table/sales/*",
            "s3:ListBucket on ${Lake.Arn}",
            "s3:GetObject on ${Lake.Arn}/warehouse/*",
            "kms:Decrypt on ${Key.Arn}")
        .noneMatch(allowed -> allowed.matches("(s3:Put|s3:Delete|glue:GetPartition|kms:Gen).*"));
  }

  @Test
  void writesIcebergTablesIntoTheirWarehouse() {
    Catalog.icebergOnGlue("lake", encrypted(), "warehouse").grantWrite(role, "sales");

    assertThat(allowed())
        .contains(
            "glue:UpdateTable on " + GLUE + "table/sales/*",
            "s3:PutObject on ${Lake.Arn}/warehouse/*",
            "s3:DeleteObject on ${Lake.Arn}/warehouse/*",
            "kms:GenerateDataKey on ${Key.Arn}")
        .noneMatch(allowed -> allowed.contains("Partition on"));
  }

  @Test
  void namesTablesOfATableBucketInConditions() {
    Catalog.s3Tables("tables", TABLE_BUCKET).grantWrite(role, "sales", "orders*");

    assertThat(allowed())
        .contains(
            "glue:GetTable on arn:${AWS::Partition}:glue:eu-west-1:111122223333:"
                + "table/s3tablescatalog/tables/sales/orders*",
            "glue:GetTable on arn:${AWS::Partition}:glue:eu-west-1:111122223333:"
                + "catalog/s3tablescatalog/tables",
            "s3tables:PutTableData on " + TABLE_BUCKET + "/table/*",
            "s3tables:CreateTable on " + TABLE_BUCKET)
        .noneMatch(allowed -> allowed.matches("s3tables:(Delete|Rename|CreateNamespace).*"));
    Synth.hasStatement(
        stack,
        Map.of(
            "Action",
            List.of("s3tables:PutTableData", "s3tables:UpdateTableMetadataLocation"),
            "Condition",
            Map.of(
                "StringLike",
                Map.of("s3tables:namespace", "sales", "s3tables:tableName", List.of("orders*")))));
  }

  @Test
  void asksLakeFormationForTablesOfRedshift() {
    Catalog rms = Catalog.redshift("rms", "warehouse/dev");
    rms.grantTo(role);
    rms.grantRead(role, "public");

    assertThat(allowed())
        .contains(
            "lakeformation:GetDataAccess on *",
            "glue:GetCatalog on " + GLUE + "catalog/warehouse/dev",
            "glue:GetTable on " + GLUE + "table/warehouse/dev/public/*");
    assertThat(rms.needsVpc()).isTrue();
    assertThat(rms.endpoints())
        .extracting(endpoint -> endpoint.toString())
        .contains("glue", "lakeformation");
  }

  @Test
  void saysWhatTheOtherAccountMustAllow() {
    Catalog theirs = Catalog.glue().ofAccount("444455556666");
    theirs.grantRead(role, "sales", "orders");
    assertThat(allowed())
        .contains(
            "glue:GetTable on arn:${AWS::Partition}:glue:${AWS::Region}:444455556666:table/sales/orders");
    assertThat(
            String.valueOf(stack.resolve(theirs.policyForRead(role, "sales", "orders").toJSON())))
        .contains("444455556666:table/sales/orders", "444455556666:database/default", "Principal")
        .doesNotContain("CreateTable");
    assertThatThrownBy(() -> Catalog.glue().policyForWrite(role, "sales"))
        .hasMessage(
            "Catalog.glue: a policy is for the catalog of another account; call ofAccount first");
  }

  @Test
  void refusesNamesThatGlueDoesNotKeep() {
    assertThatThrownBy(() -> Catalog.glue().grantRead(role, "Sales"))
        .hasMessageStartingWith(
            "Catalog.glue: a grant received the name 'Sales', but takes one of a database and then"
                + " those of its tables, each of lower-case letters");
    assertThatThrownBy(() -> Catalog.glue().grantRead(role, "sales", "sales.orders"))
        .hasMessageContaining("write 'sales', 'orders*' for sales.orders*");
  }

  @Test
  void refusesAGranteeThatNoPolicyReaches() {
    assertThatThrownBy(
            () ->
                Catalog.glue()
                    .grantRead(new ArnPrincipal("arn:aws:iam::444455556666:role/x"), "sales"))
        .hasMessageStartingWith(
            "Catalog.glue: the grantee is a ArnPrincipal, which is no role, user or group");
  }

  private IBucket encrypted() {
    Key key = Key.Builder.create(stack, "Key").build();
    return Bucket.Builder.create(stack, "Lake")
        .encryption(BucketEncryption.KMS)
        .encryptionKey(key)
        .build();
  }

  /** Each action on each resource that a policy of a role allows, as a sentence. */
  private List<String> allowed() {
    return Template.fromStack(stack).findResources("AWS::IAM::Policy").entrySet().stream()
        .filter(policy -> policy.getKey().matches("(Role|PlatformExecutionRole).*"))
        .flatMap(policy -> statements(policy.getValue()))
        .flatMap(
            statement ->
                each(statement.get("Action"))
                    .flatMap(
                        action ->
                            each(statement.get("Resource"))
                                .map(resource -> action + " on " + text(resource))))
        .toList();
  }

  private static Stream<Map<?, ?>> statements(Map<String, Object> policy) {
    Map<?, ?> properties = (Map<?, ?>) policy.get("Properties");
    Map<?, ?> document = (Map<?, ?>) properties.get("PolicyDocument");
    return ((List<?>) document.get("Statement")).stream().map(statement -> (Map<?, ?>) statement);
  }

  private static Stream<?> each(Object oneOrMore) {
    return oneOrMore instanceof List<?> list ? list.stream() : Stream.of(oneOrMore);
  }

  /** As in CloudFormation's short form, without the hashes of logical ids. */
  private static String text(Object value) {
    if (value instanceof Map<?, ?> map && map.get("Fn::Join") instanceof List<?> join) {
      return String.join("", ((List<?>) join.get(1)).stream().map(part -> text(part)).toList());
    }
    if (value instanceof Map<?, ?> map && map.get("Fn::GetAtt") instanceof List<?> attribute) {
      return "${"
          + attribute.get(0).toString().replaceAll("[0-9A-F]{8}$", "")
          + "."
          + attribute.get(1)
          + "}";
    }
    return value instanceof Map<?, ?> map ? "${" + map.get("Ref") + "}" : String.valueOf(value);
  }
}
