package io.sparkgate.data;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.SourcePermissions;
import io.sparkgate.internal.Statement;
import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.spark.Classification;
import io.sparkgate.spark.FeatureTarget;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awscdk.IResource;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.s3.IBucket;

/**
 * Roles, usually of other accounts, that workers become for one bucket each. One value holds all
 * that an application has, because Spark takes them in one setting.
 */
public final class BucketRoles extends SourceAccess {

  private static final String PROVIDER =
      "com.amazonaws.emr.serverless.credentialsprovider.BucketLevelAssumeRoleCredentialsProvider";

  private final Map<String, IRole> roles;

  BucketRoles(IBucket bucket, IRole role) {
    this(Map.of(bucket.getBucketName(), requireNonNull(role, "role")));
  }

  private BucketRoles(Map<String, IRole> roles) {
    super("DataSource.assumedRolePerBucket");
    this.roles = roles;
  }

  /**
   * Adds a bucket.
   *
   * @param bucket the bucket
   * @param role the role that workers become for it
   * @return the same, with one bucket more
   * @throws IllegalArgumentException if the bucket has a role already
   */
  public BucketRoles and(IBucket bucket, IRole role) {
    Map<String, IRole> more = new LinkedHashMap<>(roles);
    IRole earlier = more.put(bucket.getBucketName(), requireNonNull(role, "role"));
    if (earlier != null) {
      throw new IllegalArgumentException(
          "DataSource.assumedRolePerBucket: bucket %s has two roles, %s and %s; keep one of them"
              .formatted(
                  bucket.getNode().getPath(),
                  earlier.getNode().getPath(),
                  role.getNode().getPath()));
    }
    return new BucketRoles(more);
  }

  @Override
  List<Statement> statements() {
    return SourcePermissions.assumed(
        roles.values().stream().map(IRole::getRoleArn).distinct().toList());
  }

  @Override
  void admit(IResource identity, Findings findings) {
    roles.values().stream()
        .distinct()
        .forEach(role -> RoleTrust.admit(this, role, identity, findings));
  }

  @Override
  String since() {
    return "emr-6.11.0";
  }

  @Override
  public List<Classification> settings(FeatureTarget target) {
    Map<String, String> settings = new LinkedHashMap<>(S3Credentials.from(PROVIDER));
    settings.put(
        "spark.hadoop.fs.s3.bucketLevelAssumeRoleMapping",
        roles.entrySet().stream()
            .map(entry -> entry.getKey() + "->" + entry.getValue().getRoleArn())
            .collect(Collectors.joining(";")));
    return List.of(Classification.of("spark-defaults", settings));
  }

  @Override
  public List<PrivateEndpoint> endpoints() {
    return roles.values().stream()
        .map(role -> PrivateEndpoint.STS.reaching(Place.of(role).account()))
        .toList();
  }
}
