package io.sparkgate.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.FromRoleArnOptions;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.iam.User;

/** Who may read how to connect. */
class ReadersTest {

  private static final List<Object> ARNS =
      Stream.of(
              "application-id",
              "execution-role-arn",
              "region",
              "owner-tag",
              "owner",
              "developer-role-arn",
              "release-label",
              "spark-version",
              "python-version",
              "pyspark")
          .map(
              name ->
                  (Object)
                      Map.of(
                          "Fn::Join",
                          List.of(
                              "",
                              List.of(
                                  "arn:",
                                  Map.of("Ref", "AWS::Partition"),
                                  ":ssm:eu-west-1:111122223333:parameter/sparkgate/dev/" + name))))
          .toList();

  private final App app = new App();
  private final Stack stack = stack("Lake");
  private final ConnectionParameters parameters =
      ConnectionParameters.Builder.create(stack, "Connection")
          .application(
              EmrServerlessApplication.fromApplicationId(stack, "Application", "00f1cb5c6anuij25"))
          .executionRole(Role.fromRoleName(stack, "Runs", "Runs"))
          .prefix("/sparkgate/dev")
          .build();

  /** Of six there is no parameter here, but a call that asks for one would be denied as a whole. */
  @Test
  void readAllThatCanBeThereAndNothingElse() {
    parameters
        .grantRead(
            Role.Builder.create(stack, "People").assumedBy(new AccountRootPrincipal()).build())
        .assertSuccess();

    Synth.hasPolicy(
        stack, Map.of("Effect", "Allow", "Action", "ssm:GetParameters", "Resource", ARNS));
  }

  @Test
  void readFromAnotherStack() {
    Stack people = stack("People");
    parameters.grantRead(
        Role.Builder.create(people, "People").assumedBy(new AccountRootPrincipal()).build());

    Synth.hasPolicy(
        people, Map.of("Effect", "Allow", "Action", "ssm:GetParameters", "Resource", ARNS));
    assertThat(people.getDependencies()).isEmpty();
  }

  @Test
  void readAsUsersWhosePoliciesAreShort() {
    parameters.grantRead(User.Builder.create(stack, "Alice").build());

    Template.fromStack(stack)
        .hasResourceProperties(
            "AWS::IAM::ManagedPolicy",
            Map.of(
                "PolicyDocument",
                Match.objectLike(
                    Map.of(
                        "Statement",
                        List.of(
                            Map.of(
                                "Effect",
                                "Allow",
                                "Action",
                                "ssm:GetParameters",
                                "Resource",
                                ARNS))))));
  }

  @Test
  void areOfTheAccountOfTheParameters() {
    IGrantable foreign =
        Role.fromRoleArn(stack, "Foreign", "arn:aws:iam::444455556666:role/People");

    assertThatThrownBy(() -> parameters.grantRead(foreign))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Lake/Connection: grantee Lake/Foreign is of account 444455556666, but the parameters"
                + " of 111122223333; standard parameters have no resource policies, so nobody acts"
                + " in another account; grant to a role of account 111122223333 that they may"
                + " assume, such as a DeveloperRole");
  }

  @Test
  void areIdentitiesThatAPolicyCanBeAttachedTo() {
    assertThatThrownBy(() -> parameters.grantRead(new ServicePrincipal("lambda.amazonaws.com")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Lake/Connection: grantee ServicePrincipal is no role, user or"
                + " group that a policy can be attached to, and standard parameters have no"
                + " resource policies that could name it; grant to a Role, User or Group of this"
                + " account, or to Role.fromRoleArn, User.fromUserName or Group.fromGroupName, each"
                + " in a grant of its own");
  }

  /** Such as those of a permission set, whose policy has to be changed where it is made. */
  @Test
  void areToldOfWhereTheyAreNotChangedFromHere() {
    parameters.grantRead(
        Role.fromRoleArn(
            stack,
            "People",
            "arn:aws:iam::111122223333:role/People",
            FromRoleArnOptions.builder().mutable(false).build()));

    assertThat(Synth.warnings(stack))
        .singleElement()
        .asString()
        .contains("grantee Lake/People is not changed from here", "grantNotAttached");
  }

  private Stack stack(String id) {
    return new Stack(
        app,
        id,
        StackProps.builder()
            .env(Environment.builder().account("111122223333").region("eu-west-1").build())
            .build());
  }
}
