package io.sparkgate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.access.SessionExecutionRole;
import io.sparkgate.serverless.EmrServerlessApplication;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.Group;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.User;

/** What IAM takes, in characters without whitespace, is on its page of quotas. */
class PersonaPoliciesTest {

  private static final int MANAGED_POLICY = 6_144;

  private final Stack stack =
      new Stack(
          new App(),
          "Stack",
          StackProps.builder()
              .env(Environment.builder().account("111122223333").region("eu-west-1").build())
              .build());
  private final IRole execution =
      SessionExecutionRole.Builder.create(stack, "Execution").build().getRole();

  @Test
  void aUserHasRoomForOneApplication() {
    develop(new User(stack, "Alice"), 1);

    assertThat(sizes("Users"))
        .singleElement()
        .satisfies(size -> assertThat(size).isBetween(1500, MANAGED_POLICY));
    Template.fromStack(stack).resourceCountIs("AWS::IAM::Policy", 0);
  }

  @Test
  void aGroupHasRoomForTenApplications() {
    develop(new Group(stack, "DataScience"), 10);

    assertThat(sizes("Groups")).hasSizeBetween(2, 3).allMatch(size -> size <= MANAGED_POLICY);
  }

  @Test
  void losesNoStatementOnAnyOfThem() {
    develop(new Group(stack, "DataScience"), 10);
    Set<String> shared = permissions();

    Stack other = new Stack(new App(), "Other");
    IRole role = SessionExecutionRole.Builder.create(other, "Execution").build().getRole();
    Set<String> single = new HashSet<>();
    develop(other, Group.fromGroupName(other, "One", "one"), role, 1);
    permissions(other).forEach(single::add);

    assertThat(shared).hasSize(10 * (single.size() - 1) + 1);
  }

  @Test
  void aGrantCanBeWaitedFor() {
    User alice = new User(stack, "Alice");
    Grant first = develop(alice, 1);
    CfnResource last =
        CfnResource.Builder.create(stack, "Last")
            .type("AWS::CloudFormation::WaitConditionHandle")
            .build();
    first.applyBefore(last);

    assertThat(
            Template.fromStack(stack)
                .findResources("AWS::CloudFormation::WaitConditionHandle")
                .toString())
        .contains("DependsOn=[AliceSessionsPolicy1");
  }

  @Test
  void isWrittenForUsersThatWereMadeElsewhere() {
    develop(User.fromUserName(stack, "Alice", "alice"), 1);

    assertThat(Template.fromStack(stack).findResources("AWS::IAM::ManagedPolicy").toString())
        .contains("Users=[alice]");
  }

  @Test
  void refusesMoreThanIamAttachesToAGroup() {
    assertThatThrownBy(() -> develop(Group.fromGroupName(stack, "DataScience", "data"), 90))
        .hasMessage(
            "Stack/DataScience: the sessions of so many applications fill 10 managed policies of"
                + " 6,144 characters, and IAM attaches no more to a user or a group; grant to a"
                + " role, or to several groups");
  }

  private Grant develop(IGrantable who, int applications) {
    return develop(stack, who, execution, applications);
  }

  private static Grant develop(Stack stack, IGrantable who, IRole execution, int applications) {
    return IntStream.range(0, applications)
        .mapToObj(
            i ->
                EmrServerlessApplication.fromApplicationId(
                        stack, "App" + i, "00f1cb5c6anuij%02d".formatted(i))
                    .grantDevelop(who, execution))
        .reduce((first, next) -> next)
        .orElseThrow();
  }

  /** By what they are attached to; an ARN that CloudFormation fills in counts as it will be. */
  private List<Integer> sizes(String attachedTo) {
    List<Integer> sizes = new ArrayList<>();
    policies(stack)
        .forEach(
            policy -> {
              assertThat(policy.at("/Properties/" + attachedTo)).hasSize(1);
              sizes.add(
                  policy
                      .at("/Properties/PolicyDocument")
                      .toString()
                      .replaceAll("\\{\"Fn::GetAtt\":[^}]*\\}", "\"" + "x".repeat(95) + "\"")
                      .replaceAll(
                          "\\{\"Fn::Join\":\\[\"\",\\[\"arn:\",\\{\"Ref\":\"AWS::Partition\"\\},\"([^\"]*)\"\\]\\]\\}",
                          "\"arn:aws$1\"")
                      .length());
            });
    return sizes;
  }

  private Set<String> permissions() {
    return permissions(stack);
  }

  private static Set<String> permissions(Stack stack) {
    Set<String> permissions = new HashSet<>();
    for (JsonNode policy : policies(stack)) {
      for (JsonNode statement : policy.at("/Properties/PolicyDocument/Statement")) {
        JsonNode resources = statement.get("Resource");
        for (JsonNode resource : resources.isArray() ? resources : List.of(resources)) {
          permissions.add(
              statement.get("Effect")
                  + " "
                  + statement.get("Action")
                  + " "
                  + statement.get("Condition")
                  + " "
                  + resource);
        }
      }
    }
    return permissions;
  }

  private static List<JsonNode> policies(Stack stack) {
    JsonNode found =
        new ObjectMapper()
            .valueToTree(Template.fromStack(stack).findResources("AWS::IAM::ManagedPolicy"));
    List<JsonNode> policies = new ArrayList<>();
    found.forEach(policies::add);
    return policies;
  }
}
