package io.sparkgate.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.IEmrServerlessApplication;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.ArnPrincipal;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.s3.Bucket;

class RolesTest {

  private static final String ALICE = "arn:aws:iam::111122223333:role/Alice";

  private final Stack stack = new Stack();

  @Test
  void anExecutionRoleIsForTheServiceAndStartsWithNoPermission() {
    SessionExecutionRole.Builder.create(stack, "Execution").build();

    Template template = Template.fromStack(stack);
    template.hasResourceProperties(
        "AWS::IAM::Role",
        Map.of(
            "AssumeRolePolicyDocument",
            Map.of(
                "Version",
                "2012-10-17",
                "Statement",
                List.of(
                    Map.of(
                        "Action", "sts:AssumeRole",
                        "Effect", "Allow",
                        "Principal", Map.of("Service", "emr-serverless.amazonaws.com")))),
            "ManagedPolicyArns",
            Match.absent()));
    template.resourceCountIs("AWS::IAM::Policy", 0);
  }

  @Test
  void anExecutionRoleIsGivenDataByOrdinaryGrants() {
    SessionExecutionRole role = SessionExecutionRole.Builder.create(stack, "Execution").build();

    new Bucket(stack, "Lake").grantRead(role).assertSuccess();

    Template.fromStack(stack).resourceCountIs("AWS::IAM::Policy", 1);
  }

  @Test
  void anExecutionRoleTakesManagedPolicies() {
    SessionExecutionRole.Builder.create(stack, "Execution")
        .managedPolicy(
            ManagedPolicy.fromManagedPolicyArn(
                stack, "Data", "arn:aws:iam::111122223333:policy/Data"))
        .build();

    Template.fromStack(stack)
        .hasResourceProperties(
            "AWS::IAM::Role",
            Map.of("ManagedPolicyArns", List.of("arn:aws:iam::111122223333:policy/Data")));
  }

  @Test
  void nobodyAssumesTheDeveloperRoleUnderAnothersSessionName() {
    DeveloperRole.Builder.create(stack, "Developer").build();

    assertThat(trust()).hasSize(2);
    assertThat(trust().findValues("Condition"))
        .containsExactlyInAnyOrder(
            json(Map.of("StringEquals", Map.of("sts:RoleSessionName", "${aws:username}"))),
            json(Map.of("StringLike", Map.of("aws:userid", "*:${sts:RoleSessionName}"))));
  }

  @Test
  void nobodyAssumesTheDeveloperRoleUnderAnothersSourceIdentity() {
    DeveloperRole.Builder.create(stack, "Developer")
        .sessionOwner(SessionOwner.sourceIdentity())
        .assumedBy(new ArnPrincipal(ALICE))
        .build();

    assertThat(trust()).hasSize(6);
    assertThat(trust())
        .allSatisfy(
            statement -> assertThat(statement.at("/Principal/AWS").asText()).isEqualTo(ALICE))
        .allSatisfy(
            statement ->
                assertThat(statement.get("Condition").toString())
                    .containsAnyOf(
                        "sts:SourceIdentity", "{\"Null\":{\"aws:SourceIdentity\":\"false\"}}"));
    assertThat(trust().findValuesAsText("Action"))
        .containsOnly("sts:AssumeRole", "sts:SetSourceIdentity");
  }

