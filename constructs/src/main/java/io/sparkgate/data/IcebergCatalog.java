package io.sparkgate.data;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.BucketData;
import io.sparkgate.internal.DataAccess;
import io.sparkgate.internal.DataPermissions;
import io.sparkgate.internal.Grantee;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Statement;
import io.sparkgate.internal.TableNames;
import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.spark.FeatureTarget;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.s3.IBucket;

/** Iceberg tables that Glue keeps, with their data in a bucket. */
final class IcebergCatalog extends Catalog {

  private static final String KIND = "icebergOnGlue";

  private final BucketData warehouse;
  private final GlueAccount account;

  IcebergCatalog(String name, IBucket warehouse, String prefix) {
    this(
        CatalogName.of(KIND, requireNonNull(name, "name")),
        BucketData.of(requireNonNull(warehouse, "warehouse"), checked(prefix)),
        GlueAccount.own());
  }

  private IcebergCatalog(CatalogName name, BucketData warehouse, GlueAccount account) {
    super(name);
    this.warehouse = warehouse;
    this.account = account;
  }

  private static String checked(String prefix) {
    if (prefix.startsWith("/")) {
      throw new IllegalArgumentException(
          """
          Catalog.%s: prefix '%s' would make a folder without a name; leave out the slash at its \
          start"""
              .formatted(KIND, prefix));
    }
    return prefix;
  }

  @Override
  IcebergCatalog named(CatalogName other) {
    return new IcebergCatalog(other, warehouse, account);
  }

  @Override
  public IcebergCatalog ofAccount(String other) {
    return new IcebergCatalog(name(), warehouse, GlueAccount.of(this, other));
  }

  @Override
  Map<String, String> conf(FeatureTarget target) {
    return IcebergConf.of(name().name(), account.other().orElse(""), warehouse.url());
  }

  @Override
  public List<String> problems(FeatureTarget target) {
    Place here = Place.of(Stack.of(target.application()));
    Place bucket = Place.of(warehouse.bucket());
    return bucket.isOfAnotherRegionThan(here)
        ? List.of(
            "%s has its warehouse in a bucket of %s, but the application is of %s, whose workers reach S3 in their own Region only; use a bucket of %3$s"
                .formatted(this, bucket.region(), here.region()))
        : List.of();
  }

  /** To have the catalog needs nothing: it calls Glue when somebody names a table. */
  @Override
  public Grant grantTo(IGrantable executionRole) {
    return Grant.drop(executionRole, this + " asks Glue for nothing before a table is named");
  }

  @Override
  List<Statement> statements(DataAccess access, TableNames names) {
    return DataPermissions.icebergTables(account.arns(), access, names);
  }

  @Override
  Grant grant(IGrantable role, DataAccess access, TableNames names) {
    return Grantee.ofData(role, toString())
        .grant(statements(access, names))
        .combine(warehouse.grant(role, access, toString()));
  }

  @Override
  boolean isOfAnotherAccount() {
    return account.other().isPresent();
  }

  @Override
  public List<PrivateEndpoint> endpoints() {
    return account.endpoints();
  }
}
