package io.sparkgate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

/** What a user of cdk.json is told, and what not, because nothing can be done about it. */
class QuietSynthesisTest {

  @Test
  void doesNotAskForRouteTablesOfAGivenVpc() {
    Stack stack =
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

  /** As the CLI counts them: neither told nor, untold, what the CDK recommends. */
  @Test
  void leavesNoFeatureFlagToAskAbout(@TempDir Path directory) throws Exception {
    SparkgateApp.quiet(AppProps.builder().outdir(directory.toString())).synth();

    JsonNode flags =
        new ObjectMapper()
            .readTree(directory.resolve("manifest.json").toFile())
            .at("/artifacts/aws-cdk-lib~1feature-flag-report/properties/flags");
    assertThat(flags).hasSizeGreaterThan(80);
    assertThat(flags.properties())
        .allSatisfy(
            flag -> {
              JsonNode report = flag.getValue();
              JsonNode untold = report.at("/unconfiguredBehavesLike/v2");
              assertThat(
                      report.has("userValue")
                          || (untold.isMissingNode() ? "false" : untold.toString())
                              .equals(report.path("recommendedValue").toString()))
                  .as(flag.getKey())
                  .isTrue();
            });
  }

  @Test
  void namesNoFileOfJsiiAsTheSourceOfAWarning(@TempDir Path directory) throws Exception {
    App app = SparkgateApp.quiet(AppProps.builder().outdir(directory.toString()));
    CfnParameter.Builder.create(new Stack(app, "Stack"), "Parameter").build();
    app.synth();

    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(file).content().doesNotContain("program.js");
      }
    }
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
