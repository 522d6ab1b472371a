package io.sparkgate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
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
    SparkConnectStack stack =
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
                        "endpoints", List.of("glue", "secrets-manager"),
                        "clients", List.of("192.168.0.0/16")))));

    assertThat(template.findResources("AWS::EC2::VPCEndpoint").toString())
        .contains("emr-serverless-services.sessions", ".glue", ".secretsmanager");
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::111122223333:role/*",
        "arn:aws:iam::*:role/Data",
        "arn:aws:iam::111122223333:role/*/Data",
        "arn:aws:iam:eu-west-1:1111:role/x",
        "arn:aws:s3::111122223333:role/x"
      })
  void refusesWhatIsNoRole(String role) {
    assertThatThrownBy(() -> stack(Map.of("auditors", List.of(role))))
        .hasMessage(
            "cdk.json: environments.dev.auditors received ["
                + role
                + "], but takes a list of roles such as [\"arn:aws:iam::111122223333:role/Data\"],"
                + " with * or ? in the name only, beside something else");
  }

  @Test
  void tellsAClientWhatToInstall() {
    assertThat(Template.fromStack(stack(Map.of())).findOutputs("PySpark").toString())
        .contains("\"pyspark[connect]==3.5.6\" \"pandas<3\" \"pyarrow<26\"");
  }

  static Stream<Arguments> wrongSettings() {
    return Stream.of(
        Arguments.of(
            Map.of("idleMinuets", 30),
            "cdk.json: environments.dev has the unknown setting 'idleMinuets'; the settings are ["),
        Arguments.of(
            Map.of("idleMinutes", "30"),
            "cdk.json: environments.dev.idleMinutes received \"30\", but takes a whole number such"
                + " as 30, without quotes"),
        Arguments.of(
            Map.of("idleMinutes", 1.5),
            "cdk.json: environments.dev.idleMinutes received 1.5, but takes a whole number"),
        Arguments.of(
            Map.of("idleMinutes", 30, "dryRun", "yes"),
            "cdk.json: environments.dev.dryRun received \"yes\", but takes true or false, without"
                + " quotes"),
        Arguments.of(
            Map.of("onUpdate", "drain 41"),
            "cdk.json: environments.dev.onUpdate received \"drain 41\", but takes \"refuse\","
                + " \"terminate\", or \"drain 30\" to wait for up to 30 minutes, 40 at most"),
        Arguments.of(
            Map.of("privateMode", Map.of("endpoints", List.of("s3"))),
            "cdk.json: environments.dev.privateMode.endpoints received [s3], but takes a list of"
                + " sessions, emr-serverless, dashboard, logs, sts, glue, kms, secrets-manager"),
        Arguments.of(
            Map.of("privateMode", Map.of("clients", List.of("office"))),
            "cdk.json: environments.dev.privateMode.clients received [office], but takes a list of"
                + " IPv4 ranges such as [\"192.168.0.0/16\"]"),
        Arguments.of(
            Map.of("alarmTopic", "OnCall"),
            "cdk.json: environments.dev.alarmTopic received \"OnCall\", but takes the ARN of a"
                + " topic such as \"arn:aws:sns:eu-west-1:111122223333:OnCall\""),
        Arguments.of(
            Map.of("account", "1234"),
            "cdk.json: environments.dev.account received \"1234\", but takes twelve digits in"
                + " quotes, such as \"111122223333\""),
        Arguments.of(
            Map.of("region", "Ireland"),
            "cdk.json: environments.dev.region received \"Ireland\", but takes a Region such as"
                + " \"eu-west-1\""),
        Arguments.of(
            Map.of("releaseLabel", 7.13),
            "cdk.json: environments.dev.releaseLabel received 7.13, but takes an EMR release such as"
                + " \"emr-7.13.0\""),
        Arguments.of(
            Map.of("warmPool", 3),
            "cdk.json: environments.dev.warmPool received 3, but takes a section {...}"),
        Arguments.of(
            Map.of("warmPool", Map.of("drivers", 1)),
            "cdk.json: environments.dev.warmPool lacks the setting '"),
        Arguments.of(
            Map.of("capacity", Map.of("cpu", 16)),
            "cdk.json: environments.dev.capacity has the unknown setting 'cpu'; the settings are"
                + " [diskGb, memoryGb, vcpu]"),
        Arguments.of(
            Map.of("vpc", Map.of("vpcId", "mine")),
            "cdk.json: environments.dev.vpc.vpcId received \"mine\", but takes the id of a VPC such"
                + " as \"vpc-0123456789abcdef0\""),
        Arguments.of(
            Map.of("idleMinutes", -5),
            "cdk.json: environments.dev.idleMinutes received -5, but takes a whole number such as"
                + " 30, without quotes"),
        Arguments.of(
            Map.of("vpc", Map.of("vpcId", "vpc-0123456789abcdef0")),
            "cdk.json: environments.dev.vpc lacks the setting 'availabilityZones'"),
        Arguments.of(
            Map.of(
                "vpc",
                Map.of(
                    "vpcId", "vpc-0123456789abcdef0",
                    "availabilityZones", List.of("eu-west-1a", "eu-west-1b"),
                    "privateSubnetIds", List.of("subnet-0123456789abcdef0"))),
            "cdk.json: environments.dev.vpc.privateSubnetIds received [subnet-0123456789abcdef0],"
                + " but takes a subnet for each of the availabilityZones [eu-west-1a, eu-west-1b]"),
        Arguments.of(
            Map.of("developers", "everybody"),
            "cdk.json: environments.dev.developers received \"everybody\", but takes a list of roles"
                + " such as [\"arn:aws:iam::111122223333:role/Data\"]"));
  }

  @ParameterizedTest
  @MethodSource("wrongSettings")
  void rejectsASettingInOneSentence(Map<String, Object> settings, String message) {
    assertThatThrownBy(() -> stack(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
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

  private static SparkConnectStack stack(Map<String, Object> settings) {
    return stacks(Map.of("environments", Map.of("dev", settings))).get(0);
  }

  private static List<SparkConnectStack> stacks(Map<String, Object> context) {
    return SparkgateApp.addStacks(new App(AppProps.builder().context(context).build()));
  }
}
