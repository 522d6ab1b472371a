package io.sparkgate.data;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.DataAccess;
import io.sparkgate.internal.DataPermissions;
import io.sparkgate.internal.GlueArns;
import io.sparkgate.internal.Grantee;
import io.sparkgate.internal.Statement;
import io.sparkgate.internal.TableNames;
import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.spark.FeatureTarget;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;

/** Iceberg tables of Redshift's managed storage, which is a federated catalog of Glue. */
final class RedshiftCatalog extends Catalog {

  private static final String KIND = "redshift";
  private static final String LEGAL = "[a-z0-9_-]+(/[a-z0-9_-]+)*";

  private final String catalog;
  private final GlueAccount account;

  RedshiftCatalog(String name, String catalog) {
    this(
        CatalogName.of(KIND, requireNonNull(name, "name")),
        checked(requireNonNull(catalog, "catalog")),
        GlueAccount.own());
  }

  private RedshiftCatalog(CatalogName name, String catalog, GlueAccount account) {
    super(name);
    this.catalog = catalog;
    this.account = account;
  }

  private static String checked(String catalog) {
    if (!Token.isUnresolved(catalog) && !catalog.matches(LEGAL)) {
      throw new IllegalArgumentException(
          """
          Catalog.%s: catalog received '%s', but takes the names of a federated catalog of Glue and \
          of the database in it, without the account, such as warehouse/dev"""
              .formatted(KIND, catalog));
    }
    return catalog;
  }

  @Override
  RedshiftCatalog named(CatalogName other) {
    return new RedshiftCatalog(other, catalog, account);
  }

  @Override
  public RedshiftCatalog ofAccount(String other) {
    return new RedshiftCatalog(name(), catalog, GlueAccount.of(this, other));
  }

  @Override
  Map<String, String> conf(FeatureTarget target) {
    return IcebergConf.of(name().name(), account.id() + ":" + catalog);
  }

  private GlueArns arns() {
    return Token.isUnresolved(catalog) ? account.arns(catalog) : account.arns(catalog.split("/"));
  }

  @Override
  List<Statement> starting() {
    return List.of(DataPermissions.findingCatalog(arns()));
  }

  @Override
  List<Statement> statements(DataAccess access, TableNames names) {
    return DataPermissions.icebergTables(arns(), access, names);
  }

  @Override
  public Grant grantTo(IGrantable executionRole) {
    return Grantee.ofData(executionRole, toString())
        .grant(
            Stream.concat(starting().stream(), Stream.of(DataPermissions.lakeFormation()))
                .toList());
  }

  @Override
  Grant grant(IGrantable role, DataAccess access, TableNames names) {
    return Grantee.ofData(role, toString()).grant(statements(access, names));
  }

  @Override
  boolean isOfAnotherAccount() {
    return account.other().isPresent();
  }

  /** Glue names the tables, and Lake Formation hands out what reads them. */
  @Override
  public List<PrivateEndpoint> endpoints() {
    return Stream.concat(
            account.endpoints().stream(), Stream.of(PrivateEndpoint.of("lakeformation")))
        .toList();
  }

  @Override
  public boolean needsVpc() {
    return true;
  }
}
