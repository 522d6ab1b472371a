package io.sparkgate.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.access.SessionOwner;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.IEmrServerlessApplication;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;

class PermissionsTest {

  private static final String APPLICATION =
      "arn:aws:emr-serverless:eu-west-1:111122223333:/applications/00f1cb5c6anuij25";
  private static final String SESSIONS = APPLICATION + "/sessions/*";
  private static final String EXECUTION = "arn:aws:iam::111122223333:role/Execution";

  private final Stack stack = new Stack();
  private final Role person =
      Role.Builder.create(stack, "Person").assumedBy(new AccountRootPrincipal()).build();
  private final IRole execution = Role.fromRoleArn(stack, "Execution", EXECUTION);
  private final IEmrServerlessApplication application =
      EmrServerlessApplication.fromApplicationArn(stack, "App", APPLICATION);

  @Test
  void letsADeveloperStartOnlySessionsThatCarryTheOwnersTag() {
    application.grantDevelop(person, execution, SessionOwner.userId());

    assertThat(statement("Allow", "emr-serverless:StartSession"))
        .isEqualTo(
            json(
                Map.of(
                    "Effect",
                    "Allow",
                    "Action",
                    "emr-serverless:StartSession",
                    "Resource",
                    APPLICATION,
                    "Condition",
                    Map.of(
                        "StringEquals",
                        Map.of("aws:RequestTag/sparkgate:owner", "${aws:userid}"),
                        "ForAllValues:StringEquals",
                        Map.of(
                            "aws:TagKeys",
                            List.of("sparkgate:owner", "sparkgate:idle-minutes"))))));
  }

  @Test
  void letsADeveloperTagASessionOnlyAsItsOwn() {
    application.grantDevelop(person, execution, SessionOwner.userId());

    assertThat(statement("Allow", "emr-serverless:TagResource").at("/Condition/StringEquals"))
        .isEqualTo(json(Map.of("aws:RequestTag/sparkgate:owner", "${aws:userid}")));
  }

  @Test
  void letsADeveloperReachOnlyOwnSessions() {
    application.grantDevelop(person, execution, SessionOwner.sourceIdentity());

    for (String action :
        List.of("GetSession", "GetSessionEndpoint", "TerminateSession", "GetResourceDashboard")) {
      JsonNode statement = statement("Allow", "emr-serverless:" + action);
      assertThat(statement.get("Resource").asText()).isEqualTo(SESSIONS);
      assertThat(statement.get("Condition"))
          .isEqualTo(
              json(
                  Map.of(
                      "StringEquals",
                      Map.of("aws:ResourceTag/sparkgate:owner", "${aws:SourceIdentity}"))));
    }
  }

  @Test
  void keepsADeveloperFromTakingOverASessionByRetaggingIt() {
    application.grantDevelop(person, execution, SessionOwner.userId());

    assertThat(statements("Deny", "emr-serverless:TagResource"))
        .contains(
            json(
                Map.of(
                    "Effect",
                    "Deny",
                    "Action",
                    List.of("emr-serverless:TagResource", "emr-serverless:UntagResource"),
                    "Resource",
                    SESSIONS,
                    "Condition",
                    Map.of(
                        "StringNotEquals",
                        Map.of("aws:ResourceTag/sparkgate:owner", "${aws:userid}"),
                        "Null",
                        Map.of("aws:ResourceTag/sparkgate:owner", "false")))));
  }

  @ParameterizedTest
  @MethodSource("owners")
  void keepsADeveloperFromProtectingASessionFromTheReaper(SessionOwner owner) {
    application.grantDevelop(person, execution, owner);

    assertThat(statements("Deny", "emr-serverless:TagResource"))
        .anySatisfy(
            deny ->
                assertThat(deny.at("/Condition/ForAnyValue:StringEquals/aws:TagKeys").toString())
                    .contains("sparkgate:keep-until"));
  }

  static Stream<SessionOwner> owners() {
    return Stream.of(SessionOwner.userId(), SessionOwner.anyone());
  }

  @Test
  void letsADeveloperPassTheExecutionRoleToTheServiceOnly() {
    application.grantDevelop(person, execution, SessionOwner.userId());

    assertThat(statement("Allow", "iam:PassRole"))
        .isEqualTo(
            json(
                Map.of(
                    "Effect",
                    "Allow",
                    "Action",
                    "iam:PassRole",
                    "Resource",
                    EXECUTION,
                    "Condition",
                    Map.of(
                        "StringEquals",
                        Map.of("iam:PassedToService", "emr-serverless.amazonaws.com")))));
  }

