package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.access.SessionExecutionRole;
import io.sparkgate.access.SessionOwner;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.s3.Bucket;

class GrantsTest {

  private static final String ACCOUNT = "123456789012";
  private static final String IMPORTED_ARN =
      "arn:aws:emr-serverless:eu-west-1:" + ACCOUNT + ":/applications/00f1cb5c6anuij25";

  private final Stack stack =
      new Stack(
          new App(),
          "Stack",
          StackProps.builder()
              .env(Environment.builder().account(ACCOUNT).region("eu-west-1").build())
              .build());
  private final Role people =
      Role.Builder.create(stack, "People").assumedBy(new AccountRootPrincipal()).build();
  private final IRole executionRole =
      SessionExecutionRole.Builder.create(stack, "Execution").build().getRole();

  private enum Origin {
    OWN {
      @Override
      IEmrServerlessApplication in(Stack stack) {
        return EmrServerlessApplication.Builder.create(stack, "App").build();
      }

      @Override
      Object arn(String suffix) {
        Map<String, Object> arn = Map.of("Fn::GetAtt", List.of("AppF1B96344", "Arn"));
        return suffix.isEmpty() ? arn : Map.of("Fn::Join", List.of("", List.of(arn, suffix)));
      }
    },
    IMPORTED {
      @Override
      IEmrServerlessApplication in(Stack stack) {
        return EmrServerlessApplication.fromApplicationArn(stack, "App", IMPORTED_ARN);
      }

      @Override
      Object arn(String suffix) {
        return IMPORTED_ARN + suffix;
      }
    };

    abstract IEmrServerlessApplication in(Stack stack);

    abstract Object arn(String suffix);
  }

  @ParameterizedTest
  @EnumSource
  void developersStartSessionsInTheirOwnNameAndReachOnlyThose(Origin origin) {
    origin.in(stack).grantDevelop(people, executionRole);

    assertThat(statements())
        .contains(
            Map.of(
                "Effect",
                "Allow",
                "Action",
                "emr-serverless:StartSession",
                "Condition",
                Map.of(
                    "StringEquals",
                    Map.of("aws:RequestTag/sparkgate:owner", "${aws:userid}"),
                    "ForAllValues:StringEquals",
                    Map.of("aws:TagKeys", List.of("sparkgate:owner", "sparkgate:idle-minutes"))),
                "Resource",
                origin.arn("")))
        .contains(
            Map.of(
                "Effect", "Allow",
                "Action",
                    List.of(
                        "emr-serverless:GetResourceDashboard",
                        "emr-serverless:GetSession",
                        "emr-serverless:GetSessionEndpoint",
                        "emr-serverless:ListTagsForResource",
                        "emr-serverless:TerminateSession"),
                "Condition",
                    Map.of(
                        "StringEquals", Map.of("aws:ResourceTag/sparkgate:owner", "${aws:userid}")),
                "Resource", origin.arn("/sessions/*")))
        .anySatisfy(
            statement -> {
              assertThat(statement.get("Action")).isEqualTo("iam:PassRole");
              assertThat(statement.get("Resource"))
                  .isEqualTo(stack.resolve(executionRole.getRoleArn()));
              assertThat(statement.get("Condition"))
                  .isEqualTo(
                      Map.of(
                          "StringEquals",
                          Map.of("iam:PassedToService", "emr-serverless.amazonaws.com")));
            });
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void developersAreRecognisedAsTold(Origin origin) {
    origin.in(stack).grantDevelop(people, executionRole, SessionOwner.sourceIdentity());
    assertThat(statements().toString())
        .contains("${aws:SourceIdentity}")
        .doesNotContain("${aws:userid}");
  }

  @ParameterizedTest
  @EnumSource
  void operatorsTerminateButNeverConnect(Origin origin) {
    origin.in(stack).grantOperate(people);
    assertThat(statements())
        .contains(
            Map.of(
                "Effect", "Allow",
                "Action",
                    List.of(
                        "emr-serverless:GetApplication",
                        "emr-serverless:ListJobRuns",
                        "emr-serverless:ListSessions"),
                "Resource", origin.arn("")))
        .contains(
            Map.of(
                "Effect", "Allow",
                "Action",
                    List.of(
                        "emr-serverless:GetSession",
                        "emr-serverless:ListTagsForResource",
                        "emr-serverless:TerminateSession"),
                "Resource", origin.arn("/sessions/*")));
    assertThat(statements().toString()).doesNotContain("GetSessionEndpoint");
  }

  @ParameterizedTest
  @EnumSource
  void viewersAreDeniedTheEndpoint(Origin origin) {
    origin.in(stack).grantView(people);
    assertThat(statements())
        .contains(
            Map.of(
                "Effect", "Deny",
                "Action",
                    List.of(
                        "emr-serverless:GetResourceDashboard", "emr-serverless:GetSessionEndpoint"),
                "Resource", origin.arn("/sessions/*")))
        .contains(
            Map.of(
                "Effect", "Allow",
                "Action",
                    List.of(
                        "emr-serverless:GetApplication",
                        "emr-serverless:ListJobRuns",
                        "emr-serverless:ListSessions",
                        "emr-serverless:ListTagsForResource"),
                "Resource", origin.arn("")));
  }

  @ParameterizedTest
  @EnumSource
  void anybodyDoesWhatIsNamedOnWhatItActsOn(Origin origin) {
    origin
        .in(stack)
        .grant(
            people,
            "emr-serverless:GetSession",
            "emr-serverless:StartApplication",
            "emr-serverless:CancelJobRun",
            "emr-serverless:StopApplication",
            "emr-serverless:ListTagsForResource")
        .assertSuccess();

    assertThat(statements())
        .containsExactly(
            Map.of(
                "Effect", "Allow",
                "Action", "emr-serverless:GetSession",
                "Resource", origin.arn("/sessions/*")),
            Map.of(
                "Effect", "Allow",
                "Action",
                    List.of("emr-serverless:StartApplication", "emr-serverless:StopApplication"),
                "Resource", origin.arn("")),
            Map.of(
                "Effect", "Allow",
                "Action", "emr-serverless:CancelJobRun",
                "Resource", origin.arn("/jobruns/*")),
            Map.of(
                "Effect", "Allow",
                "Action", "emr-serverless:ListTagsForResource",
                "Resource",
                    List.of(origin.arn(""), origin.arn("/sessions/*"), origin.arn("/jobruns/*"))));
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "emr-serverless:*",
        "emr-serverless:Get*",
        "s3:GetObject",
        "GetSession",
        "emr-serverless:ListApplications"
      })
  void whatActsOnNothingOfTheApplicationIsNotGranted(String action) {
    IEmrServerlessApplication application = Origin.OWN.in(stack);

    assertThatThrownBy(() -> application.grant(people, "emr-serverless:GetSession", action))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Stack/App: grant received the action '" + action + "', but takes")
        .hasMessageContaining("emr-serverless:AccessInteractiveEndpoints, ")
        .hasMessageEndingWith("; grant another where its resource is made");
  }

