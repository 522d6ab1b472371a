package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.access.SessionExecutionRole;
import io.sparkgate.data.Catalog;
import io.sparkgate.network.SparkConnectNetwork;
import io.sparkgate.spark.PythonEnvironment;
import io.sparkgate.testing.Synth;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketAttributes;
import software.amazon.awscdk.services.s3.IBucket;

class HiveApplicationTest {

  private final App app = new App();
  private final Stack stack =
      new Stack(
          app,
          "Stack",
          StackProps.builder()
              .env(Environment.builder().account("111122223333").region("eu-west-1").build())
              .build());

  @Test
  void hasItsTablesInGlueAsHiveReadsIt() {
    hive().with(Catalog.glue().ofAccount("444455556666")).build();

    assertThat(String.valueOf(Synth.application(stack).get("RuntimeConfiguration")))
        .contains(
            "Classification=hive-site",
            " hive.metastore.client.factory.class=com.amazonaws.glue.catalog.metastore.AWSGlueData",
            "hive.metastore.glue.catalogid=444455556666",
            "hive.exec.scratchdir=s3://bucket/scratch")
        .doesNotContain("spark");
  }

  @Test
  void letsItsRoleIntoGlue() {
    hive()
        .with(Catalog.glue())
        .build()
        .grantRun(SessionExecutionRole.Builder.create(stack, "Role").build().getRole());

    Synth.hasStatement(stack, Map.of("Action", "glue:GetDatabase", "Resource", Match.anyValue()));
  }

  @Test
  void asksAnIsolatedNetworkForAWayToGlue() {
    SparkConnectNetwork network = SparkConnectNetwork.Builder.create(stack, "Network").build();
    hive().with(Catalog.glue()).vpc(network.getVpc(), network.getSubnets()).build();

    assertThatThrownBy(app::synth).hasMessageContaining("Catalog.glue calls 'glue', but");
  }

  @Test
  void refusesTablesThatOnlySparkKnows() {
    var application = hive().with(Catalog.deltaOnGlue());

    assertThatThrownBy(application::build)
        .hasMessage(
            "Stack/App: Catalog.deltaOnGlue is for Spark, but type is ApplicationType.hive; leave it"
                + " out, or use ApplicationType.spark()");
  }

  @Test
  void refusesFoldersOfAnotherRegion() {
    IBucket far = bucket(BucketAttributes.builder().region("us-east-1"));
    IBucket near = bucket(BucketAttributes.builder().region("eu-west-1"));
    var application = application().type(ApplicationType.hive(near, far));

    assertThatThrownBy(application::build)
        .hasMessage(
            "Stack/App: ApplicationType.hive: warehouse is in a bucket of us-east-1, but the"
                + " application is of eu-west-1, whose workers reach S3 in their own Region only;"
                + " use a bucket of eu-west-1");
  }

  @Test
  void refusesAPythonEnvironmentOfAnotherRegion() {
    IBucket far = bucket(BucketAttributes.builder().region("us-east-1"));
    var application = application().with(PythonEnvironment.fromBucket(far, "e.tar.gz"));

    assertThatThrownBy(application::build)
        .hasMessageStartingWith("Stack/App: PythonEnvironment is in a bucket of us-east-1, but");
  }

  @Test
  void warnsOfFoldersOfAnotherAccountWhosePolicyItDoesNotChange() {
    IBucket theirs = bucket(BucketAttributes.builder().account("444455556666"));
    application().type(ApplicationType.hive(theirs, theirs)).build();

    assertThat(Synth.warnings(stack))
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .startsWith(
                        "ApplicationType.hive: scratch is in a bucket of account 444455556666,"
                            + " whose policy is not changed from here, so S3 refuses the execution"
                            + " role; let it in there"));
  }

  private EmrServerlessApplication.Builder hive() {
    return application().type(ApplicationType.hive("s3://bucket/scratch", "s3://bucket/warehouse"));
  }

  private EmrServerlessApplication.Builder application() {
    return EmrServerlessApplication.Builder.create(stack, "App");
  }

  private IBucket bucket(BucketAttributes.Builder attributes) {
    String id = "Bucket" + stack.getNode().getChildren().size();
    return Bucket.fromBucketAttributes(
        stack, id, attributes.bucketName(id.toLowerCase(Locale.ROOT)).build());
  }
}
