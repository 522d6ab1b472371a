package io.sparkgate.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that this library allows on data: tables of Glue and of S3 Tables, and objects of a bucket.
 *
 * <p>Actions and the resources of each are those of the Service Authorization References for AWS
 * Glue, Amazon S3 Tables and Amazon S3 (September 2026). Glue asks for an action on a table also on
 * its database and its catalog, and so these stand in one statement.
 */
public final class DataPermissions {

  private static final List<String> READING_HIVE =
      List.of(
          "glue:BatchGetPartition",
          "glue:GetColumnStatisticsForPartition",
          "glue:GetColumnStatisticsForTable",
          "glue:GetPartition",
          "glue:GetPartitions",
          "glue:GetTable",
          "glue:GetTables");

  private static final List<String> WRITING_HIVE =
      List.of(
          "glue:BatchCreatePartition",
          "glue:BatchDeletePartition",
          "glue:BatchUpdatePartition",
          "glue:CreatePartition",
          "glue:CreateTable",
          "glue:DeleteColumnStatisticsForPartition",
          "glue:DeleteColumnStatisticsForTable",
          "glue:DeletePartition",
          "glue:UpdateColumnStatisticsForPartition",
          "glue:UpdateColumnStatisticsForTable",
          "glue:UpdatePartition",
          "glue:UpdateTable");

  private DataPermissions() {}

  /**
   * What Hive's client asks Glue for before anybody names a table: whether there is a database
   * called default, and one called global_temp, where Spark keeps views of its own, and which
   * functions there are.
   */
  public static List<Statement> startingHive(GlueArns glue) {
    return List.of(
        allow("glue:GetDatabase")
            .on(with(glue.catalogs(), glue.database("default"), glue.database("global_temp"))),
        allow("glue:GetUserDefinedFunctions")
            .on(with(glue.catalogs(), glue.database("default"), glue.functions("default"))));
  }

  /**
   * Hive's client makes the database called default where there is none, and no session starts
   * where it may not; {@code CREATE DATABASE} of another name stays refused.
   */
  public static Statement makingDefault(GlueArns glue) {
    return allow("glue:CreateDatabase").on(with(glue.catalogs(), glue.database("default")));
  }

  /** Tables as Hive knows them, which have partitions and statistics, and functions beside them. */
  public static List<Statement> hiveTables(GlueArns glue, DataAccess access, TableNames names) {
    List<Statement> statements = new ArrayList<>(databases(glue, access, names));
    String database = names.database();
    List<String> actions = new ArrayList<>(READING_HIVE);
    if (access.includes(DataAccess.WRITE)) {
      actions.addAll(WRITING_HIVE);
    }
    statements.add(onTables(glue, access, names, actions));
    statements.add(
        allow("glue:GetUserDefinedFunction", "glue:GetUserDefinedFunctions")
            .on(with(glue.catalogs(), glue.database(database), glue.functions(database))));
    return statements;
  }

  /** Tables as Iceberg knows them, which keeps all but the place of its metadata in the bucket. */
  public static List<Statement> icebergTables(GlueArns glue, DataAccess access, TableNames names) {
    List<Statement> statements = new ArrayList<>(databases(glue, access, names));
    List<String> actions = new ArrayList<>(List.of("glue:GetTable", "glue:GetTables"));
    if (access.includes(DataAccess.WRITE)) {
      actions.addAll(List.of("glue:CreateTable", "glue:UpdateTable"));
    }
    statements.add(onTables(glue, access, names, actions));
    return statements;
  }

  /** One statement, because each has long ARNs, and a role has room for 10,240 characters. */
  private static Statement onTables(
      GlueArns glue, DataAccess access, TableNames names, List<String> actions) {
    List<String> all = new ArrayList<>(actions);
    if (access.includes(DataAccess.ADMIN)) {
      all.add("glue:DeleteTable");
    }
    return Statement.allow(all.stream().sorted().toList()).on(tables(glue, names));
  }

