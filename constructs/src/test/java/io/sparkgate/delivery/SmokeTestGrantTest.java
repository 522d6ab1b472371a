package io.sparkgate.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.access.DeveloperRole;
import io.sparkgate.access.People;
import io.sparkgate.connection.ConnectionParameters;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Stage;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.constructs.Construct;

/** That a CI may test what it deployed, wherever the things are that it needs for it. */
class SmokeTestGrantTest {

  private final App app = new App();

  @Test
  void letsTheDeployRoleReadHowToConnectAndBecomeADeveloper() {
    Stack stack = known(app, "Spark", "111122223333");
    IRole developer = DeveloperRole.Builder.create(stack, "Developer").build().getRole();

    ci(stack).grantSmokeTest(developer, parameters(stack));

    Object role = stack.resolve(developer.getRoleArn());
    Synth.hasStatement(stack, becoming(role));
    assertThat(readable(stack)).hasSize(10).allSatisfy(arn -> assertThat(arn).doesNotContain("*"));
  }

  @Test
  void takesADeveloperRoleOfAnotherAccount() {
    Stack stack = known(app, "Spark", "111122223333");
    String developer = "arn:aws:iam::444455556666:role/team/Developer";

    ci(stack).grantSmokeTest(Role.fromRoleArn(stack, "Developer", developer), parameters(stack));

    Synth.hasStatement(stack, becoming(developer));
  }

  @Test
  void takesADeveloperRoleThatIsKnownOnlyWhenItIsDeployed() {
    Stack stack = new Stack(app, "Spark");
    CfnParameter arn = CfnParameter.Builder.create(stack, "DeveloperArn").build();

    ci(stack)
        .grantSmokeTest(
            Role.fromRoleArn(stack, "Developer", arn.getValueAsString()), parameters(stack));

    Synth.hasStatement(stack, becoming(Map.of("Ref", "DeveloperArn")));
  }

  @Test
  void takesADeveloperRoleAndParametersOfAnotherStack() {
    Stack things = known(app, "Things", "111122223333");
    Stack stack = known(app, "Spark", "111122223333");
    IRole developer = DeveloperRole.Builder.create(things, "Developer").build().getRole();

    ci(stack).grantSmokeTest(developer, parameters(things));

    assertThat(readable(stack)).hasSize(10);
    assertThat(Template.fromStack(stack).findResources("AWS::IAM::Policy").toString())
        .contains("Fn::ImportValue=Things:ExportsOutputFnGetAttDeveloperRole");
  }

  /** By a reference to the deploy role, each of the two stacks would wait for the other. */
  @Test
  void isTrustedByADeveloperRoleOfAnotherStackThatNamesIt() {
    Stack things = known(app, "Things", "111122223333");
    Stack stack = known(app, "Spark", "111122223333");
    String deploy = "arn:aws:iam::111122223333:role/SparkConnect-prod-Deplo?";
    DeveloperRole developer =
        DeveloperRole.Builder.create(things, "Developer")
            .assumedBy(People.roles(List.of("arn:aws:iam::111122223333:role/Data")))
            .alsoAssumedBy(People.roles(List.of(deploy)))
            .build();

    ci(stack).grantSmokeTest(developer.getRole(), parameters(things));

    assertThat(Template.fromStack(things).findResources("AWS::IAM::Role").toString())
        .contains("{aws:PrincipalArn=" + deploy + "}");
    assertThat(stack.getDependencies()).containsExactly(things);
    assertThat(things.getDependencies()).isEmpty();
  }

  @Test
  void takesThoseOfTheParentOfANestedStack() {
    Stack parent = known(new Stage(app, "Prod"), "Parent", "111122223333");
    Stack nested = new NestedStack(parent, "Delivery");
    IRole developer = DeveloperRole.Builder.create(parent, "Developer").build().getRole();

    ci(nested).grantSmokeTest(developer, parameters(parent));

    assertThat(readable(nested)).hasSize(10);
    assertThat(Template.fromStack(nested).findResources("AWS::IAM::Policy").toString())
        .contains("Ref=referencetoProdParentDeveloperRole");
  }

  @Test
  void refusesParametersOfAnotherAccountWhichNobodyHereCouldRead() {
    Stack stack = known(app, "Spark", "111122223333");
    Stack there = known(app, "There", "444455556666");
    IRole developer = Role.fromRoleArn(stack, "Developer", "arn:aws:iam::444455556666:role/Dev");

    assertThatThrownBy(() -> ci(stack).grantSmokeTest(developer, parameters(there)))
        .hasMessageStartingWith(
            "There/Connection: grantee Spark/Ci/Deploy is of account 111122223333, but the"
                + " parameters of 444455556666");
  }

  private static CiAccess ci(Construct scope) {
    return CiAccess.Builder.create(scope, "Ci", "prod")
        .gitHub(GitHubRepository.of("my-org", "sparkgate"))
        .build();
  }

  private static ConnectionParameters parameters(Construct scope) {
    return ConnectionParameters.Builder.create(scope, "Connection")
        .application(
            EmrServerlessApplication.fromApplicationId(scope, "Application", "00f1cb5c6anuij25"))
        .executionRole(Role.fromRoleName(scope, "Runs", "Runs"))
        .prefix("/sparkgate/prod")
        .build();
  }

  private static Map<String, Object> becoming(Object roles) {
    return Map.of("Action", "sts:AssumeRole", "Effect", "Allow", "Resource", roles);
  }

  private static List<String> readable(Stack stack) {
    return Template.fromStack(stack).findResources("AWS::IAM::Policy").values().stream()
        .map(policy -> ((Map<?, ?>) policy.get("Properties")).get("PolicyDocument"))
        .flatMap(document -> ((List<?>) ((Map<?, ?>) document).get("Statement")).stream())
        .map(statement -> (Map<?, ?>) statement)
        .filter(statement -> statement.get("Action").equals("ssm:GetParameters"))
        .flatMap(statement -> ((List<?>) statement.get("Resource")).stream())
        .map(String::valueOf)
        .toList();
  }

  private static Stack known(Construct scope, String id, String account) {
    return new Stack(
        scope,
        id,
        StackProps.builder()
            .env(Environment.builder().account(account).region("eu-west-1").build())
            .build());
  }
}
