package io.sparkgate.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.access.DeveloperRole;
import io.sparkgate.access.SessionOwner;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.IEmrServerlessApplication;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;

class JobPermissionsTest {

  private static final String APPLICATION =
      "arn:aws:emr-serverless:eu-west-1:111122223333:/applications/00f1cb5c6anuij25";
  private static final String RUNS = APPLICATION + "/jobruns/*";
  private static final String EXECUTION = "arn:aws:iam::111122223333:role/Execution";
  private static final Map<String, Object> AS_ME =
      Map.of(
          "StringEquals",
          Map.of("aws:RequestTag/sparkgate:owner", "${aws:userid}"),
          "ForAllValues:StringEquals",
          Map.of("aws:TagKeys", List.of("sparkgate:owner")));

  private final Stack stack = new Stack();
  private final Role person =
      Role.Builder.create(stack, "Person").assumedBy(new AccountRootPrincipal()).build();
  private final IRole execution = Role.fromRoleArn(stack, "Execution", EXECUTION);
  private final IEmrServerlessApplication application =
      EmrServerlessApplication.fromApplicationArn(stack, "App", APPLICATION);

  @Test
  void letsASubmitterStartOnlyRunsThatCarryTheOwnersTag() {
    application.grantSubmit(person, execution);

    assertThat(only("Allow", "StartJobRun").get("Condition")).isEqualTo(json(AS_ME));
    assertThat(only("Allow", "StartJobRun").get("Resource").asText()).isEqualTo(APPLICATION);
    assertThat(only("Allow", "TagResource").get("Condition")).isEqualTo(json(AS_ME));
    assertThat(only("Allow", "TagResource").get("Resource").asText()).isEqualTo(RUNS);
  }

  @Test
  void letsASubmitterSeeAndCancelOnlyOwnRuns() {
    application.grantSubmit(person, execution, SessionOwner.sourceIdentity());

    for (String action :
        List.of("CancelJobRun", "GetDashboardForJobRun", "GetJobRun", "ListJobRunAttempts")) {
      JsonNode statement = only("Allow", action);
      assertThat(statement.get("Resource").asText()).isEqualTo(RUNS);
      assertThat(statement.get("Condition"))
          .isEqualTo(
              json(
                  Map.of(
                      "StringEquals",
                      Map.of("aws:ResourceTag/sparkgate:owner", "${aws:SourceIdentity}"))));
    }
  }

  @Test
  void keepsASubmitterFromTakingOverGivingAwayOrProtectingARun() {
    application.grantSubmit(person, execution);

    assertThat(with("Deny", "TagResource").map(statement -> statement.get("Condition")))
        .containsExactlyInAnyOrder(
            json(
                Map.of(
                    "StringNotEquals",
                    Map.of("aws:ResourceTag/sparkgate:owner", "${aws:userid}"),
                    "Null",
                    Map.of("aws:ResourceTag/sparkgate:owner", "false"))),
            json(
                Map.of(
                    "ForAnyValue:StringEquals",
                    Map.of("aws:TagKeys", List.of("sparkgate:keep-until")))));
    assertThat(with("Deny", "UntagResource"))
        .hasSize(3)
        .allSatisfy(statement -> assertThat(statement.get("Resource").asText()).isEqualTo(RUNS));
  }

  @Test
  void bindsARunToTheOneRoleBecauseNoConditionKeyCould() {
    application.grantSubmit(person, execution);

    assertThat(only("Allow", "iam:PassRole").get("Resource").asText()).isEqualTo(EXECUTION);
    assertThat(only("Allow", "iam:PassRole").get("Condition"))
        .isEqualTo(
            json(
                Map.of(
                    "StringEquals",
                    Map.of("iam:PassedToService", "emr-serverless.amazonaws.com"))));
  }

  @Test
  void opensNoSessionToASubmitter() {
    application.grantSubmit(person, execution);

    assertThat(all("Allow").toList().toString()).doesNotContain("Session");
  }

