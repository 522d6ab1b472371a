package io.sparkgate.data;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.DataAccess;
import io.sparkgate.internal.TableNames;
import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.spark.Classification;
import io.sparkgate.spark.Feature;
import io.sparkgate.spark.FeatureTarget;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.s3.IBucket;

/**
 * A catalog of tables that sessions and job runs find by a name: settings of the application, what
 * the execution role must be allowed, and the AWS services that an isolated network must lead to.
 *
 * <pre>{@code
 * Catalog lake = Catalog.icebergOnGlue("lake", bucket).asDefault();
 * SparkConnectPlatform platform =
 *     SparkConnectPlatform.Builder.create(this, "SparkConnect").catalog(lake).build();
 * lake.grantRead(platform.getExecutionRole(), "sales", "orders*");
 * }</pre>
 *
 * <p>Only the application can give sessions a catalog: AWS ignores what a session itself sets of
 * one. To have it is not to read from it: the execution role gets what the catalog does not work
 * without, and databases and tables by the grants here. These are policies of the role, made in its
 * stack, whose Region is taken to be the catalog's.
 *
 * <p>Where a database or its tables are named, {@code *} stands for any letters and {@code ?} for
 * one. Names are in lower case, as Glue keeps them. Values are immutable: each method returns
 * another.
 */
public final class Catalog implements Feature {

  private final CatalogName name;
  private final CatalogKind kind;

  private Catalog(CatalogName name, CatalogKind kind) {
    this.name = name;
    this.kind = kind;
  }

  /**
   * The account's Glue Data Catalog, as EMR's console offers it: Spark's own catalog, with tables
   * of Hive (Parquet, ORC, CSV and others). Databases that it makes need a {@code LOCATION},
   * because there is no warehouse.
   *
   * @return the catalog
   */
  public static Catalog glue() {
    return new Catalog(CatalogName.ofSession("glue"), HiveCatalog.of(HiveCatalog.Format.HIVE));
  }

  /**
   * Iceberg tables, kept by Glue, with their data anywhere in a bucket.
   *
   * @param name by which Spark finds it: {@code lake} of {@code lake.sales.orders}
   * @param warehouse where tables are made that name no place
   * @return the catalog
   */
  public static Catalog icebergOnGlue(String name, IBucket warehouse) {
    return icebergOnGlue(name, warehouse, "");
  }

  /**
   * Iceberg tables, kept by Glue, with their data in a bucket.
   *
   * @param name by which Spark finds it: {@code lake} of {@code lake.sales.orders}
   * @param warehouse where tables are made that name no place
   * @param prefix what the keys of their objects begin with, such as {@code warehouse/}
   * @return the catalog
   * @throws IllegalArgumentException if Spark cannot take the name, or the prefix has a slash first
   */
  public static Catalog icebergOnGlue(String name, IBucket warehouse, String prefix) {
    return new Catalog(CatalogName.of("icebergOnGlue", name), IcebergCatalog.of(warehouse, prefix));
  }

  /**
   * Iceberg tables of a table bucket of S3, through the federated catalog {@code s3tablescatalog}
   * of Glue, which the account must have.
   *
   * @param name by which Spark finds it
   * @param tableBucketArn of the table bucket; may be a token
   * @return the catalog
   * @throws IllegalArgumentException if Spark cannot take the name, or this is no such ARN
   */
  public static Catalog s3Tables(String name, String tableBucketArn) {
    return new Catalog(CatalogName.of("s3Tables", name), TableBucketCatalog.of(tableBucketArn));
  }

  /**
   * Delta tables and those of {@link #glue()}, in the account's Glue Data Catalog: Spark's own
   * catalog.
   *
   * @return the catalog
   */
  public static Catalog deltaOnGlue() {
    return new Catalog(
        CatalogName.ofSession("deltaOnGlue"), HiveCatalog.of(HiveCatalog.Format.DELTA));
  }

  /**
   * Hudi tables and those of {@link #glue()}, in the account's Glue Data Catalog: Spark's own
   * catalog. Hudi must synchronise with its mode {@code hms}.
   *
   * @return the catalog
   */
  public static Catalog hudi() {
    return new Catalog(CatalogName.ofSession("hudi"), HiveCatalog.of(HiveCatalog.Format.HUDI));
  }

  /**
   * Iceberg tables of Amazon Redshift's managed storage, which the account must have registered
   * with Glue as a federated catalog. Lake Formation says who may read which of them; it also needs
   * a VPC.
   *
   * @param name by which Spark finds it
   * @param catalog the names of the federated catalog and of the database in it, such as {@code
   *     warehouse/dev}; may be a token
   * @return the catalog
   * @throws IllegalArgumentException if Spark cannot take the name, or this is no such path
   */
  public static Catalog redshift(String name, String catalog) {
    return new Catalog(CatalogName.of("redshift", name), RedshiftCatalog.of(catalog));
  }