  @Test
  void comparesTheOwnerWithATagOfThePrincipal() {
    application.grantDevelop(person, execution, SessionOwner.principalTag("email"));

    assertThat(
            statement("Allow", "emr-serverless:GetSessionEndpoint").at("/Condition/StringEquals"))
        .isEqualTo(json(Map.of("aws:ResourceTag/sparkgate:owner", "${aws:PrincipalTag/email}")));
  }

  @Test
  void letsDevelopersShareSessionsWhereOwnershipIsSwitchedOff() {
    application.grantDevelop(person, execution, SessionOwner.anyone());

    assertThat(statement("Allow", "emr-serverless:GetSessionEndpoint").has("Condition")).isFalse();
    assertThat(statement("Allow", "emr-serverless:StartSession").has("Condition")).isFalse();
  }

  @Test
  void letsAnOperatorTerminateButNotConnect() {
    application.grantOperate(person);

    assertThat(actions("Allow"))
        .contains(
            "emr-serverless:ListSessions",
            "emr-serverless:TerminateSession",
            "emr-serverless:CancelJobRun")
        .doesNotContain(
            "emr-serverless:GetSessionEndpoint",
            "emr-serverless:GetResourceDashboard",
            "emr-serverless:GetDashboardForJobRun",
            "emr-serverless:StartJobRun",
            "emr-serverless:StartSession",
            "iam:PassRole");
  }

  @Test
  void letsAnOperatorChangeNoTagButTheOneThatProtectsASessionOrARun() {
    application.grantOperate(person);

    assertThat(statement("Allow", "emr-serverless:TagResource").get("Condition"))
        .isEqualTo(
            json(
                Map.of(
                    "ForAllValues:StringEquals",
                    Map.of("aws:TagKeys", List.of("sparkgate:keep-until")),
                    "Null",
                    Map.of("aws:TagKeys", "false"))));
  }

  @Test
  void keepsAViewerFromConnectingEvenWhereAnotherPolicyAllowsIt() {
    application.grantView(person);

    assertThat(actions("Deny"))
        .containsExactlyInAnyOrder(
            "emr-serverless:AccessSystemProfileLogs",
            "emr-serverless:GetDashboardForJobRun",
            "emr-serverless:GetSessionEndpoint",
            "emr-serverless:GetResourceDashboard");
    assertThat(actions("Allow").stream().distinct())
        .containsExactlyInAnyOrder(
            "emr-serverless:GetApplication",
            "emr-serverless:GetJobRun",
            "emr-serverless:GetSession",
            "emr-serverless:ListJobRunAttempts",
            "emr-serverless:ListJobRuns",
            "emr-serverless:ListSessions",
            "emr-serverless:ListTagsForResource");
  }

  @Test
  void letsTheReaperListReadAndTerminateAndNothingElse() {
    Grantee.of(person, application)
        .grant(Permissions.reaper(List.of(new ApplicationArn(APPLICATION))));

    assertThat(actions("Allow"))
        .containsExactlyInAnyOrder(
            "emr-serverless:ListSessions",
            "emr-serverless:GetSession",
            "emr-serverless:TerminateSession");
    assertThat(statement("Allow", "emr-serverless:ListSessions").get("Resource").asText())
        .isEqualTo(APPLICATION);
    assertThat(statement("Allow", "emr-serverless:TerminateSession").get("Resource").asText())
        .isEqualTo(SESSIONS);
  }

  @Test
  void givesOnePersonAPersonaOnTwoApplications() {
    application.grantOperate(person);
    EmrServerlessApplication.fromApplicationArn(stack, "Other", APPLICATION.replace("00f1", "00f2"))
        .grantOperate(person)
        .assertSuccess();

    assertThat(all("Allow").map(s -> s.has("Sid"))).isNotEmpty().containsOnly(false);
  }

  private JsonNode statement(String effect, String action) {
    assertThat(statements(effect, action)).hasSize(1);
    return statements(effect, action).get(0);
  }

  private List<JsonNode> statements(String effect, String action) {
    return all(effect)
        .filter(s -> s.get("Action").toString().contains("\"" + action + "\""))
        .toList();
  }

  private List<String> actions(String effect) {
    return all(effect)
        .flatMap(
            s -> s.get("Action").isArray() ? elements(s.get("Action")) : Stream.of(s.get("Action")))
        .map(JsonNode::asText)
        .distinct()
        .toList();
  }

  private Stream<JsonNode> all(String effect) {
    return Template.fromStack(stack).findResources("AWS::IAM::Policy").values().stream()
        .flatMap(policy -> elements(json(policy).at("/Properties/PolicyDocument/Statement")))
        .filter(statement -> statement.get("Effect").asText().equals(effect));
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static JsonNode json(Object value) {
    return new ObjectMapper().valueToTree(value);
  }
}
