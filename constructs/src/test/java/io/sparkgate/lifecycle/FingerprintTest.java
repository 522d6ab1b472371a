package io.sparkgate.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Stack;

class FingerprintTest {

  private final Stack stack = new Stack();

  @Test
  void isThatOfTheContentAndNotOfItsOrder() {
    assertThat(Fingerprint.hash(Map.of("a", 1, "b", List.of("x", true))))
        .matches("[0-9a-f]{64}")
        .isEqualTo(Fingerprint.hash(Map.of("b", List.of("x", true), "a", 1)))
        .isNotEqualTo(Fingerprint.hash(Map.of("b", List.of(true, "x"), "a", 1)))
        .isNotEqualTo(Fingerprint.hash(Map.of("b", List.of("x", true), "a", 2)));
  }

  @Test
  void keepsNeighboursApart() {
    assertThat(Fingerprint.hash(List.of("ab", "c")))
        .isNotEqualTo(Fingerprint.hash(List.of("a", "bc")))
        .isNotEqualTo(Fingerprint.hash(List.of(List.of("ab"), "c")));
  }

  @Test
  void handsOnEveryReferenceOnceAndNoneThatNeverChanges() {
    Map<String, Object> group = Map.of("Fn::GetAtt", List.of("Group", "GroupId"));
    Map<String, Object> bucket = Map.of("Ref", "Bucket");
    Map<String, Object> export = Map.of("Fn::ImportValue", "Network:Subnet");
    Map<String, Object> uri =
        Map.of(
            "Fn::Join", List.of("", List.of("s3://", bucket, "/", Map.of("Ref", "AWS::Region"))));

    assertThat(Fingerprint.references(List.of(group, uri, List.of(group, bucket), export), stack))
        .isEqualTo(List.of(group, bucket, export));
  }

  /** In a branch that is not taken, a reference of its own would be one to nothing. */
  @Test
  void handsOnWholeWhatCloudFormationHasToDecide() {
    Map<String, Object> choice =
        Map.of(
            "Fn::If", List.of("HasGroup", Map.of("Ref", "Group"), Map.of("Ref", "AWS::NoValue")));
    Map<String, Object> first = Map.of("Fn::Select", List.of(0, Map.of("Ref", "Subnets")));

    assertThat(Fingerprint.references(List.of(choice, first), stack))
        .isEqualTo(List.of(choice, first));
  }

  @Test
  void keepsSecretParametersOut() {
    CfnParameter.Builder.create(stack, "Password").noEcho(true).build();
    CfnParameter.Builder.create(stack, "Color").build();

    assertThat(
            Fingerprint.references(
                List.of(
                    Map.of("Ref", "Password"),
                    Map.of("Fn::Sub", "password ${Password}"),
                    Map.of("Fn::Sub", "{{resolve:secretsmanager:${Color}}}"),
                    Map.of("Ref", "Color")),
                stack))
        .isEqualTo(List.of(Map.of("Ref", "Color")));
  }
}
