package io.sparkgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/** How a CI comes into the account of an environment of cdk.json. */
class EnvironmentAccessTest {

  private static final String CI = "arn:aws:iam::444455556666:role/Ci";
  private static final String PROVIDER =
      "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
  private static final Map<String, Object> GITHUB =
      Map.of("repository", "my-org/sparkgate", "ownerId", "11", "repositoryId", "22");
  private static final Map<String, Object> PIPELINE =
      Map.of(
          "repository",
          "my-org/sparkgate",
          "connection",
          "arn:aws:codeconnections:eu-west-1:999988887777:connection/7d2469ff-514a-4e4f-9003-5ca4a43cdc41",
          "account",
          "999988887777",
          "region",
          "eu-west-1");

  @Test
  void isNoneUntilItIsAskedFor() {
    Template template = stack("dev", Map.of("promotion", List.of("dev")));

    assertThat(template.findOutputs("DeployRoleArn")).isEmpty();
    assertThat(template.toJSON().toString()).doesNotContain("cdk-hnb659fds-deploy-role");
  }

  @Test
  void isForTheJobsOfOneRepositoryAndEnvironment() {
    Template template = stack("dev", Map.of("promotion", List.of("dev"), "github", GITHUB));

    assertThat(trust(template, "SparkConnect-dev-Gate"))
        .contains(
            "sub=repo:my-org@11/sparkgate@22:environment:dev-gate, sts:RoleSessionName=sparkgate-dev}");
    assertThat(trust(template, "SparkConnect-dev-Deploy"))
        .contains(
            "sub=repo:my-org@11/sparkgate@22:environment:dev, sts:RoleSessionName=sparkgate-dev}");
    template.resourceCountIs("AWS::IAM::OIDCProvider", 1);
    for (String role : List.of("Gate", "Deploy")) {
      template.hasOutput(
          role + "RoleArn",
          Map.of("Value", Map.of("Fn::GetAtt", List.of(id(template, role), "Arn"))));
    }
  }

  @Test
  void goesThroughTheProviderThatTheAccountHas() {
    Template template =
        stack(
            "dev",
            Map.of(
                "environments",
                Map.of("dev", Map.of("oidcProvider", PROVIDER)),
                "promotion",
                List.of("dev"),
                "github",
                GITHUB));

    template.resourceCountIs("AWS::IAM::OIDCProvider", 0);
    assertThat(trust(template, "SparkConnect-dev-Deploy")).contains("Federated=" + PROVIDER);
  }

  @Test
  void isForNobodyWhereAnEnvironmentIsNotPromoted() {
    Template template = stack("dev", Map.of("promotion", List.of("prod"), "github", GITHUB));

    assertThat(template.findOutputs("DeployRoleArn")).isEmpty();
  }

  /** Neither the environment nor the pipeline must be deployed first. */
  @Test
  void isForTheProjectsOfThePipelineByName() {
    Map<String, Object> context = Map.of("promotion", List.of("dev", "prod"), "pipeline", PIPELINE);
    String project =
        "aws:PrincipalArn={Fn::Join=[, [arn:, {Ref=AWS::Partition},"
            + " :iam::999988887777:role/SparkgatePipeline-";

    assertThat(trust(stack("prod", context), "SparkConnect-prod-Gate"))
        .contains("ArnEquals", ":iam::999988887777:root", project + "prod-Gate")
        .doesNotContain("prod-Deploy");
    assertThat(trust(stack("prod", context), "SparkConnect-prod-Deploy"))
        .contains(project + "prod-Deploy");
    // The first environment has no gate, and so no project that gates.
    assertThat(trust(stack("dev", context), "SparkConnect-dev-Gate"))
        .contains(project + "dev-Deploy");
  }

  @Test
  void mayTestAsADeveloper() {
    Template template = stack("dev", Map.of("promotion", List.of("dev"), "github", GITHUB));

    assertThat(policies(template, id(template, "Deploy")))
        .contains(
            "Action=ssm:GetParameters",
            "parameter/sparkgate/dev/application-id",
            "Action=sts:AssumeRole, Effect=Allow, Resource={Fn::GetAtt=[DeveloperRole");
  }

  @Test
  void isAmongThoseWhoMayBecomeADeveloperWhereTheseAreNamed() {
    Template template =
        stack(
            "dev",
            Map.of(
                "environments",
                Map.of("dev", Map.of("developers", List.of("arn:aws:iam::111122223333:role/Data"))),
                "promotion",
                List.of("dev"),
                "github",
                GITHUB));

    assertThat(developerTrust(template))
        .contains("role/Data", "Fn::GetAtt=[" + id(template, "Deploy"), "*:${sts:RoleSessionName}")
        .doesNotContain(":root");
  }

  @Test
  void leavesTheAccountItsDeveloperRoleAndAddsWhoTests() {
    assertThat(
            developerTrust(
                stack(
                    "dev",
                    Map.of("environments", Map.of("dev", Map.of("smokeTestedBy", List.of(CI)))))))
        .contains(":root", CI);
    assertThat(
            developerTrust(
                stack(
                    "dev",
                    Map.of(
                        "environments",
                        Map.of(
                            "dev",
                            Map.of(
                                "developers",
                                List.of("arn:aws:iam::111122223333:role/Data"),
                                "smokeTestedBy",
                                List.of(CI)))))))
        .contains("role/Data", CI)
        .doesNotContain(":root");
  }

  @Test
  void protectsAStackFromDeletion() {
    assertThat(
            stacks(
                    Map.of(
                        "environments",
                        Map.of("dev", Map.of(), "prod", Map.of("terminationProtection", true))))
                .stream()
                .map(Stack::getTerminationProtection))
        .containsExactly(false, true);
  }

  private static String id(Template template, String role) {
    return template
        .findResources(
            "AWS::IAM::Role",
            Map.of("Properties", Map.of("RoleName", Match.stringLikeRegexp(".*-" + role))))
        .keySet()
        .iterator()
        .next();
  }

  private static String trust(Template template, String role) {
    return template
        .findResources("AWS::IAM::Role", Map.of("Properties", Map.of("RoleName", role)))
        .toString();
  }

  private static String developerTrust(Template template) {
    return template.findResources("AWS::IAM::Role").entrySet().stream()
        .filter(role -> role.getKey().startsWith("DeveloperRole"))
        .map(role -> role.getValue().toString())
        .toList()
        .toString();
  }

  private static String policies(Template template, String role) {
    return template
        .findResources(
            "AWS::IAM::Policy", Map.of("Properties", Map.of("Roles", List.of(Map.of("Ref", role)))))
        .toString();
  }

  private static Template stack(String name, Map<String, Object> top) {
    return stacks(top).stream()
        .filter(stack -> stack.getStackName().equals("SparkConnect-" + name))
        .map(Template::fromStack)
        .findFirst()
        .orElseThrow();
  }

  private static List<Stack> stacks(Map<String, Object> top) {
    Map<String, Object> context = new TreeMap<>();
    context.put("environments", Map.of("dev", Map.of(), "prod", Map.of("account", "111122223333")));
    context.putAll(top);
    return SparkgateApp.addStacks(new App(AppProps.builder().context(context).build()));
  }
}
