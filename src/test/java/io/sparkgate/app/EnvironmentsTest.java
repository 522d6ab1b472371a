package io.sparkgate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

class EnvironmentsTest {

  @Test
  void makesAStackOfEachEnvironment() {
    assertThat(stacks(Map.of("environments", Map.of("prod", Map.of(), "dev", Map.of()))))
        .extracting(stack -> stack.getStackName())
        .containsExactly("SparkConnect-dev", "SparkConnect-prod");
  }

  @Test
  void makesOnlyTheOneThatIsAskedFor() {
    assertThat(
            stacks(
                Map.of(
                    "environments",
                    Map.of("prod", Map.of(), "dev", Map.of()),
                    "environment",
                    "dev")))
        .extracting(stack -> stack.getStackName())
        .containsExactly("SparkConnect-dev");
  }

  @Test
  void handsEverySettingToItsConstruct() {
    Stack stack =
        stack(
            Map.of(
                "account",
                "111122223333",
                "region",
                "eu-west-1",
                "releaseLabel",
                "emr-7.14.0",
                "capacity",
                Map.of("vcpu", 64, "memoryGb", 256, "diskGb", 1280),
                "accountVcpuQuota",
                64,
                "warmPool",
                Map.of("drivers", 1, "executors", 3, "vcpu", 4, "memoryGb", 16),
                "idleMinutes",
                20,
                "maxAgeMinutes",
                600,
                "dryRun",
                true,
                "natGateways",
                1));
    Template template = Template.fromStack(stack);

    assertThat(stack.getRegion()).isEqualTo("eu-west-1");
    assertThat(stack.getAccount()).isEqualTo("111122223333");
    template.resourceCountIs("AWS::EC2::NatGateway", 1);
    assertThat(template.findResources("AWS::EMRServerless::Application").toString())
        .contains("ReleaseLabel=emr-7.14.0", "WorkerCount=3", "64");
    assertThat(template.findResources("AWS::Lambda::Function").toString())
        .contains("\"idleMinutes\":20", "\"maxAgeMinutes\":600", "\"dryRun\":true");
  }

  @Test
  void runsWorkersOnTheProcessorThatIsAskedFor() {
    assertThat(
            Template.fromStack(stack(Map.of("architecture", "ARM64")))
                .findResources("AWS::EMRServerless::Application")
                .toString())
        .contains("Architecture=ARM64");
  }

  @Test
  void keepsTheDefaultIdleLimitBesideAnotherRule() {
    assertThat(functions(Map.of("maxAgeMinutes", 600))).contains("\"idleMinutes\":60");
    assertThat(functions(Map.of("dryRun", true))).contains("\"idleMinutes\":60");
  }

  @Test
  void handsOnWhatADeploymentDoesAboutLiveSessions() {
    Template template =
        Template.fromStack(stack(Map.of("onUpdate", "drain 30", "onDelete", "terminate")));

    template.hasResourceProperties(
        "Custom::SparkgateBeforeUpdate", Map.of("Policy", "DRAIN", "MaxWaitMinutes", 30));
    template.hasResourceProperties("Custom::SparkgateBeforeDelete", Map.of("Policy", "TERMINATE"));
  }

  @Test
  void tellsATopicOfEveryAlarm() {
    String topic = "arn:aws:sns:eu-west-1:111122223333:OnCall";
    Template template =
        Template.fromStack(stack(Map.of("alarmTopic", topic, "takeoverAlarm", true)));

    template.resourceCountIs("AWS::CloudWatch::Alarm", 5);
    template.allResourcesProperties(
        "AWS::CloudWatch::Alarm", Map.of("AlarmActions", List.of(topic)));
  }

  @Test
  void keepsTrafficOffTheInternet() {
    Template template =
        Template.fromStack(
            stack(
                Map.of(
                    "privateMode",
                    Map.of(
                        "endpoints", List.of("glue", "secrets-manager", "ssm"),
                        "clients", List.of("192.168.0.0/16")))));

    assertThat(template.findResources("AWS::EC2::VPCEndpoint").toString())
        .contains("emr-serverless-services.sessions", ".glue", ".secretsmanager", ".ssm");
    assertThat(template.findResources("AWS::EC2::SecurityGroup").toString())
        .contains("CidrIp=192.168.0.0/16");
  }

