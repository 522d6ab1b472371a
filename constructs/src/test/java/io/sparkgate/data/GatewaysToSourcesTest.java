package io.sparkgate.data;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.network.SparkConnectNetwork;
import io.sparkgate.serverless.EmrServerlessApplication;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketAttributes;
import software.constructs.Construct;

class GatewaysToSourcesTest {

  private final App app = new App();

  @Test
  void refusesAnIsolatedNetworkWithoutTheGatewayWhichIsFree() {
    Stack mine = new Stack(app, "Mine");
    application(mine, SparkConnectNetwork.Builder.create(mine, "Network").build());

    assertThatThrownBy(app::synth)
        .hasMessageContaining(
            "DataSource.table 'Mine/Table' calls 'dynamodb', but vpcSubnets selects isolated subnets and this app gives their VPC no endpoint for it, so a query would hang; add one (SparkConnectNetwork: serviceEndpoints(PrivateEndpoint.of(\"dynamodb\")), free), or use");
  }

  @Test
  void takesANetworkWithTheGatewayAndNoAddressInIt() {
    Stack mine = new Stack(app, "Mine");
    application(
        mine,
        SparkConnectNetwork.Builder.create(mine, "Network")
            .serviceEndpoints(PrivateEndpoint.DYNAMODB, PrivateEndpoint.S3_EXPRESS)
            .build());

    Template template = Template.fromStack(mine);
    template.resourcePropertiesCountIs(
        "AWS::EC2::VPCEndpoint", Map.of("VpcEndpointType", "Gateway"), 3);
    template.resourceCountIs("AWS::EC2::SecurityGroup", 1);
  }

  @Test
  void refusesDataOfAnotherRegionInThePlatformsOwnNetworkWithoutAWayOut() {
    Stack mine = new Stack(app, "Mine");
    SparkConnectPlatform.Builder.create(mine, "Platform")
        .with(farBucket(mine).read().acrossRegions())
        .build();

    assertThatThrownBy(app::synth)
        .hasMessageContaining(
            "DataSource.bucket 'Mine/Far' is beyond what endpoints lead to, but vpcSubnets selects isolated subnets, so a query would hang; use subnets with a NAT gateway (SparkConnectNetwork: natGateways(1))");
  }

  @Test
  void takesDataOfAnotherRegionInANetworkWithAWayOut() {
    Stack mine = new Stack(app, "Mine");
    SparkConnectNetwork network =
        SparkConnectNetwork.Builder.create(mine, "Network").natGateways(1).build();
    EmrServerlessApplication.Builder.create(mine, "App")
        .vpc(network.getVpc(), network.getSubnets())
        .with(farBucket(mine).read().acrossRegions())
        .build();

    assertThatCode(app::synth).doesNotThrowAnyException();
  }

  private static BucketSource farBucket(Stack stack) {
    return DataSource.bucket(
        Bucket.fromBucketAttributes(
            stack,
            "Far",
            BucketAttributes.builder().bucketName("far").region("ap-northeast-1").build()));
  }

  private static void application(Stack stack, SparkConnectNetwork network) {
    EmrServerlessApplication.Builder.create(stack, "App")
        .vpc(network.getVpc(), network.getSubnets())
        .securityGroups(List.of(network.getSecurityGroup()))
        .with(DataSource.table(table(stack)).read())
        .build();
  }

  private static Table table(Construct scope) {
    return Table.Builder.create(scope, "Table")
        .partitionKey(Attribute.builder().name("id").type(AttributeType.STRING).build())
        .build();
  }
}
