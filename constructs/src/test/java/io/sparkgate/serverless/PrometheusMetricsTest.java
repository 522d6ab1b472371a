package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.spark.ReleaseLabel;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.aps.CfnWorkspace;
import software.amazon.awscdk.services.ec2.Vpc;

class PrometheusMetricsTest {

  private static final String ARN = "arn:aws:aps:eu-west-1:123456789012:workspace/ws-0123";

  private final Stack stack =
      new Stack(
          new App(),
          "Stack",
          StackProps.builder()
              .env(Environment.builder().account("123456789012").region("eu-west-1").build())
              .build());

  @Test
  void writesToTheWorkspaceWithTheRoleAndThroughTheNetworkOfThePlatform() {
    SparkConnectPlatform.Builder.create(stack, "Platform")
        .with(PrometheusMetrics.toArn(ARN))
        .build();
    Synth.hasApplication(
        stack,
        Map.of(
            "MonitoringConfiguration",
            Match.objectLike(
                Map.of(
                    "PrometheusMonitoringConfiguration",
                    Map.of(
                        "RemoteWriteUrl",
                        Map.of(
                            "Fn::Join",
                            List.of(
                                "",
                                List.of(
                                    "https://aps-workspaces.eu-west-1.",
                                    Map.of("Ref", "AWS::URLSuffix"),
                                    "/workspaces/ws-0123/api/v1/remote_write"))))))));
    Synth.hasStatement(stack, Map.of("Action", "aps:RemoteWrite", "Resource", ARN));
    Template.fromStack(stack)
        .hasResourceProperties(
            "AWS::EC2::VPCEndpoint",
            Map.of("ServiceName", "com.amazonaws.eu-west-1.aps-workspaces"));
  }

  @Test
  void takesAWorkspaceOfThisApp() {
    CfnWorkspace workspace = CfnWorkspace.Builder.create(stack, "Workspace").build();
    application(PrometheusMetrics.to(workspace)).build();
    assertThat(String.valueOf(Synth.application(stack).get("MonitoringConfiguration")))
        .contains("Workspace, Arn")
        .contains("/api/v1/remote_write");
  }

  @Test
  void refusesAnApplicationWithoutAVpc() {
    var builder =
        EmrServerlessApplication.Builder.create(stack, "App").with(PrometheusMetrics.toArn(ARN));
    assertThatThrownBy(builder::build)
        .hasMessage("Stack/App: PrometheusMetrics is out of reach without a VPC; set vpc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:aps:us-east-1:123456789012:workspace/ws-0123",
        "arn:aws:aps:eu-west-1:210987654321:workspace/ws-0123"
      })
  void refusesAWorkspaceOfAnotherAccountOrRegion(String arn) {
    var builder = application(PrometheusMetrics.toArn(arn));
    assertThatThrownBy(builder::build)
        .hasMessageStartingWith("Stack/App: PrometheusMetrics received a workspace of ")
        .hasMessageEndingWith(
            ", but the application is in 123456789012/eu-west-1; use one of the application's own"
                + " account and Region");
  }

  @Test
  void refusesAReleaseThatHasNone() {
    var builder =
        application(PrometheusMetrics.toArn(ARN))
            .type(ApplicationType.spark().withoutSessions())
            .releaseLabel(ReleaseLabel.of("emr-7.0.0"));
    assertThatThrownBy(builder::build)
        .hasMessage(
            "Stack/App: releaseLabel emr-7.0.0 has no PrometheusMetrics; use emr-7.1.0 or a later"
                + " release");
  }

  @Test
  void refusesWhatIsNoWorkspace() {
    assertThatThrownBy(() -> PrometheusMetrics.toArn("ws-0123"))
        .hasMessage(
            "PrometheusMetrics: 'ws-0123' is not the ARN of a workspace; use one such as"
                + " arn:aws:aps:eu-west-1:123456789012:workspace/ws-0123");
  }

  private EmrServerlessApplication.Builder application(PrometheusMetrics metrics) {
    return EmrServerlessApplication.Builder.create(stack, "App")
        .vpc(Vpc.Builder.create(stack, "Vpc").build())
        .with(metrics);
  }
}