  /** Whoever may do all with some tables only may neither change nor drop what they are in. */
  private static List<Statement> databases(GlueArns glue, DataAccess access, TableNames names) {
    List<String> itself = with(glue.catalogs(), glue.database(names.database()));
    if (!access.includes(DataAccess.ADMIN) || !names.isWholeDatabase()) {
      return List.of(allow("glue:GetDatabase", "glue:GetDatabases").on(itself));
    }
    return List.of(
        allow("glue:CreateDatabase", "glue:GetDatabase", "glue:GetDatabases", "glue:UpdateDatabase")
            .on(itself),
        allow("glue:DeleteDatabase")
            .on(with(itself, glue.table(names.database(), "*"), glue.functions(names.database()))));
  }

  private static List<String> tables(GlueArns glue, TableNames names) {
    return with(
        with(glue.catalogs(), glue.database(names.database())),
        names.tables().stream()
            .map(table -> glue.table(names.database(), table))
            .toArray(String[]::new));
  }

  /** Without it nobody finds the federated catalog that a table bucket is. */
  public static List<Statement> startingTableBucket(GlueArns glue, String tableBucket) {
    return List.of(findingCatalog(glue), allow("s3tables:GetTableBucket").on(tableBucket));
  }

  /**
   * Tables of a table bucket, beside their entries in Glue. In its ARN a table has an id that
   * nobody knows beforehand, so its name stands in a condition.
   */
  public static List<Statement> tablesOfBucket(
      String tableBucket, DataAccess access, TableNames names) {
    List<Statement> statements = new ArrayList<>();
    statements.add(allow("s3tables:ListNamespaces").on(tableBucket));
    statements.add(
        ofNamespace(names, "s3tables:GetNamespace", "s3tables:ListTables").on(tableBucket));
    String tables = tableBucket + "/table/*";
    statements.add(
        ofTables(
                names,
                "s3tables:GetTable",
                "s3tables:GetTableData",
                "s3tables:GetTableMetadataLocation")
            .on(tables));
    if (access.includes(DataAccess.WRITE)) {
      statements.add(ofNamespace(names, "s3tables:CreateTable").on(tableBucket));
      statements.add(
          ofTables(names, "s3tables:PutTableData", "s3tables:UpdateTableMetadataLocation")
              .on(tables));
    }
    if (access.includes(DataAccess.ADMIN)) {
      statements.add(ofTables(names, "s3tables:DeleteTable", "s3tables:RenameTable").on(tables));
      if (names.isWholeDatabase()) {
        // What is not there yet has no name that a condition could ask for.
        statements.add(allow("s3tables:CreateNamespace").on(tableBucket));
        statements.add(ofNamespace(names, "s3tables:DeleteNamespace").on(tableBucket));
      }
    }
    return statements;
  }

  private static Statement ofNamespace(TableNames names, String... actions) {
    return allow(actions).when("StringLike", "s3tables:namespace", names.database());
  }

  private static Statement ofTables(TableNames names, String... actions) {
    Statement statement = ofNamespace(names, actions);
    return names.isWholeDatabase()
        ? statement
        : statement.when("StringLike", "s3tables:tableName", names.tables());
  }

  /**
   * Whoever has a catalog that Lake Formation governs asks it for credentials. It knows no resource
   * in IAM: its own grants say of which tables.
   */
  public static Statement lakeFormation() {
    return allow("lakeformation:GetDataAccess").on("*");
  }

  /** A federated catalog must be found before what is in it. */
  public static Statement findingCatalog(GlueArns glue) {
    return allow("glue:GetCatalog").on(glue.catalogs());
  }

  /**
   * Objects of a bucket. Without leave to list the bucket, S3 says of an object that is not there
   * that it is forbidden, where Spark must hear that it is missing; a condition on the prefix does
   * the same to it, because such a request has none.
   */
  static List<Statement> objects(String bucket, String objects, DataAccess access) {
    List<Statement> statements = new ArrayList<>();
    statements.add(allow("s3:ListBucket").on(bucket));
    statements.add(
        access.includes(DataAccess.WRITE)
            ? allow("s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject")
                .on(objects)
            : object(objects));
    return statements;
  }

  static Statement object(String object) {
    return allow("s3:GetObject").on(object);
  }

  private static List<String> with(List<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).toList();
  }

  private static Statement allow(String... actions) {
    return Statement.allow(List.of(actions));
  }
}
