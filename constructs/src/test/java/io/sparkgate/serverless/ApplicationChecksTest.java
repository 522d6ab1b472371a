package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.testing.Synth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;

class ApplicationChecksTest {

  private final Stack stack = new Stack();

  @ParameterizedTest
  @ValueSource(strings = {"ap-east-2", "ap-southeast-6", "ap-southeast-7", "mx-central-1"})
  void warnsOfRegionsWithoutTheResourceType(String region) {
    Stack stack = applicationIn(region);
    assertThat(Synth.warnings(stack))
        .singleElement()
        .asString()
        .startsWith("CloudFormation had no AWS::EMRServerless::Application in " + region)
        .contains("deploy the stack to another Region, or acknowledge this if it has by now");
    acknowledge(stack);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cn-north-1",
        "cn-northwest-1",
        "me-central-1",
        "me-south-1",
        "us-gov-east-1",
        "us-gov-west-1"
      })
  void warnsOfRegionsWhereSessionsCannotBeEnabled(String region) {
    Stack stack = applicationIn(region);
    assertThat(Synth.warnings(stack))
        .singleElement()
        .asString()
        .startsWith("CloudFormation could not enable sessions in " + region);
    acknowledge(stack);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"us-east-1", "eu-central-1", "ap-northeast-3", "eusc-de-east-1", "xx-future-1"})
  void acceptsEveryOtherRegion(String region) {
    assertThat(Synth.warnings(applicationIn(region))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "my app", "café", "a:b"})
  void rejectsNamesThatTheServiceRejects(String name) {
    assertThatThrownBy(() -> application().applicationName(name).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Default/App: applicationName '" + name + "'")
        .hasMessageEndingWith("use 1 to 64 of A-Z a-z 0-9 . _ / # -");
  }

  @Test
  void rejectsNamesThatAreTooLong() {
    assertThatThrownBy(() -> application().applicationName("n".repeat(65)).build())
        .hasMessageContaining("use 1 to 64");
  }

  @Test
  void warnsOfAnAccountNumberInTheName() {
    EmrServerlessApplication application =
        application().applicationName("spark-123456789012").build();
    assertThat(Synth.warnings(stack)).singleElement().asString().contains("leave it out");
    Annotations.of(application).acknowledgeWarning("@sparkgate/constructs:accountInName");
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  private static void acknowledge(Stack stack) {
    Annotations.of(stack).acknowledgeWarning("@sparkgate/constructs:regionWithoutSessions");
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  private static Stack applicationIn(String region) {
    Stack stack =
        new Stack(
            new App(),
            "Stack",
            StackProps.builder().env(Environment.builder().region(region).build()).build());
    EmrServerlessApplication.Builder.create(stack, "App").build();
    return stack;
  }

  private EmrServerlessApplication.Builder application() {
    return EmrServerlessApplication.Builder.create(stack, "App");
  }
}
