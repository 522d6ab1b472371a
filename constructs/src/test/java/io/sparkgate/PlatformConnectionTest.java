package io.sparkgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.access.SessionOwner;
import io.sparkgate.testing.Synth;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.Role;

/** What a platform tells clients, and whom it lets read that. */
class PlatformConnectionTest {

  private final Stack stack = new Stack();

  @Test
  void tellsClientsHowToConnectUnderTheNameOfItsStack() {
    SparkConnectPlatform platform = platform().sessionOwner(SessionOwner.sourceIdentity()).build();

    assertThat(parameters())
        .containsEntry("/sparkgate/Default/application-id", stack.resolve(id(platform)))
        .containsEntry("/sparkgate/Default/owner", "source-identity");
    assertThat(platform.getConnectionParameters().orElseThrow().getPrefix())
        .isEqualTo("/sparkgate/Default");
  }

  @Test
  void tellsClientsHowToConnectWhereItIsTold() {
    Role mine = person();
    platform()
        .connectionParameters(connection -> connection.prefix("/lake/spark"))
        .connectionParameters(connection -> connection.developerRole(mine))
        .build();

    assertThat(parameters().keySet()).allMatch(name -> name.startsWith("/lake/spark/"));
    assertThat(parameters())
        .containsEntry("/lake/spark/developer-role-arn", stack.resolve(mine.getRoleArn()));
  }

  @Test
  void letsDevelopersReadHowToConnect() {
    SparkConnectPlatform platform = platform().build();
    platform.grantDevelop(person());

    Synth.hasStatement(
        stack,
        Map.of(
            "Action",
            "ssm:GetParameters",
            "Resource",
            stack.resolve(platform.getConnectionParameters().orElseThrow().getParameterArns())));
  }

  @Test
  void tellsNobodyHowToConnectWhereThatIsLeftOut() {
    SparkConnectPlatform platform = platform().withoutConnectionParameters().build();
    platform.grantDevelop(person());

    assertThat(platform.getConnectionParameters()).isEmpty();
    assertThat(parameters()).isEmpty();
    assertThat(template().findResources("AWS::IAM::Policy").toString()).doesNotContain("ssm:");
  }

  /** A second platform beside the first has the same stack, and so the same default. */
  @Test
  void wantsAnotherPrefixForASecondPlatform() {
    platform().build();

    assertThatThrownBy(SparkConnectPlatform.Builder.create(stack, "Second")::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Default/Second/ConnectionParameters: prefix /sparkgate/Default is that of"
                + " Default/SparkConnect/ConnectionParameters too, in the same account and Region,"
                + " where each parameter is there once; give one of them another prefix, or make a"
                + " platform withoutConnectionParameters()");
  }

  /** What clients read is no setting of the application, so no session is ended for it. */
  @Test
  void stopsNothingWhenItTellsClientsOtherwise() {
    platform().build();
    Stack other = new Stack();
    SparkConnectPlatform.Builder.create(other, "SparkConnect")
        .connectionParameters(connection -> connection.prefix("/lake/spark"))
        .build();

    assertThat(beforeUpdate(other)).isEqualTo(beforeUpdate(stack));
  }

  private Map<String, Object> parameters() {
    Map<String, Object> values = new TreeMap<>();
    template()
        .findResources("AWS::SSM::Parameter")
        .values()
        .forEach(
            parameter -> {
              Map<?, ?> properties = (Map<?, ?>) parameter.get("Properties");
              values.put(String.valueOf(properties.get("Name")), properties.get("Value"));
            });
    return values;
  }

  private static Object beforeUpdate(Stack stack) {
    return Template.fromStack(stack).findResources("Custom::SparkgateBeforeUpdate");
  }

  private static String id(SparkConnectPlatform platform) {
    return platform.getApplication().getApplicationId();
  }

  private SparkConnectPlatform.Builder platform() {
    return SparkConnectPlatform.Builder.create(stack, "SparkConnect");
  }

  private Role person() {
    return Role.Builder.create(stack, "Person").assumedBy(new AccountRootPrincipal()).build();
  }

  private Template template() {
    return Template.fromStack(stack);
  }
}
