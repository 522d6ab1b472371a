package io.sparkgate.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.access.DeveloperRole;
import io.sparkgate.access.SessionExecutionRole;
import io.sparkgate.access.SessionOwner;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.EmrServerlessApplicationAttributes;
import io.sparkgate.serverless.IEmrServerlessApplication;
import io.sparkgate.spark.ReleaseLabel;
import io.sparkgate.testing.Synth;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;

class ConnectionParametersTest {

  private static final String IMPORTED = "00f1cb5c6anuij25";

  private final Stack stack = new Stack();

  @Test
  void writeAllThatAClientMustKnow() {
    EmrServerlessApplication application = application();
    IRole runs = executionRole();
    IRole developer = DeveloperRole.Builder.create(stack, "Developer").build().getRole();
    parameters(application)
        .executionRole(runs)
        .developerRole(developer)
        .prefix("/sparkgate/dev")
        .build();

    Map<String, Object> expected = new TreeMap<>();
    expected.put("/sparkgate/dev/application-id", stack.resolve(application.getApplicationId()));
    expected.put("/sparkgate/dev/execution-role-arn", stack.resolve(runs.getRoleArn()));
    expected.put("/sparkgate/dev/region", Map.of("Ref", "AWS::Region"));
    expected.put("/sparkgate/dev/owner-tag", "sparkgate:owner");
    expected.put("/sparkgate/dev/owner", "user-id");
    expected.put("/sparkgate/dev/developer-role-arn", stack.resolve(developer.getRoleArn()));
    expected.put("/sparkgate/dev/release-label", "emr-7.13.0");
    expected.put("/sparkgate/dev/spark-version", "3.5.6");
    expected.put("/sparkgate/dev/python-version", "3.11");
    expected.put("/sparkgate/dev/pyspark", ReleaseLabel.EMR_7_13_0.pipRequirements().orElseThrow());
    assertThat(written()).isEqualTo(expected);
  }

  @Test
  void areOfTheTierThatCostsNothingAndShowsItsValue() {
    parameters(application()).build();

    Template.fromStack(stack)
        .allResourcesProperties(
            "AWS::SSM::Parameter",
            Map.of("Type", "String", "Tier", "Standard", "Description", Match.anyValue()));
  }

  /** GetParameters takes ten names in one call. */
  @Test
  void canBeReadInOneCall() {
    assertThat(parameters(application()).build().getParameterArns()).hasSize(10);
  }

  @Test
  void leaveOutWhatIsNotThere() {
    parameters(imported()).sessionOwner(SessionOwner.anyone()).build();

    assertThat(written())
        .containsOnlyKeys(
            "/sparkgate/Default/application-id",
            "/sparkgate/Default/execution-role-arn",
            "/sparkgate/Default/owner",
            "/sparkgate/Default/region")
        .containsEntry("/sparkgate/Default/owner", "anyone")
        .containsEntry("/sparkgate/Default/application-id", IMPORTED);
  }

  @ParameterizedTest
  @CsvSource({"emr-7.13.0, true", "emr-7.99.0, false"})
  void tellOfAnImportedApplicationWhatIsGiven(String label, boolean isKnown) {
    parameters(imported()).releaseLabel(ReleaseLabel.of(label)).build();

    assertThat(written()).containsEntry("/sparkgate/Default/release-label", label);
    assertThat(written().containsKey("/sparkgate/Default/spark-version")).isEqualTo(isKnown);
    assertThat(written().containsKey("/sparkgate/Default/python-version")).isEqualTo(isKnown);
    assertThat(written().containsKey("/sparkgate/Default/pyspark")).isEqualTo(isKnown);
  }

  @Test
  void tellTheRegionOfAnApplicationOfAnother() {
    parameters(
            EmrServerlessApplication.fromApplicationAttributes(
                stack,
                "Far",
                EmrServerlessApplicationAttributes.builder()
                    .applicationId(IMPORTED)
                    .region("eu-north-1")
                    .build()))
        .build();

    assertThat(written()).containsEntry("/sparkgate/Default/region", "eu-north-1");
  }

  @Test
  void tellByWhatOwnersAreRecognised() {
    parameters(application()).sessionOwner(SessionOwner.principalTag("cost centre")).build();

    assertThat(written()).containsEntry("/sparkgate/Default/owner", "principal-tag:cost centre");
  }