  /** Otherwise the trust would vouch for one identity, and the policy compare another. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDeveloperRoleTakesNoGrantThatRecognisesOwnersOtherwise(boolean inner) {
    DeveloperRole developer =
        DeveloperRole.Builder.create(stack, "Developer")
            .sessionOwner(SessionOwner.sourceIdentity())
            .build();
    IRole execution = SessionExecutionRole.Builder.create(stack, "Execution").build().getRole();
    IGrantable grantee = inner ? developer.getRole() : developer;
    IEmrServerlessApplication application =
        EmrServerlessApplication.fromApplicationId(stack, "App", "00a");

    assertThatThrownBy(() -> application.grantDevelop(grantee, execution, SessionOwner.userId()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Default/Developer: sessionOwner received ${aws:SourceIdentity}, but the grant recognises"
                + " owners by ${aws:userid}, for which the role's trust does not vouch; give both"
                + " the same SessionOwner");
    application.grantDevelop(grantee, execution, SessionOwner.sourceIdentity()).assertSuccess();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::111122223333:role/Data_*",
        "arn:aws:iam:eu-west-1:1111:role/x",
        "arn:aws:s3:::bucket",
        "*"
      })
  void aDeveloperRoleTakesNoPrincipalThatIamRefusesOrTakesForEverybody(String arn) {
    assertThatThrownBy(
            () -> DeveloperRole.Builder.create(stack, "Developer").assumedBy(new ArnPrincipal(arn)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Default/Developer: assumedBy received " + arn)
        .hasMessageContaining("People.roles(List.of(");
  }

  @Test
  void othersMustUseTheirOwnNameBesideThoseOfTheAccount() {
    DeveloperRole.Builder.create(stack, "Developer")
        .alsoAssumedBy(People.roles(List.of("arn:aws:iam::444455556666:role/Ci")))
        .build();

    assertThat(trust().findValues("AWS").toString())
        .contains(":root", "arn:aws:iam::444455556666:role/Ci");
    assertThat(trust())
        .hasSize(4)
        .allSatisfy(
            statement ->
                assertThat(statement.get("Condition").toString())
                    .containsAnyOf("${aws:username}", "*:${sts:RoleSessionName}"));
  }

  /** Who somebody is, and that the name is their own. */
  @Test
  void rolesWhoseNamesAreAlikeMustUseTheirOwnNameToo() {
    String roles = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/Data_*";
    DeveloperRole.Builder.create(stack, "Developer")
        .sessionOwner(SessionOwner.sourceIdentity())
        .assumedBy(People.roles(List.of(roles, ALICE)))
        .build();

    assertThat(trust()).hasSize(12);
    assertThat(trust())
        .allSatisfy(
            statement -> {
              boolean alike =
                  roles.equals(statement.at("/Condition/ArnLike/aws:PrincipalArn").asText());
              assertThat(statement.get("Condition")).hasSize(alike ? 2 : 1);
              assertThat(statement.at("/Principal/AWS").toString())
                  .contains(alike ? ":iam::111122223333:root" : ALICE);
            });
  }

  @Test
  void aDeveloperRoleWithoutOwnersTrustsItsPrincipalsAsTheyAre() {
    DeveloperRole.Builder.create(stack, "Developer").sessionOwner(SessionOwner.anyone()).build();

    assertThat(trust()).hasSize(1);
    assertThat(trust().get(0).has("Condition")).isFalse();
  }

  @Test
  void aDeveloperRoleCannotVouchForATagOfTheIdentityProvider() {
    assertThatThrownBy(
            () ->
                DeveloperRole.Builder.create(stack, "Developer")
                    .sessionOwner(SessionOwner.principalTag("email"))
                    .build())
        .hasMessage(
            "Default/Developer: owner ${aws:PrincipalTag/email} is a tag that the identity provider"
                + " sets, which a role made here cannot vouch for; call grantDevelop with the role"
                + " that your identity provider assumes, or use SessionOwner.userId() or"
                + " SessionOwner.sourceIdentity()");
  }

  @Test
  void aSignInLastsTwelveHoursUnlessSaidOtherwise() {
    DeveloperRole.Builder.create(stack, "Long").build();
    DeveloperRole.Builder.create(stack, "Short").maxSessionDuration(Duration.hours(1)).build();

    Template template = Template.fromStack(stack);
    template.hasResourceProperties("AWS::IAM::Role", Map.of("MaxSessionDuration", 43200));
    template.hasResourceProperties("AWS::IAM::Role", Map.of("MaxSessionDuration", 3600));
  }

  @ParameterizedTest
  @CsvSource({
    "PT30M, 'maxSessionDuration is 30 minutes; use whole seconds, 1 to 12 hours'",
    "PT13H, 'maxSessionDuration is 13 hours; use'"
  })
  void rejectsASignInThatIamDoesNotTake(String duration, String message) {
    var role = DeveloperRole.Builder.create(stack, "Dev");
    role.maxSessionDuration(Duration.parse(duration));
    assertThatThrownBy(role::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Default/Dev: " + message);
  }

  @Test
  void rejectsASignInOfAFractionOfASecond() {
    var role = DeveloperRole.Builder.create(stack, "Dev");
    role.maxSessionDuration(Duration.millis(7_200_500));
    assertThatThrownBy(role::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Default/Dev: maxSessionDuration is ")
        .hasMessageEndingWith("; use whole seconds, 1 to 12 hours");
  }

  @Test
  void rejectsASignInThatIsNotKnown() {
    Number hours =
        CfnParameter.Builder.create(stack, "Hours").type("Number").build().getValueAsNumber();
    for (Duration token : List.of(Duration.hours(hours), Duration.seconds(hours))) {
      var role = DeveloperRole.Builder.create(stack, token.unitLabel()).maxSessionDuration(token);
      assertThatThrownBy(role::build)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("maxSessionDuration received a duration that is known only when")
          .hasMessageContaining("take it from the context");
    }
  }

  private JsonNode trust() {
    return json(Template.fromStack(stack).findResources("AWS::IAM::Role"))
        .findValue("AssumeRolePolicyDocument")
        .get("Statement");
  }

  private static JsonNode json(Object value) {
    return new ObjectMapper().valueToTree(value);
  }
}
