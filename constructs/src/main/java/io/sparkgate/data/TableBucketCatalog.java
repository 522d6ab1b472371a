package io.sparkgate.data;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.DataAccess;
import io.sparkgate.internal.DataPermissions;
import io.sparkgate.internal.GlueArns;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Statement;
import io.sparkgate.internal.TableNames;
import io.sparkgate.internal.Tokens;
import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.spark.FeatureTarget;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Arn;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;

/** Iceberg tables of a table bucket of S3, which is a catalog of Glue below s3tablescatalog. */
record TableBucketCatalog(String arn, ArnComponents parts) implements CatalogKind {

  private static final String KIND = "s3Tables";

  /** What Glue calls the catalog of all table buckets of an account. */
  private static final String FEDERATED = "s3tablescatalog";

  private static final String LEGAL =
      "arn:aws[a-z-]*:s3tables:[a-z0-9-]+:\\d{12}:bucket/[a-z0-9][a-z0-9-]{1,61}[a-z0-9]";

  static TableBucketCatalog of(String tableBucketArn) {
    return new TableBucketCatalog(
        checked(requireNonNull(tableBucketArn, "tableBucketArn")),
        Arn.split(tableBucketArn, ArnFormat.SLASH_RESOURCE_NAME));
  }

  private static String checked(String arn) {
    if (!Tokens.isUnresolved(arn) && !arn.matches(LEGAL)) {
      throw new IllegalArgumentException(
          """
          Catalog.%s: tableBucketArn received '%s', but takes the ARN of a table bucket, such as \
          arn:aws:s3tables:eu-west-1:111122223333:bucket/tables"""
              .formatted(KIND, arn));
    }
    return arn;
  }

  @Override
  public Map<String, String> conf(String name, FeatureTarget target) {
    return IcebergConf.of(
        name, "%s:%s/%s".formatted(parts.getAccount(), FEDERATED, parts.getResourceName()), arn);
  }

  @Override
  public List<String> problems(String me, FeatureTarget target) {
    Place here = Place.of(Stack.of(target.application()));
    Place bucket = new Place(parts.getAccount(), parts.getRegion());
    if (bucket.isOfAnotherAccountThan(here)) {
      return List.of(
          "%s has a table bucket of account %s, but the application is of %s, and nothing here lets it in there; use one of %3$s"
              .formatted(me, bucket.account(), here.account()));
    }
    return bucket.isOfAnotherRegionThan(here)
        ? List.of(
            "%s has a table bucket of %s, but the application is of %s, whose workers reach S3 in their own Region only; use one of %3$s"
                .formatted(me, bucket.region(), here.region()))
        : List.of();
  }

  @Override
  public List<Statement> starting() {
    return DataPermissions.startingTableBucket(glue(parts), arn);
  }

  @Override
  public List<Statement> statements(String me, DataAccess access, TableNames names) {
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
