package io.sparkgate.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.AccountPrincipal;
import software.amazon.awscdk.services.iam.ArnPrincipal;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;

/** Who comes in, and what they may become. */
class CiAccessTest {

  private static final GitHubRepository REPOSITORY = GitHubRepository.of("my-org", "sparkgate");
  private static final String RUNNER = "arn:aws:iam::111122223333:role/Runner";

  private final App app = new App();
  private final Stack stack = known("Spark");

  @Test
  void becomesNothingButTheRolesOfItsOwnBootstrap() {
    CiAccess.Builder.create(stack, "Ci", "prod").gitHub(REPOSITORY).build();

    Synth.hasPolicy(stack, becoming(List.of(role("lookup"))));
    Synth.hasPolicy(
        stack, becoming(List.of(role("deploy"), role("file-publishing"), role("lookup"))));
    Template.fromStack(stack).resourceCountIs("AWS::IAM::Policy", 2);
    assertThat(Template.fromStack(stack).toJSON().toString()).doesNotContain("*");
  }

  @Test
  void becomesThoseOfWhereverTheStackGoes() {
    Stack anywhere = new Stack(app, "Anywhere");
    CiAccess.Builder.create(anywhere, "Ci", "dev").gitHub(REPOSITORY).build();

    Synth.hasPolicy(
        anywhere,
        becoming(
            Map.of(
                "Fn::Join",
                List.of(
                    "",
                    List.of(
                        "arn:",
                        Map.of("Ref", "AWS::Partition"),
                        ":iam::",
                        Map.of("Ref", "AWS::AccountId"),
                        ":role/cdk-hnb659fds-lookup-role-",
                        Map.of("Ref", "AWS::AccountId"),
                        "-",
                        Map.of("Ref", "AWS::Region"))))));
  }

  @Test
  void becomesThoseOfTheQualifierOfTheContextOrOfItsOwn() {
    Stack team = new Stack(new App(props("@aws-cdk/core:bootstrapQualifier", "team1")), "Team");
    CiAccess.Builder.create(team, "Ci", "dev").gitHub(REPOSITORY).build();
    CiAccess.Builder.create(team, "Other", "qa").gitHub(REPOSITORY).qualifier("other").build();
    Stack nested = new NestedStack(team, "Nested");
    CiAccess.Builder.create(nested, "Ci", "qa").deployedBy(runner()).build();

    assertThat(policies(team)).contains("role/cdk-team1-lookup-role-", "role/cdk-other-lookup-");
    assertThat(policies(nested)).contains("role/cdk-team1-lookup-role-");
  }

  @Test
  void letsOnlyJobsOfTheEnvironmentIn() {
    CiAccess.Builder.create(stack, "Ci", "prod").gitHub(REPOSITORY.withIds(11, 22)).build();

    hasTrust("repo:my-org@11/sparkgate@22:environment:prod", 7200);
    hasTrust("repo:my-org@11/sparkgate@22:environment:prod-gate", 3600);
    Template.fromStack(stack)
        .hasResourceProperties(
            "AWS::IAM::OIDCProvider",
            Map.of(
                "Url",
                "https://token.actions.githubusercontent.com",
                "ClientIdList",
                List.of("sts.amazonaws.com")));
  }

  @Test
  void sharesTheProviderThatItsStackMakes() {
    CiAccess.Builder.create(stack, "Ci", "prod").gitHub(REPOSITORY).build();
    CiAccess.Builder.create(stack, "Other", "qa").gitHub(REPOSITORY).build();

    Template.fromStack(stack).resourceCountIs("AWS::IAM::OIDCProvider", 1);
  }

  @Test
  void comesInThroughAProviderThatIsThere() {
    String provider = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
    CiAccess.Builder.create(stack, "Ci", "prod")
        .gitHub(REPOSITORY)
        .gitHubProvider(provider)
        .build();

    Template.fromStack(stack).resourceCountIs("AWS::IAM::OIDCProvider", 0);
    assertThat(trusts(stack)).contains("Federated=" + provider);
  }

