package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Stack;

class ImportedApplicationTest {

  private static final String ARN =
      "arn:aws-us-gov:emr-serverless:us-gov-west-1:123456789012:/applications/00f1cb5c6anuij25";

  private final Stack stack = new Stack();

  @Test
  void isOfTheStacksAccountAndRegionByItsId() {
    var application = EmrServerlessApplication.fromApplicationId(stack, "App", "00f1cb5c6anuij25");
    assertThat(application.getApplicationId()).isEqualTo("00f1cb5c6anuij25");
    assertThat(stack.resolve(application.getApplicationArn()))
        .isEqualTo(
            Map.of(
                "Fn::Join",
                List.of(
                    "",
                    List.of(
                        "arn:",
                        Map.of("Ref", "AWS::Partition"),
                        ":emr-serverless:",
                        Map.of("Ref", "AWS::Region"),
                        ":",
                        Map.of("Ref", "AWS::AccountId"),
                        ":/applications/00f1cb5c6anuij25"))));
  }

  @Test
  void isOfAnotherAccountAndRegionByItsAttributes() {
    var application =
        EmrServerlessApplication.fromApplicationAttributes(
            stack,
            "App",
            EmrServerlessApplicationAttributes.builder()
                .applicationId("00f1cb5c6anuij25")
                .region("eu-west-1")
                .account("210987654321")
                .build());
    assertThat(stack.resolve(application.getApplicationArn()).toString())
        .contains(":emr-serverless:eu-west-1:210987654321:/applications/00f1cb5c6anuij25");
  }

  @Test
  void takesItsIdFromItsArn() {
    var application = EmrServerlessApplication.fromApplicationArn(stack, "App", ARN);
    assertThat(application.getApplicationArn()).isEqualTo(ARN);
    assertThat(application.getApplicationId()).isEqualTo("00f1cb5c6anuij25");
  }

  @Test
  void takesItsIdFromAnArnThatIsAToken() {
    String token = CfnParameter.Builder.create(stack, "Arn").build().getValueAsString();
    var application = EmrServerlessApplication.fromApplicationArn(stack, "App", token);
    assertThat(stack.resolve(application.getApplicationId()))
        .isEqualTo(
            Map.of(
                "Fn::Select", List.of(2, Map.of("Fn::Split", List.of("/", Map.of("Ref", "Arn"))))));
  }

  @Test
  void acceptsAnIdThatIsAToken() {
    String token = CfnParameter.Builder.create(stack, "Id").build().getValueAsString();
    var application = EmrServerlessApplication.fromApplicationId(stack, "App", token);
    assertThat(stack.resolve(application.getApplicationId())).isEqualTo(Map.of("Ref", "Id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00F1CB5C6ANUIJ25", "/applications/00f1cb5c6anuij25", "my app"})
  void rejectsWhatIsNoId(String id) {
    assertThatThrownBy(() -> EmrServerlessApplication.fromApplicationId(stack, "App", id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Default/App: applicationId '"
                + id
                + "' is not the id of an EMR Serverless application; use 1 to 64 of 0-9 a-z, such"
                + " as 00f1cb5c6anuij25");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:emr-serverless:eu-west-1:123456789012:applications/00f1cb5c6anuij25",
        "arn:aws:emr-serverless:eu-west-1:123456789012:/applications/00f1cb5c6anuij25/sessions/s1",
        "arn:aws:emr-containers:eu-west-1:123456789012:/virtualclusters/abc",
        "00f1cb5c6anuij25"
      })
  void rejectsWhatIsNoArn(String arn) {
    assertThatThrownBy(() -> EmrServerlessApplication.fromApplicationArn(stack, "App", arn))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Default/App: applicationArn '" + arn + "' is not the ARN")
        .hasMessageContaining("with the slash before applications");
  }

  @Test
  void needsAnId() {
    assertThatThrownBy(() -> EmrServerlessApplicationAttributes.builder().build())
        .isInstanceOf(NullPointerException.class)
        .hasMessage("applicationId");
  }
}
