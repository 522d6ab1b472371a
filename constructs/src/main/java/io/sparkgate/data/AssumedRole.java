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
import software.amazon.awscdk.IResource;
import software.amazon.awscdk.services.iam.IRole;

/**
 * A role, usually of another account, that workers become for all of S3, for DynamoDB, or by code.
 */
final class AssumedRole extends SourceAccess {

  private static final String PROVIDER = "com.amazonaws.emr.AssumeRoleAWSCredentialsProvider";

  /** For whom workers become it. */
  enum Use {
    CODE("DataSource.assumedRole"),
    S3("DataSource.assumedRoleForS3"),
    DYNAMODB("DataSource.assumedRoleForDynamoDb");

    private final String name;

    Use(String name) {
      this.name = name;
    }
  }

  private final IRole role;
  private final Use use;

  AssumedRole(Use use, IRole role) {
    super("%s '%s'".formatted(use.name, requireNonNull(role, "role").getNode().getPath()));
    this.role = role;
    this.use = use;
  }

  @Override
  List<Statement> statements() {
    return SourcePermissions.assumed(List.of(role.getRoleArn()));
  }

  @Override
  void admit(IResource identity, Findings findings) {
    RoleTrust.admit(this, role, identity, findings);
  }

  @Override
  String since() {
    return use == Use.DYNAMODB ? "emr-6.9.0" : "";
  }

  @Override
  public List<Classification> settings(FeatureTarget target) {
    return switch (use) {
      case CODE -> List.of();
      case S3 -> List.of(Classification.of("spark-defaults", ofS3()));
      case DYNAMODB ->
          List.of(
              Classification.of(
                  "core-site", Map.of("dynamodb.customAWSCredentialsProvider", PROVIDER)),
              Classification.of("spark-defaults", environment()));
    };
  }

  private Map<String, String> ofS3() {
    Map<String, String> settings = environment();
    settings.putAll(S3Credentials.from(PROVIDER));
    return settings;
  }

  /** Where the provider finds the role. */
  private Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String of : List.of("spark.emr-serverless.driverEnv", "spark.executorEnv")) {
      environment.put(of + ".ASSUME_ROLE_CREDENTIALS_ROLE_ARN", role.getRoleArn());
    }
    return environment;
  }

  @Override
  public List<PrivateEndpoint> endpoints() {
    return List.of(PrivateEndpoint.STS.reaching(Place.of(role).account()));
  }
}
