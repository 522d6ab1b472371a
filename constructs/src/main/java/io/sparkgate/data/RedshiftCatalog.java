package io.sparkgate.data;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.DataAccess;
import io.sparkgate.internal.DataPermissions;
import io.sparkgate.internal.GlueArns;
import io.sparkgate.internal.Grantee;
import io.sparkgate.internal.Statement;
import io.sparkgate.internal.TableNames;
import io.sparkgate.internal.Tokens;
import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.spark.FeatureTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;

/** Iceberg tables of Redshift's managed storage, which is a federated catalog of Glue. */
record RedshiftCatalog(String catalog, GlueAccount holder) implements CatalogKind {

  private static final String KIND = "redshift";
  private static final String LEGAL = "[a-z0-9_-]+(/[a-z0-9_-]+)*";

  static RedshiftCatalog of(String catalog) {
    return new RedshiftCatalog(checked(requireNonNull(catalog, "catalog")), GlueAccount.own());
  }

  @Override
  public Optional<GlueAccount> account() {
    return Optional.of(holder);
  }

  @Override
  public RedshiftCatalog in(GlueAccount other) {
    return new RedshiftCatalog(catalog, other);
  }

  private static String checked(String catalog) {
    if (!Tokens.isUnresolved(catalog) && !catalog.matches(LEGAL)) {
      throw new IllegalArgumentException(
          """
          Catalog.%s: catalog received '%s', but takes the names of a federated catalog of Glue and \
          of the database in it, without the account, such as warehouse/dev"""
              .formatted(KIND, catalog));
    }
    return catalog;
  }

  @Override
  public Map<String, String> conf(String name, FeatureTarget target) {
    return IcebergConf.of(name, holder.id() + ":" + catalog);
  }

  private GlueArns arns() {
    return Tokens.isUnresolved(catalog) ? holder.arns(catalog) : holder.arns(catalog.split("/"));
  }

  @Override
  public List<Statement> starting() {
    return List.of(DataPermissions.findingCatalog(arns()));
  }

  @Override
  public List<Statement> statements(String me, DataAccess access, TableNames names) {
    return DataPermissions.icebergTables(arns(), access, names);
  }

  /** Lake Formation is of the role's account only, and stands in no policy of another's catalog. */
  @Override
  public Grant grantTo(String me, IGrantable role) {
    return Grantee.ofData(role, me)
        .grant(
            Stream.concat(starting().stream(), Stream.of(DataPermissions.lakeFormation()))
                .toList());
  }

  /** Glue names the tables, and Lake Formation hands out what reads them. */
  @Override
  public List<PrivateEndpoint> endpoints() {
    return Stream.concat(
            holder.endpoints().stream(), Stream.of(PrivateEndpoint.of("lakeformation")))
        .toList();
  }

  @Override
  public boolean needsVpc() {
    return true;
  }
}
