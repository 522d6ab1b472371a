package io.sparkgate.data;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.DataAccess;
import io.sparkgate.internal.DataPermissions;
import io.sparkgate.internal.GlueArns;
import io.sparkgate.internal.Grantee;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Statement;
import io.sparkgate.internal.TableNames;
import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.spark.FeatureTarget;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Arn;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;

/** Iceberg tables of a table bucket of S3, which is a catalog of Glue below s3tablescatalog. */
final class TableBucketCatalog extends Catalog {

  private static final String KIND = "s3Tables";

  /** What Glue calls the catalog of all table buckets of an account. */
  private static final String FEDERATED = "s3tablescatalog";

  private static final String LEGAL =
      "arn:aws[a-z-]*:s3tables:[a-z0-9-]+:\\d{12}:bucket/[a-z0-9][a-z0-9-]{1,61}[a-z0-9]";

  private final String arn;
  private final ArnComponents parts;

  TableBucketCatalog(String name, String tableBucketArn) {
    this(
        CatalogName.of(KIND, requireNonNull(name, "name")),
        checked(requireNonNull(tableBucketArn, "tableBucketArn")),
        Arn.split(tableBucketArn, ArnFormat.SLASH_RESOURCE_NAME));
  }

  private TableBucketCatalog(CatalogName name, String arn, ArnComponents parts) {
    super(name);
    this.arn = arn;
    this.parts = parts;
  }

  private static String checked(String arn) {
    if (!Token.isUnresolved(arn) && !arn.matches(LEGAL)) {
      throw new IllegalArgumentException(
          """
          Catalog.%s: tableBucketArn received '%s', but takes the ARN of a table bucket, such as \
          arn:aws:s3tables:eu-west-1:111122223333:bucket/tables"""
              .formatted(KIND, arn));
    }
    return arn;
  }

  @Override
  TableBucketCatalog named(CatalogName other) {
    return new TableBucketCatalog(other, arn, parts);
  }

  @Override
  Map<String, String> conf(FeatureTarget target) {
    return IcebergConf.of(
        name().name(),
        "%s:%s/%s".formatted(parts.getAccount(), FEDERATED, parts.getResourceName()),
        arn);
  }

  @Override
  public List<String> problems(FeatureTarget target) {
    Place here = Place.of(Stack.of(target.application()));
    Place bucket = new Place(parts.getAccount(), parts.getRegion());
    return bucket.isOfAnotherRegionThan(here)
        ? List.of(
            "%s has a table bucket of %s, but the application is of %s, whose workers reach S3 in their own Region only; use one of %3$s"
                .formatted(this, bucket.region(), here.region()))
        : List.of();
  }

  @Override
  public Grant grantTo(IGrantable executionRole) {
    return Grantee.ofData(executionRole, toString())
        .grant(DataPermissions.startingTableBucket(glue(parts), arn));
  }

  @Override
  Grant grant(IGrantable role, DataAccess access, TableNames names) {
    return Grantee.ofData(role, toString()).grant(statements(access, names));
  }

  @Override
  List<Statement> statements(DataAccess access, TableNames names) {
    return Stream.concat(
            DataPermissions.icebergTables(glue(parts), access, names).stream(),
            DataPermissions.tablesOfBucket(arn, access, names).stream())
        .toList();
  }

  private static GlueArns glue(ArnComponents bucket) {
    return new GlueArns(
        String.valueOf(bucket.getRegion()),
        String.valueOf(bucket.getAccount()),
        List.of(FEDERATED, String.valueOf(bucket.getResourceName())));
  }

  /** Tables are asked of Glue, and what is in them of S3, which a gateway endpoint leads to. */
  @Override
  public List<PrivateEndpoint> endpoints() {
    return List.of(PrivateEndpoint.GLUE.reaching(String.valueOf(parts.getAccount())));
  }
}
