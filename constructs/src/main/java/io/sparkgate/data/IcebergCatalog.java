package io.sparkgate.data;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.BucketData;
import io.sparkgate.internal.DataAccess;
import io.sparkgate.internal.DataPermissions;
import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Grantee;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Statement;
import io.sparkgate.internal.TableNames;
import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.spark.FeatureTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.s3.IBucket;

/** Iceberg tables that Glue keeps, with their data in a bucket. */
record IcebergCatalog(BucketData warehouse, GlueAccount holder) implements CatalogKind {

  private static final String KIND = "icebergOnGlue";

  static IcebergCatalog of(IBucket warehouse, String prefix) {
    return new IcebergCatalog(
        BucketData.of(requireNonNull(warehouse, "warehouse"), checked(prefix)), GlueAccount.own());
  }

  @Override
  public Optional<GlueAccount> account() {
    return Optional.of(holder);
  }

  @Override
  public IcebergCatalog in(GlueAccount other) {
    return new IcebergCatalog(warehouse, other);
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
  public Map<String, String> conf(String name, FeatureTarget target) {
    return IcebergConf.of(name, holder.other().orElse(""), warehouse.url());
  }

  @Override
  public List<String> problems(String me, FeatureTarget target) {
    Stack stack = Stack.of(target.application());
    warehouse.requireReferable(new Findings(target.application()), "the application", stack);
    Place here = Place.of(stack);
    Place bucket = Place.of(warehouse.bucket());
    return bucket.isOfAnotherRegionThan(here)
        ? List.of(
            "%s has its warehouse in a bucket of %s, but the application is of %s, whose workers reach S3 in their own Region only; use a bucket of %3$s"
                .formatted(me, bucket.region(), here.region()))
        : List.of();
  }

  @Override
  public List<Statement> statements(String me, DataAccess access, TableNames names) {
    return DataPermissions.icebergTables(holder.arns(), access, names);
  }

  @Override
  public Grant grant(String me, IGrantable role, DataAccess access, TableNames names) {
    return Grantee.ofData(role, me)
        .grant(statements(me, access, names))
        .combine(warehouse.grant(role, access, me));
  }

  @Override
  public List<PrivateEndpoint> endpoints() {
    return holder.endpoints();
  }
}