  @Test
  void noActionIsNoGrant() {
    assertThatThrownBy(() -> Origin.OWN.in(stack).grant(people))
        .hasMessageStartingWith("Stack/App: grant received no action, but takes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GetSessionEndpoint", "GetResourceDashboard"})
  void reachingSessionsWithoutTheirOwnerIsWarnedAboutUntilAcknowledged(String action) {
    IEmrServerlessApplication application = Origin.OWN.in(stack);
    application.grant(people, "emr-serverless:" + action);
    assertThat(Synth.warnings(stack))
        .singleElement()
        .asString()
        .startsWith("grant of emr-serverless:" + action + " reaches sessions whoever owns them")
        .endsWith("[ack: @sparkgate/constructs:sessionsOfOthers]");

    Annotations.of(application).acknowledgeWarning("@sparkgate/constructs:sessionsOfOthers");
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void developingContainsThatTheExecutionRoleWritesTheLogs() {
    Bucket bucket = new Bucket(stack, "Logs");
    Grant grant =
        EmrServerlessApplication.Builder.create(stack, "App")
            .logs(Logs.managed().and(LogDestination.s3(bucket)))
            .build()
            .grantDevelop(people, executionRole);

    assertThat(grant.getPrincipalStatements())
        .anySatisfy(statement -> assertThat(statement.getActions()).contains("s3:PutObject"));
  }

  @ParameterizedTest
  @EnumSource
  void sharingSessionsIsWarnedAboutUntilAcknowledged(Origin origin) {
    IEmrServerlessApplication application = origin.in(stack);
    application.grantDevelop(people, executionRole, SessionOwner.anyone());
    assertThat(Synth.warnings(stack))
        .singleElement()
        .asString()
        .contains("every developer reaches every session")
        .endsWith("[ack: @sparkgate/constructs:sharedSessions]");

    Annotations.of(application).acknowledgeWarning("@sparkgate/constructs:sharedSessions");
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  private List<Map<?, ?>> statements() {
    return Template.fromStack(stack).findResources("AWS::IAM::Policy").values().stream()
        .map(policy -> (Map<?, ?>) policy.get("Properties"))
        .map(properties -> (Map<?, ?>) properties.get("PolicyDocument"))
        .flatMap(GrantsTest::statementsOf)
        .toList();
  }

  private static Stream<Map<?, ?>> statementsOf(Map<?, ?> document) {
    return ((List<?>) document.get("Statement")).stream().map(statement -> (Map<?, ?>) statement);
  }
}
