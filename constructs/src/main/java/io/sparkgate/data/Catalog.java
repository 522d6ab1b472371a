package io.sparkgate.data;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.DataAccess;
import io.sparkgate.internal.Statement;
import io.sparkgate.internal.TableNames;
import io.sparkgate.spark.Classification;
import io.sparkgate.spark.Feature;
import io.sparkgate.spark.FeatureTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
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
public abstract class Catalog implements Feature {

  /** The name of the catalog that Spark has anyway. */
  static final String SESSION_CATALOG = "spark_catalog";

  private final CatalogName name;

  Catalog(CatalogName name) {
    this.name = name;
  }

  /**
   * The account's Glue Data Catalog, as EMR's console offers it: Spark's own catalog, with tables
   * of Hive (Parquet, ORC, CSV and others). Databases that it makes need a {@code LOCATION},
   * because there is no warehouse.
   *
   * @return the catalog
   */
  public static Catalog glue() {
    return new HiveCatalog(HiveCatalog.Format.HIVE);
  }

  /**
   * Iceberg tables, kept by Glue, with their data in a bucket.
   *
   * @param name by which Spark finds it: {@code lake} of {@code lake.sales.orders}
   * @param warehouse where tables are made that name no place
   * @return the catalog
   * @throws IllegalArgumentException if Spark cannot take the name
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
    return new IcebergCatalog(name, warehouse, prefix);
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
    return new TableBucketCatalog(name, tableBucketArn);
  }

  /**
   * Delta tables and those of {@link #glue()}, in the account's Glue Data Catalog: Spark's own
   * catalog.
   *
   * @return the catalog
   */
  public static Catalog deltaOnGlue() {
    return new HiveCatalog(HiveCatalog.Format.DELTA);
  }

  /**
   * Hudi tables and those of {@link #glue()}, in the account's Glue Data Catalog: Spark's own
   * catalog. Hudi must synchronise with its mode {@code hms}.
   *
   * @return the catalog
   */
  public static Catalog hudi() {
    return new HiveCatalog(HiveCatalog.Format.HUDI);
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
    return new RedshiftCatalog(name, catalog);
  }

  /**
   * A metastore of Hive that you run yourself: Spark's own catalog. Who may read which table is the
   * metastore's affair, and where tables are must be granted beside it.
   *
   * @param metastore how it is reached; only through a VPC
   * @return the catalog
   */
  public static Catalog hiveMetastore(HiveMetastore metastore) {
    return new MetastoreCatalog(requireNonNull(metastore, "metastore"));
  }

  /**
   * Makes it the catalog that Spark looks in where a query names none. Default: Spark's own, {@code
   * spark_catalog}.
   *
   * @return the catalog with this setting
   */
  public final Catalog asDefault() {
    return named(name.byDefault());
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
    throw new IllegalArgumentException(
        "%s: ofAccount received '%s', but only glue, icebergOnGlue, deltaOnGlue and hudi can be another account's; leave it out"
            .formatted(this, account));
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
  public final Grant grantRead(IGrantable role, String database, String... tables) {
    return grant(role, DataAccess.READ, names(database, tables));
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
  public final Grant grantWrite(IGrantable role, String database, String... tables) {
    return grant(role, DataAccess.WRITE, names(database, tables));
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
  public final Grant grantAdmin(IGrantable role, String database, String... tables) {
    return grant(role, DataAccess.ADMIN, names(database, tables));
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
  public final PolicyDocument policyForRead(IGrantable role, String database, String... tables) {
    return policy(role, DataAccess.READ, names(database, tables));
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
  public final PolicyDocument policyForWrite(IGrantable role, String database, String... tables) {
    return policy(role, DataAccess.WRITE, names(database, tables));
  }

  private PolicyDocument policy(IGrantable role, DataAccess access, TableNames names) {
    List<Statement> statements = new ArrayList<>(starting());
    statements.addAll(statements(access, names));
    if (!isOfAnotherAccount()) {
      throw new IllegalArgumentException(
          "%s: a policy is for the catalog of another account; call ofAccount first"
              .formatted(this));
    }
    PolicyDocument document = new PolicyDocument();
    for (Statement statement : statements) {
      PolicyStatement admitting = statement.toPolicyStatement();
      admitting.addPrincipals(role.getGrantPrincipal());
      document.addStatements(admitting);
    }
    return document;
  }

  /** What the execution role is allowed so that there is a catalog at all. */
  List<Statement> starting() {
    return List.of();
  }

  boolean isOfAnotherAccount() {
    return false;
  }

  private TableNames names(String database, String... tables) {
    return CatalogName.tables(toString(), database, List.of(tables));
  }

  /** What each grant allows on Glue. */
  abstract List<Statement> statements(DataAccess access, TableNames names);

  /** What each grant gives; on the objects below the warehouse too, if there is one. */
  abstract Grant grant(IGrantable role, DataAccess access, TableNames names);

  /** The same catalog, with another name or as the default. */
  abstract Catalog named(CatalogName other);

  abstract Map<String, String> conf(FeatureTarget target);

  final CatalogName name() {
    return name;
  }

  @Override
  public final List<Classification> settings(FeatureTarget target) {
    Map<String, String> conf = new TreeMap<>(conf(requireNonNull(target, "target")));
    if (name.isDefault()) {
      conf.put("spark.sql.defaultCatalog", name.name());
    }
    return List.of(Classification.of("spark-defaults", conf));
  }

  /** {@return its name in errors, such as Catalog.icebergOnGlue 'lake'} */
  @Override
  public final String toString() {
    return "Catalog."
        + name.kind()
        + (name.name().equals(SESSION_CATALOG) ? "" : " '" + name.name() + "'");
  }
}
