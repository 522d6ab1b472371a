package io.sparkgate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

/** What a user of cdk.json is told, and what not, because nothing can be done about it. */
class QuietSynthesisTest {

  @Test
  void doesNotAskForRouteTablesOfAGivenVpc() {
    SparkConnectStack stack =
        SparkgateApp.addStacks(
                app(
                    Map.of(
                        "environments",
                        Map.of(
                            "dev",
                            Map.of(
                                "vpc",
                                Map.of(
                                    "vpcId", "vpc-0123456789abcdef0",
                                    "availabilityZones", List.of("eu-west-1a", "eu-west-1b"),
                                    "privateSubnetIds",
                                        List.of(
                                            "subnet-0123456789abcdef0",
                                            "subnet-0123456789abcdef1")))))))
            .get(0);

    assertThat(
            Annotations.fromStack(stack)
                .findWarning("*", Match.stringLikeRegexp("noSubnetRouteTableId")))
        .isEmpty();
  }

  @Test
  void saysThatAssetsMustBeStaged() {
    assertThatThrownBy(() -> NoStaging.refuse(app(Map.of("aws:cdk:disable-asset-staging", true))))
        .hasMessage(
            "--no-staging (context aws:cdk:disable-asset-staging) received true, but an app in Java"
                + " takes no such thing: the CDK and this library hand out files of temporary"
                + " folders, which are gone before they could be deployed; leave it out");
    assertThatCode(() -> NoStaging.refuse(app(Map.of()))).doesNotThrowAnyException();
  }

  private static App app(Map<String, Object> context) {
    return new App(AppProps.builder().context(context).build());
  }
}