  @Test
  void letsRolesInThatAreNotMadeYet() {
    CiAccess.Builder.create(stack, "Ci", "prod")
        .gatedBy(new ArnPrincipal("arn:aws:iam::111122223333:role/Gate"))
        .deployedBy(runner(), future())
        .build();

    assertThat(trusts(stack))
        .contains(
            "role/Gate",
            RUNNER,
            "444455556666:root",
            "ArnEquals={aws:PrincipalArn=arn:aws:iam::444455556666:role/Later}");
    Template.fromStack(stack).resourceCountIs("AWS::IAM::OIDCProvider", 0);
  }

  /** Or the job could choose a colleague's, and be that colleague as a developer. */
  @Test
  void letsNobodyInUnderAnotherNameThanItsOwn() {
    CiAccess ci =
        CiAccess.Builder.create(stack, "Ci", "prod").deployedBy(runner(), future()).build();

    assertThat(ci.getSessionName()).isEqualTo("sparkgate-prod");
    assertThat(trusts(stack).split("sts:RoleSessionName=sparkgate-prod", -1)).hasSize(5);
  }

  /** A gate may do less than a deployment, and a role that nobody may assume cannot be made. */
  @Test
  void letsThoseGateWhoDeployWhereNobodyElseDoes() {
    CiAccess.Builder.create(stack, "Ci", "dev").deployedBy(runner()).build();

    Template.fromStack(stack)
        .allResourcesProperties(
            "AWS::IAM::Role",
            Map.of(
                "AssumeRolePolicyDocument",
                Match.objectLike(
                    Map.of(
                        "Statement",
                        List.of(Match.objectLike(Map.of("Principal", Map.of("AWS", RUNNER))))))));
  }

  @Test
  void hasTheNamesThatItIsGiven() {
    CiAccess.Builder.create(stack, "Ci", "prod")
        .gitHub(REPOSITORY)
        .roleNamePrefix("SparkConnect-prod-")
        .build();

    for (String name : List.of("SparkConnect-prod-Gate", "SparkConnect-prod-Deploy")) {
      Template.fromStack(stack).hasResourceProperties("AWS::IAM::Role", Map.of("RoleName", name));
    }
  }

  private void hasTrust(String subject, int seconds) {
    Template.fromStack(stack)
        .hasResourceProperties(
            "AWS::IAM::Role",
            Map.of(
                "MaxSessionDuration",
                seconds,
                "AssumeRolePolicyDocument",
                Match.objectLike(
                    Map.of(
                        "Statement",
                        List.of(
                            Map.of(
                                "Action",
                                "sts:AssumeRoleWithWebIdentity",
                                "Effect",
                                "Allow",
                                "Principal",
                                Map.of("Federated", Match.anyValue()),
                                "Condition",
                                Map.of(
                                    "StringEquals",
                                    Map.of(
                                        "token.actions.githubusercontent.com:aud",
                                        "sts.amazonaws.com",
                                        "token.actions.githubusercontent.com:sub",
                                        subject,
                                        "sts:RoleSessionName",
                                        "sparkgate-prod"))))))));
  }

  private Stack known(String id) {
    return new Stack(
        app,
        id,
        StackProps.builder()
            .env(Environment.builder().account("111122223333").region("eu-west-1").build())
            .build());
  }

  private static AppProps props(String key, String value) {
    return AppProps.builder().context(Map.of(key, value)).build();
  }

  private static ArnPrincipal runner() {
    return new ArnPrincipal(RUNNER);
  }

  private static PrincipalWithConditions future() {
    return new PrincipalWithConditions(
        new AccountPrincipal("444455556666"),
        Map.of("ArnEquals", Map.of("aws:PrincipalArn", "arn:aws:iam::444455556666:role/Later")));
  }

  private static Map<String, Object> becoming(Object roles) {
    Object resource = roles instanceof List<?> list && list.size() == 1 ? list.get(0) : roles;
    return Map.of("Action", "sts:AssumeRole", "Effect", "Allow", "Resource", resource);
  }

  private static Object role(String purpose) {
    return Map.of(
        "Fn::Join",
        List.of(
            "",
            List.of(
                "arn:",
                Map.of("Ref", "AWS::Partition"),
                ":iam::111122223333:role/cdk-hnb659fds-%s-role-111122223333-eu-west-1"
                    .formatted(purpose))));
  }

  private static String trusts(Stack stack) {
    return Template.fromStack(stack).findResources("AWS::IAM::Role").toString();
  }

  private static String policies(Stack stack) {
    return Template.fromStack(stack).findResources("AWS::IAM::Policy").toString();
  }
}
