package io.sparkgate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;

/** {@code ./cdkw synth} asks no rules of the CDK, and still refuses what CloudFormation would. */
class DanglingReferencesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'Ref': 'Gone'}",
        "{'Fn::GetAtt': ['Gone', 'Arn']}",
        "{'Fn::GetAtt': 'Gone.Arn'}",
        "{'Fn::Sub': 'arn:${AWS::Partition}:${Own}:${Gone.Arn}:${!Literal}'}",
        "{'Fn::Join': ['', ['a', {'Ref': 'Gone'}]]}"
      })
  void areFoundInEveryFunction(String value) throws Exception {
    assertThat(
            DanglingReferences.in(
                JSON.readTree(
                    ("{'Parameters': {'Own': {}}, 'Resources': {'A': {'Properties': {'P': "
                            + value
                            + "}}}}")
                        .replace('\'', '"'))))
        .singleElement()
        .asString()
        .startsWith("Gone (in /Resources/A/Properties/P");
  }

  @Test
  void areFoundInDependsOn() throws Exception {
    assertThat(
            DanglingReferences.in(
                JSON.readTree(
                    "{'Resources': {'A': {'DependsOn': ['B', 'Gone']}, 'B': {'DependsOn': 'Lost'}}}"
                        .replace('\'', '"'))))
        .containsExactly("Gone (in /Resources/A/DependsOn)", "Lost (in /Resources/B/DependsOn)");
  }

  @Test
  void areNotWhatTheTemplateHas() throws Exception {
    assertThat(
            DanglingReferences.in(
                JSON.readTree(
                    ("{'Parameters': {'P': {}}, 'Resources': {'A': {}, 'B': {'DependsOn': 'A',"
                            + " 'Properties': {'X': {'Ref': 'P'}, 'Y': {'Ref': 'AWS::Region'}, 'Z':"
                            + " {'Fn::Sub': ['${Own}${A}', {'Own': 'x'}]}}}}}")
                        .replace('\'', '"'))))
        .isEmpty();
  }

  @Test
  void endTheSynthesisInASentence() {
    App app = new App();
    Stack stack = new Stack(app, "Broken");
    CfnOutput.Builder.create(stack, "Out").value(Fn.ref("Gone").toString()).build();

    assertThatThrownBy(() -> DanglingReferences.refuse(app.synth()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Broken: the template refers to Gone (in /Outputs/Out/Value), which it does not have;"
                + " this is a fault of the constructs, not of cdk.json: please report it with your"
                + " cdk.json");
  }
}
