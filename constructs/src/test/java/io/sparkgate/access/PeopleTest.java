package io.sparkgate.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

/** Many people still fit into one trust policy, for which IAM has 2,048 characters by default. */
class PeopleTest {

  private static final String CI = "arn:aws:iam::111122223333:role/SparkConnect-prod-Deploy";

  private final Stack stack = new Stack();

  @Test
  void fourPermissionSetsAndACiFit() {
    DeveloperRole.Builder.create(stack, "Developer")
        .assumedBy(
            People.roles(
                List.of(sso("Data"), sso("Science"), sso("Analytics"), sso("Engineering"))))
        .alsoAssumedBy(People.roles(List.of(CI)))
        .build();

    assertThat(trust().get("Statement")).hasSize(4);
    assertThat(trust().findValues("aws:PrincipalArn"))
        .hasSize(2)
        .allSatisfy(
            arns ->
                assertThat(arns)
                    .extracting(JsonNode::asText)
                    .containsExactly(
                        sso("Data"), sso("Science"), sso("Analytics"), sso("Engineering")));
    assertThat(trust().toString().length()).isLessThan(2_048);
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void peopleWhoDoNotFitAreToldSo() {
    List<String> roles =
        IntStream.range(0, 12).mapToObj(i -> "arn:aws:iam::111122223333:role/Data" + i).toList();
    DeveloperRole.Builder.create(stack, "Developer").assumedBy(People.roles(roles)).build();

    assertThat(trust().toString().length()).isBetween(2_500, 5_500);
    assertThat(Synth.warnings(stack))
        .singleElement(STRING)
        .contains("longTrustPolicy")
        .contains(
            "assumedBy and alsoAssumedBy make a trust policy of about "
                + trust().toString().length()
                + " characters, but IAM takes 2048 unless the account's quota (Role trust policy"
                + " length) was raised; name fewer roles, or those whose names are alike by one"
                + " wildcard");
  }

  /** The CDK makes one statement of those that differ in the principal only. */
  @Test
  void exactRolesFitWhereTheCdkMinimizesPolicies() {
    Map<String, Object> context = Map.of("@aws-cdk/aws-iam:minimizePolicies", true);
    Stack minimized = new Stack(new App(AppProps.builder().context(context).build()), "Default");
    List<String> roles =
        IntStream.range(0, 12).mapToObj(i -> "arn:aws:iam::111122223333:role/Data" + i).toList();
    DeveloperRole.Builder.create(minimized, "Developer").assumedBy(People.roles(roles)).build();

    assertThat(Synth.warnings(minimized)).isEmpty();
  }

  @Test
  void whoeverIsNamedBesideSharesTheStatementsOfTheirLike() {
    DeveloperRole.Builder.create(stack, "Developer")
        .sessionOwner(SessionOwner.sourceIdentity())
        .assumedBy(People.roles(List.of(sso("Data"), CI + "er")))
        .alsoAssumedBy(People.roles(List.of(CI, sso("Science"))))
        .build();

    assertThat(trust().get("Statement").toString())
        .contains("[\"" + CI + "er\",\"" + CI + "\"]")
        .contains("[\"" + sso("Data") + "\",\"" + sso("Science") + "\"]");
  }

  @Test
  void rolesOfSeveralAccountsAreHeldToTheirOwn() {
    String elsewhere = "arn:aws:iam::444455556666:role/Data_*";
    DeveloperRole.Builder.create(stack, "Developer")
        .sessionOwner(SessionOwner.anyone())
        .assumedBy(People.roles(List.of(sso("Data"), elsewhere, CI)))
        .build();

    JsonNode statements = trust().get("Statement");
    assertThat(statements).hasSize(3);
    assertThat(statements.get(0).toString()).contains(CI).doesNotContain("Condition");
    assertThat(statements.get(1).toString())
        .contains(":iam::111122223333:root", "\"aws:PrincipalArn\":\"" + sso("Data") + "\"");
    assertThat(statements.get(2).toString())
        .contains(":iam::444455556666:root", "\"aws:PrincipalArn\":\"" + elsewhere + "\"");
  }

  private static String sso(String permissionSet) {
    return "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_"
        + permissionSet
        + "_*";
  }

  private JsonNode trust() {
    return new ObjectMapper()
        .<JsonNode>valueToTree(Template.fromStack(stack).findResources("AWS::IAM::Role"))
        .findValue("AssumeRolePolicyDocument");
  }
}