  @Test
  void letsADeveloperSubmitNothing() {
    application.grantDevelop(person, execution);

    assertThat(all("Allow").toList().toString()).doesNotContain("JobRun");
  }

  @Test
  void warnsWhereSubmittersShareTheirRuns() {
    application.grantSubmit(person, execution, SessionOwner.anyone());

    assertThat(only("Allow", "StartJobRun").has("Condition")).isFalse();
    assertThat(only("Allow", "GetDashboardForJobRun").has("Condition")).isFalse();
    assertThat(Synth.warnings(stack))
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .contains("every submitter cancels every job run")
                    .endsWith("[ack: @sparkgate/constructs:sharedJobRuns]"));
  }

  @Test
  void refusesARoleWhoseTrustVouchesForAnotherKindOfOwner() {
    DeveloperRole role = DeveloperRole.Builder.create(stack, "Submitter").build();

    Assertions.assertThatThrownBy(
            () -> application.grantSubmit(role, execution, SessionOwner.sourceIdentity()))
        .hasMessage(
            "Default/Submitter: sessionOwner received ${aws:userid}, but the grant recognises"
                + " owners by ${aws:SourceIdentity}, for which the role's trust does not vouch;"
                + " give both the same SessionOwner");
  }

  @Test
  void letsASubmitterStartAnApplicationThatStartsByItself() {
    EmrServerlessApplication.Builder.create(stack, "Own").build().grantSubmit(person, execution);

    assertThat(with("Allow", "StartApplication")).hasSize(1);
  }

  @Test
  void letsTheReaperCancelRunsAsItTerminatesSessionsAndNothingElse() {
    Grantee.of(person, application)
        .grant(JobPermissions.reaper(List.of(new ApplicationArn(APPLICATION))));

    assertThat(all("Allow").flatMap(statement -> each(statement.get("Action")).stream()))
        .containsExactlyInAnyOrder(
            "emr-serverless:ListSessions",
            "emr-serverless:GetSession",
            "emr-serverless:TerminateSession",
            "emr-serverless:ListJobRuns",
            "emr-serverless:GetJobRun",
            "emr-serverless:CancelJobRun");
    assertThat(each(only("Allow", "ListSessions").get("Resource"))).containsExactly(APPLICATION);
    assertThat(each(only("Allow", "GetSession").get("Resource")))
        .containsExactly(APPLICATION + "/sessions/*");
    assertThat(each(only("Allow", "TerminateSession").get("Resource")))
        .containsExactly(APPLICATION + "/sessions/*");
    assertThat(each(only("Allow", "ListJobRuns").get("Resource"))).containsExactly(APPLICATION);
    assertThat(each(only("Allow", "GetJobRun").get("Resource"))).containsExactly(RUNS);
    assertThat(each(only("Allow", "CancelJobRun").get("Resource"))).containsExactly(RUNS);
  }

  private JsonNode only(String effect, String action) {
    List<JsonNode> found = with(effect, action).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private Stream<JsonNode> with(String effect, String action) {
    String name = action.contains(":") ? action : "emr-serverless:" + action;
    return all(effect).filter(statement -> each(statement.get("Action")).contains(name));
  }

  private static List<String> each(JsonNode oneOrMore) {
    return oneOrMore.isArray()
        ? StreamSupport.stream(oneOrMore.spliterator(), false).map(JsonNode::asText).toList()
        : List.of(oneOrMore.asText());
  }

  private Stream<JsonNode> all(String effect) {
    return Template.fromStack(stack).findResources("AWS::IAM::Policy").values().stream()
        .map(JobPermissionsTest::json)
        .flatMap(
            policy ->
                StreamSupport.stream(
                    policy.at("/Properties/PolicyDocument/Statement").spliterator(), false))
        .filter(statement -> statement.get("Effect").asText().equals(effect));
  }

  private static JsonNode json(Object value) {
    return new ObjectMapper().valueToTree(value);
  }
}