  @Test
  void takeWhatIsKnownAtDeploymentOnly() {
    parameters(EmrServerlessApplication.fromApplicationId(stack, "Later", parameter("Id")))
        .releaseLabel(ReleaseLabel.of(parameter("Release")))
        .prefix(parameter("Prefix"))
        .build();

    assertThat(Template.fromStack(stack).findResources("AWS::SSM::Parameter").values().toString())
        .contains("Value={Ref=Id}", "Value={Ref=Release}")
        .contains("Name={Fn::Join=[, [{Ref=Prefix}, /application-id]]}");
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void wantAnApplicationAndARole() {
    assertThatThrownBy(ConnectionParameters.Builder.create(stack, "None")::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Default/None: application received nothing, but takes the application to connect to;"
                + " call application(…)");
    assertThatThrownBy(
            ConnectionParameters.Builder.create(stack, "Half")
                    .prefix("/half")
                    .application(imported())
                ::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Default/Half: executionRole received nothing, but takes the role that sessions run as;"
                + " call executionRole(…)");
  }

  @Test
  void refuseARoleThatNoSessionCanRunAs() {
    IEmrServerlessApplication application =
        EmrServerlessApplication.fromApplicationArn(
            stack,
            "Other",
            "arn:aws:emr-serverless:eu-west-1:111122223333:/applications/" + IMPORTED);
    IRole foreign = Role.fromRoleArn(stack, "Foreign", "arn:aws:iam::444455556666:role/Runs");

    assertThatThrownBy(parameters(application).executionRole(foreign)::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Default/Connection: executionRole Default/Foreign is of account 444455556666, but the"
                + " application of 111122223333, and IAM passes no role to a service of another"
                + " account; use a role of the application's account");
  }

  @Test
  void refuseADeveloperRoleThatVouchesForAnotherIdentity() {
    IRole developer =
        DeveloperRole.Builder.create(stack, "Developer")
            .sessionOwner(SessionOwner.sourceIdentity())
            .build()
            .getRole();

    assertThatThrownBy(parameters(application()).developerRole(developer)::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Default/Connection: sessionOwner is user-id, but developerRole Default/Developer"
                + " recognises owners by source-identity; give both the same SessionOwner");
  }

  /** It vouches for more than is asked. */
  @Test
  void takeAnyDeveloperRoleWhereSessionsAreShared() {
    parameters(application())
        .sessionOwner(SessionOwner.anyone())
        .developerRole(DeveloperRole.Builder.create(stack, "Developer").build().getRole())
        .build();

    assertThat(written())
        .containsEntry("/sparkgate/Default/owner", "anyone")
        .containsKey("/sparkgate/Default/developer-role-arn");
  }

  @Test
  void refuseAnotherReleaseThanTheApplications() {
    assertThatThrownBy(parameters(application()).releaseLabel(ReleaseLabel.of("emr-7.14.0"))::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Default/Connection: releaseLabel received emr-7.14.0, but the application is made with"
                + " emr-7.13.0; leave it out");
  }

  private Map<String, Object> written() {
    Map<String, Object> values = new TreeMap<>();
    Template.fromStack(stack)
        .findResources("AWS::SSM::Parameter")
        .values()
        .forEach(
            parameter -> {
              Map<?, ?> properties = (Map<?, ?>) parameter.get("Properties");
              values.put(String.valueOf(properties.get("Name")), properties.get("Value"));
            });
    return values;
  }

  private ConnectionParameters.Builder parameters(IEmrServerlessApplication application) {
    return ConnectionParameters.Builder.create(stack, "Connection")
        .application(application)
        .executionRole(
            Role.Builder.create(stack, "Runs")
                .assumedBy(new ServicePrincipal("emr-serverless.amazonaws.com"))
                .build());
  }

  private EmrServerlessApplication application() {
    return EmrServerlessApplication.Builder.create(stack, "Application").build();
  }

  private IEmrServerlessApplication imported() {
    return EmrServerlessApplication.fromApplicationId(stack, "Imported", IMPORTED);
  }

  private IRole executionRole() {
    return SessionExecutionRole.Builder.create(stack, "Execution").build().getRole();
  }

  private String parameter(String id) {
    return CfnParameter.Builder.create(stack, id).build().getValueAsString();
  }
}