  /**
   * A metastore of Hive that you run yourself: Spark's own catalog. Who may read which table is the
   * metastore's affair, and where tables are must be granted beside it.
   *
   * @param metastore how it is reached; only through a VPC
   * @return the catalog
   */
  public static Catalog hiveMetastore(HiveMetastore metastore) {
    return new Catalog(
        CatalogName.ofSession("hiveMetastore"),
        new MetastoreCatalog(requireNonNull(metastore, "metastore")));
  }

  /**
   * Makes it the catalog that Spark looks in where a query names none. Default: Spark's own, {@code
   * spark_catalog}.
   *
   * @return the catalog with this setting
   */
  public Catalog asDefault() {
    return new Catalog(name.byDefault(), kind);
  }

  /**
   * Says that the catalog is another account's, which must allow it too: see {@link
   * #policyForRead}.
   *
   * @param account 12 digits; may be a token
   * @return the catalog with this setting
   * @throws IllegalArgumentException if this is no account, or the catalog is not the Glue Data
   *     Catalog of an account
   */
  public Catalog ofAccount(String account) {
    if (kind.account().isEmpty()) {
      throw new IllegalArgumentException(
          "%s: ofAccount received '%s', but only glue, icebergOnGlue, deltaOnGlue, hudi and redshift can be another account's; leave it out"
              .formatted(this, account));
    }
    return new Catalog(name, kind.in(GlueAccount.of(toString(), account)));
  }

  /**
   * Lets a role find and read tables.
   *
   * @param role usually the execution role
   * @param database a name or a pattern
   * @param tables names or patterns; none for all tables of the database
   * @return the grant
   * @throws IllegalArgumentException if a name is none, or permissions of it are not IAM's
   */
  public Grant grantRead(IGrantable role, String database, String... tables) {
    return kind.grant(toString(), role, DataAccess.READ, names(database, tables));
  }

  /**
   * Lets a role read tables, make them, and change them and what is in them.
   *
   * @param role usually the execution role
   * @param database a name or a pattern; it must be there
   * @param tables names or patterns; none for all tables of the database
   * @return the grant
   * @throws IllegalArgumentException if a name is none, or permissions of it are not IAM's
   */
  public Grant grantWrite(IGrantable role, String database, String... tables) {
    return kind.grant(toString(), role, DataAccess.WRITE, names(database, tables));
  }

  /**
   * Lets a role read, write and drop tables and, where no table or {@code *} is named, make and
   * drop the database.
   *
   * @param role usually the execution role
   * @param database a name or a pattern
   * @param tables names or patterns; none for the database and all its tables
   * @return the grant
   * @throws IllegalArgumentException if a name is none, or permissions of it are not IAM's
   */
  public Grant grantAdmin(IGrantable role, String database, String... tables) {
    return kind.grant(toString(), role, DataAccess.ADMIN, names(database, tables));
  }

  /**
   * Returns what the owner of another account's catalog must add to its policy (Glue, Data Catalog
   * settings) before {@link #grantRead} holds: IAM asks both accounts. {@code
   * stack.toJsonString(policy.toJSON())} makes an output of it.
   *
   * @param role who, usually the execution role
   * @param database a name or a pattern
   * @param tables names or patterns; none for all tables of the database
   * @return the policy
   * @throws IllegalArgumentException if the catalog is not another account's
   */
  public PolicyDocument policyForRead(IGrantable role, String database, String... tables) {
    return CatalogPolicy.of(toString(), kind, role, DataAccess.READ, names(database, tables));
  }

  /**
   * Returns the same for {@link #grantWrite}.
   *
   * @param role who, usually the execution role
   * @param database a name or a pattern
   * @param tables names or patterns; none for all tables of the database
   * @return the policy
   * @throws IllegalArgumentException if the catalog is not another account's
   */
  public PolicyDocument policyForWrite(IGrantable role, String database, String... tables) {
    return CatalogPolicy.of(toString(), kind, role, DataAccess.WRITE, names(database, tables));
  }

  private TableNames names(String database, String... tables) {
    return CatalogName.tables(toString(), database, List.of(tables));
  }

  @Override
  public List<Classification> settings(FeatureTarget target) {
    Map<String, String> conf = new TreeMap<>(kind.conf(name.name(), target));
    if (name.isDefault()) {
      conf.put("spark.sql.defaultCatalog", name.name());
    }
    return List.of(Classification.of("spark-defaults", conf));
  }

  @Override
  public List<Classification> settingsOfHive(FeatureTarget target) {
    Map<String, String> conf = kind.confOfHive();
    return conf.isEmpty() ? settings(target) : List.of(Classification.of("hive-site", conf));
  }

  @Override
  public List<String> problems(FeatureTarget target) {
    return kind.problems(toString(), target);
  }

  @Override
  public Grant grantTo(IGrantable executionRole) {
    return kind.grantTo(toString(), executionRole);
  }

  @Override
  public List<PrivateEndpoint> endpoints() {
    return kind.endpoints();
  }

  @Override
  public boolean needsVpc() {
    return kind.needsVpc();
  }

  /** {@return its name in errors, such as Catalog.icebergOnGlue 'lake'} */
  @Override
  public String toString() {
    return name.toString();
  }
}