  @Test
  void runsInAVpcThatExists() {
    Template template =
        Template.fromStack(
            stack(
                Map.of(
                    "vpc",
                    Map.of(
                        "vpcId", "vpc-0123456789abcdef0",
                        "availabilityZones", List.of("eu-west-1a", "eu-west-1b"),
                        "privateSubnetIds",
                            List.of("subnet-0123456789abcdef0", "subnet-0123456789abcdef1")))));

    template.resourceCountIs("AWS::EC2::VPC", 0);
    assertThat(template.findResources("AWS::EMRServerless::Application").toString())
        .contains("subnet-0123456789abcdef0", "subnet-0123456789abcdef1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"developers", "operators", "auditors"})
  void letsOnlyTheNamedRolesAssumeAPersonasRole(String persona) {
    String role = "arn:aws:iam::111122223333:role/DataScience";

    assertThat(trusting(role, Template.fromStack(stack(Map.of(persona, List.of(role))))))
        .containsExactly(
            Map.of("developers", "Developer", "operators", "Operator", "auditors", "Auditor")
                .get(persona));
  }

  @ParameterizedTest
  @ValueSource(strings = {"developers", "operators", "auditors"})
  void turnsAWildcardInTheNameOfARoleIntoACondition(String persona) {
    String roles =
        "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_DataScience_*";

    Template template = Template.fromStack(stack(Map.of(persona, List.of(roles))));

    assertThat(template.findResources("AWS::IAM::Role").toString())
        .contains("ArnLike={aws:PrincipalArn=" + roles + "}", ":iam::111122223333:root")
        .doesNotContain("AWS=" + roles);
  }

  @Test
  void tellsAClientWhatToInstall() {
    assertThat(Template.fromStack(stack(Map.of())).findOutputs("PySpark").toString())
        .contains("\"pyspark[connect]==3.5.6\" ", " pandas==", " pyarrow==", " numpy==");
  }

  @Test
  void tellsAClientHowToConnectUnderTheNameOfTheEnvironment() {
    Template template = Template.fromStack(stack(Map.of()));

    template.hasResourceProperties(
        "AWS::SSM::Parameter", Map.of("Name", "/sparkgate/dev/application-id"));
    template.hasResourceProperties(
        "AWS::SSM::Parameter",
        Map.of(
            "Name",
            "/sparkgate/dev/developer-role-arn",
            "Value",
            template.findOutputs("DeveloperRoleArn").get("DeveloperRoleArn").get("Value")));
    template.hasOutput("ConnectionPrefix", Map.of("Value", "/sparkgate/dev"));
  }

  @Test
  void tellsAClientHowToConnectWhereItIsTold() {
    Template template = Template.fromStack(stack(Map.of("connectionPrefix", "/data/spark")));

    template.hasResourceProperties(
        "AWS::SSM::Parameter", Map.of("Name", "/data/spark/application-id"));
    template.hasOutput("ConnectionPrefix", Map.of("Value", "/data/spark"));
  }

  /** They read before they assume the developer role, as who the app does not know. */
  @Test
  void saysWhatPeopleNeedBeforeTheyAssumeTheDeveloperRole() {
    assertThat(
            Template.fromStack(stack(Map.of("account", "111122223333", "region", "eu-west-1")))
                .findOutputs("ConnectPolicy")
                .toString())
        .contains("{\"Action\":\"ssm:GetParameters\",\"Effect\":\"Allow\",\"Resource\":[\"arn:")
        .contains(":ssm:eu-west-1:111122223333:parameter/sparkgate/dev/application-id\"")
        .contains("{\"Action\":\"sts:AssumeRole\",\"Effect\":\"Allow\",\"Resource\":\"")
        .contains("Fn::GetAtt=[DeveloperRole");
  }

  @Test
  void rejectsAnEnvironmentThatIsNotThere() {
    assertThatThrownBy(
            () ->
                stacks(
                    Map.of(
                        "environments",
                        Map.of("dev", Map.of(), "prod", Map.of()),
                        "environment",
                        "stage")))
        .hasMessage(
            "-c environment received 'stage', but cdk.json has the environments [dev, prod]; choose"
                + " one of them or add it");
  }

  @Test
  void rejectsAnEnvironmentThatIsNoSection() {
    assertThatThrownBy(() -> stacks(Map.of("environments", Map.of("dev", "small"))))
        .hasMessage("cdk.json: environments.dev received \"small\", but takes a section {...}");
  }

  @Test
  void rejectsANameThatNoStackCanHave() {
    assertThatThrownBy(() -> stacks(Map.of("environments", Map.of("my dev", Map.of()))))
        .hasMessage(
            "cdk.json: environments has the name 'my dev', but a name becomes part of the stack's;"
                + " use up to 64 letters, digits and hyphens, a letter first");
  }

  @Test
  void asksForEnvironmentsWhereThereAreNone() {
    assertThatThrownBy(() -> stacks(Map.of()))
        .hasMessage(
            "cdk.json: context has no 'environments'; add one, for example {\"environments\":"
                + " {\"dev\": {}}}");
  }

  /** The roles that trust the principal, by their ids. */
  private static List<String> trusting(String principal, Template template) {
    return template.findResources("AWS::IAM::Role").entrySet().stream()
        .filter(role -> role.getValue().toString().contains(principal))
        .map(role -> role.getKey().replaceAll("(Role)?[0-9A-F]{8}$", ""))
        .toList();
  }

  private static String functions(Map<String, Object> settings) {
    return Template.fromStack(stack(settings)).findResources("AWS::Lambda::Function").toString();
  }

  private static Stack stack(Map<String, Object> settings) {
    return stacks(Map.of("environments", Map.of("dev", settings))).get(0);
  }

  private static List<Stack> stacks(Map<String, Object> context) {
    return SparkgateApp.addStacks(new App(AppProps.builder().context(context).build()));
  }
}
