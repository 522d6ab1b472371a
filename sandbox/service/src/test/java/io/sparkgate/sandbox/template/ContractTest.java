package io.sparkgate.sandbox.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.template.Blueprint.Parameter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractTest {

  @TempDir Path directory;

  /** Clients look for a name below /sparkgate only. */
  @Test
  void elsewhereTheWholePathNamesTheEnvironment() {
    assertThat(new Contract("/data/spark", Map.of()).environment()).isEqualTo("/data/spark");
    assertThat(new Contract("/sparkgate/a/b", Map.of()).environment()).isEqualTo("/sparkgate/a/b");
  }

  @Test
  void isWhatTheParametersBesideTheApplicationsIdSay() throws Exception {
    Blueprint blueprint =
        read(
            parameter(
                "Id", "/sparkgate/blue/application-id", "{'Fn::GetAtt':['App','ApplicationId']}"),
            parameter(
                "Role", "/sparkgate/blue/execution-role-arn", "{'Fn::GetAtt':['Runs','Arn']}"),
            parameter("Foreign", "/sparkgate/another/application-id", "'00another'"),
            parameter("Else", "/elsewhere", "'x'"),
            parameter("StringList", "Texts", "/texts", "'x,y'"));
    String role = blueprint.executionRoleArn();

    assertThat(blueprint.parameters())
        .containsEntry(
            "/sparkgate/blue/application-id",
            new Parameter("String", blueprint.application().orElseThrow().id()))
        .containsEntry("/elsewhere", new Parameter("String", "x"))
        .containsEntry("/texts", new Parameter("StringList", "x,y"))
        .hasSize(5);
    Contract contract = Contract.of(blueprint).orElseThrow();
    assertThat(contract.path()).isEqualTo("/sparkgate/blue");
    assertThat(contract.environment()).isEqualTo("blue");
    assertThat(contract.values())
        .containsOnly(
            Map.entry("application-id", blueprint.application().orElseThrow().id()),
            Map.entry("execution-role-arn", role));
  }

  @Test
  void isNotThereWithoutTheApplicationsId() throws Exception {
    Blueprint blueprint = read(parameter("Foreign", "/sparkgate/x/application-id", "'00another'"));

    assertThat(Contract.of(blueprint)).isEmpty();
  }

  @Test
  void hasParametersWithArnsOfTheStacksPlace() throws Exception {
    Blueprint blueprint = read(parameter("Name", "plain", "'x'"));

    assertThat(blueprint.parameterArn("/sparkgate/dev/*"))
        .isEqualTo("arn:aws:ssm:us-east-1:111122223333:parameter/sparkgate/dev/*");
    assertThat(blueprint.parameterArn("plain"))
        .isEqualTo("arn:aws:ssm:us-east-1:111122223333:parameter/plain");
  }

  @Test
  void knowsForHowLongARoleMayBeAssumed() throws Exception {
    Blueprint blueprint = read();

    assertThat(blueprint.principals().get("Runs").maxSessionDuration()).hasHours(1);
    assertThat(Resources.personas().principals().get("DeveloperRole745A238E").maxSessionDuration())
        .hasHours(12);
  }

  private Blueprint read(String... more) throws BadInput {
    String template =
        """
        {'Resources': {
          'App': {'Type': 'AWS::EMRServerless::Application',
                  'Properties': {'ReleaseLabel': 'emr-7.13.0', 'Type': 'SPARK'}},
          'Runs': {'Type': 'AWS::IAM::Role', 'Properties': {'AssumeRolePolicyDocument':
            {'Statement': [{'Effect': 'Allow', 'Action': 'sts:AssumeRole',
                            'Principal': {'Service': 'emr-serverless.amazonaws.com'}}]}}}
          %s
        }}
        """
            .formatted(String.join("", more))
            .replace('\'', '"');
    Path file = Resources.file(directory, "stack.template.json", template);
    return Blueprints.read(file, Optional.empty(), remark -> {});
  }

  private static String parameter(String id, String name, String value) {
    return parameter("String", id, name, value);
  }

  private static String parameter(String type, String id, String name, String value) {
    return ", '%s': {'Type': 'AWS::SSM::Parameter', 'Properties': {'Type': '%s', 'Name': '%s', 'Value': %s}}"
        .formatted(id, type, name, value);
  }
}
