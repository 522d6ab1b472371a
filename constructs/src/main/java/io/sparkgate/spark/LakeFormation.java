package io.sparkgate.spark;

import static java.util.Map.entry;

import io.sparkgate.internal.FeaturePermissions;
import io.sparkgate.internal.Ordered;
import io.sparkgate.network.PrivateEndpoint;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;

/**
 * Fine-grained access to tables of the Glue Data Catalog as AWS Lake Formation says: rows, columns
 * and cells of Hive and Iceberg tables, to be read by job runs and Livy. Of release 7.2.0 and
 * later, not in GovCloud. Each job run has two drivers, one of the service's own.
 *
 * <p>What the execution role may read is granted in Lake Formation; here it gets what it needs to
 * ask. AWS's sample lets it change the Glue catalog, too; grant that where a job run does.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/emr-serverless-lf-enable-considerations.html">Considerations
 *     and limitations</a>
 */
public final class LakeFormation implements Feature {

  private LakeFormation() {}

  /**
   * Access as Lake Formation says.
   *
   * @return the setting
   */
  public static LakeFormation fineGrained() {
    return new LakeFormation();
  }

  @Override
  public List<Classification> settings(FeatureTarget target) {
    return SparkDefaults.of(
        Ordered.map(entry("spark.emr-serverless.lakeformation.enabled", "true")));
  }

  @Override
  public Grant grantTo(IGrantable executionRole) {
    return FeaturePermissions.grantAsking(executionRole);
  }

  @Override
  public List<PrivateEndpoint> endpoints() {
    return List.of(PrivateEndpoint.of("lakeformation"), PrivateEndpoint.GLUE, PrivateEndpoint.STS);
  }

  @Override
  public List<String> problems(FeatureTarget target) {
    List<String> problems = new ArrayList<>(SparkDefaults.inSessions(target, this));
    problems.addAll(SparkDefaults.before("7.2.0", target, this));
    String region = Stack.of(target.application()).getRegion();
    if (region.startsWith("us-gov-")) {
      problems.add("%s is not available in %s; leave it out".formatted(this, region));
    }
    return problems;
  }

  @Override
  public String toString() {
    return "LakeFormation.fineGrained";
  }
}
