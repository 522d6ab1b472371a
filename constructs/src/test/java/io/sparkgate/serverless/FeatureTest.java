package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.network.SparkConnectNetwork;
import io.sparkgate.spark.Classification;
import io.sparkgate.spark.Feature;
import io.sparkgate.spark.FeatureTarget;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.iam.IGrantable;

class FeatureTest {

  private final App app = new App();
  private final Stack stack = new Stack(app, "Stack");

  @Test
  void joinsListsOfSparkAndKeepsEachEntryOnce() {
    EmrServerlessApplication.Builder.create(stack, "App")
        .sparkDefaults(Map.of("spark.jars", "a.jar"))
        .with(new Lake("b.jar,c.jar"))
        .classification(Classification.of("spark-defaults", Map.of("spark.jars", "c.jar,d.jar")))
        .build();
    Template.fromStack(stack)
        .hasResourceProperties(
            "AWS::EMRServerless::Application",
            Map.of(
                "RuntimeConfiguration",
                List.of(
                    Map.of(
                        "Classification",
                        "spark-defaults",
                        "Properties",
                        Map.of("spark.jars", "a.jar,c.jar,d.jar,b.jar")))));
  }

  @Test
  void namesTheFeatureWhereAKeyHasTwoValues() {
    var application =
        EmrServerlessApplication.Builder.create(stack, "App")
            .sparkDefaults(Map.of("spark.sql.defaultCatalog", "other"))
            .with(
                new Lake("a.jar") {
                  @Override
                  public List<Classification> settings(FeatureTarget target) {
                    return List.of(
                        Classification.of(
                            "spark-defaults", Map.of("spark.sql.defaultCatalog", "lake")));
                  }
                });
    assertThatThrownBy(application::build)
        .hasMessageEndingWith(
            "has two values of 'spark.sql.defaultCatalog': sparkDefaults sets 'other', and"
                + " Lake 'test' sets 'lake'; keep one of them");
  }

  @Test
  void letsTheExecutionRoleUseWhatAPlatformWasGiven() {
    SparkConnectPlatform.Builder.create(stack, "Platform").with(new Lake("a.jar")).build();
    Synth.hasStatement(stack, Map.of("Action", "glue:GetDatabase", "Effect", "Allow"));
  }

  @Test
  void makesThePlatformsOwnNetworkLeadThere() {
    SparkConnectPlatform.Builder.create(stack, "Platform").with(new Lake("a.jar")).build();
    Template.fromStack(stack)
        .resourcePropertiesCountIs(
            "AWS::EC2::VPCEndpoint", Map.of("VpcEndpointType", "Interface"), 1);
  }

  @Test
  void refusesAnIsolatedNetworkOfThisAppThatDoesNotLeadThere() {
    in(SparkConnectNetwork.Builder.create(stack, "Network").build());
    assertThatThrownBy(app::synth)
        .hasMessageContaining(
            "Lake 'test' calls 'glue', but vpcSubnets selects isolated subnets and this app gives"
                + " their VPC no endpoint for it, so a query would hang; add one"
                + " (SparkConnectNetwork: serviceEndpoints(PrivateEndpoint.of(\"glue\")), about"
                + " USD 7.30 a month in each zone");
  }

  @Test
  void warnsOfAnImportedNetworkThatMayNotLeadThere() {
    in(
        SparkConnectNetwork.Builder.create(stack, "Network")
            .vpc(
                Vpc.fromVpcAttributes(
                    stack,
                    "Given",
                    VpcAttributes.builder()
                        .vpcId("vpc-0123456789abcdef0")
                        .availabilityZones(List.of("eu-west-1a", "eu-west-1b"))
                        .isolatedSubnetIds(List.of("subnet-a", "subnet-b"))
                        .build()))
            .build());
    assertThat(Synth.warnings(stack))
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .contains("Lake 'test' calls 'glue'")
                    .contains("or acknowledge this if the VPC has one"));
  }

  @Test
  void refusesWithoutAVpcWhatOnlyAVpcLeadsTo() {
    var application =
        EmrServerlessApplication.Builder.create(stack, "App")
            .with(
                new Lake("a.jar") {
                  @Override
                  public boolean needsVpc() {
                    return true;
                  }
                });
    assertThatThrownBy(application::build)
        .hasMessage("Stack/App: Lake 'test' is out of reach without a VPC; set vpc");
  }

  @Test
  void speaksTheProblemsOfAFeature() {
    var application =
        EmrServerlessApplication.Builder.create(stack, "App")
            .with(
                new Lake("a.jar") {
                  @Override
                  public List<String> problems(FeatureTarget target) {
                    return List.of("this needs " + target.releaseLabel().getLabel() + " and more");
                  }
                });
    assertThatThrownBy(application::build).hasMessage("Stack/App: this needs emr-7.13.0 and more");
  }

  private void in(SparkConnectNetwork network) {
    EmrServerlessApplication.Builder.create(stack, "App")
        .vpc(network.getVpc(), network.getSubnets())
        .securityGroups(List.of(network.getSecurityGroup()))
        .with(new Lake("a.jar"))
        .build();
  }

  private static class Lake implements Feature {
    private final String jars;

    Lake(String jars) {
      this.jars = jars;
    }

    @Override
    public List<Classification> settings(FeatureTarget target) {
      return List.of(Classification.of("spark-defaults", Map.of("spark.jars", jars)));
    }

    @Override
    public Grant grantTo(IGrantable executionRole) {
      return Grant.addToPrincipal(
          GrantOnPrincipalOptions.builder()
              .grantee(executionRole)
              .actions(List.of("glue:GetDatabase"))
              .resourceArns(List.of("arn:aws:glue:eu-west-1:111122223333:catalog"))
              .build());
    }

    @Override
    public List<PrivateEndpoint> endpoints() {
      return List.of(PrivateEndpoint.GLUE);
    }

    @Override
    public String toString() {
      return "Lake 'test'";
    }
  }
}
