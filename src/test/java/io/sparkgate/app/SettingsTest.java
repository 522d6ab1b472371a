package io.sparkgate.app;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

/**
 * Settings that cdk.json cannot have: one sentence says which, what it received and what it takes.
 */
class SettingsTest {

  static Stream<Arguments> wrongSettings() {
    return Stream.of(
        Arguments.of(
            Map.of("idleMinuets", 30),
            "cdk.json: environments.dev has the unknown setting 'idleMinuets'; the settings are [account,"
                + " accountVcpuQuota, alarmTopic, architecture, auditors, billReaders, capacity, catalogs, cluster, connectionPrefix,"
                + " customerManagedKey, developers, dryRun, idleMinutes, jobs, maxAgeMinutes, monitoring, natGateways, oidcProvider, onDelete, onUpdate,"
                + " operators, privateMode, region, releaseLabel, smokeTestedBy, takeoverAlarm, terminationProtection, vpc, warmHours, warmPool]"),
        Arguments.of(
            Map.of("vpc", Map.of("vpcID", "vpc-0123456789abcdef0")),
            "cdk.json: environments.dev.vpc has the unknown setting 'vpcID'; the settings are"
                + " [availabilityZones, privateSubnetIds, vpcId]"),
        Arguments.of(
            Map.of("privateMode", Map.of("endpoint", List.of("glue"))),
            "cdk.json: environments.dev.privateMode has the unknown setting 'endpoint'; the settings"
                + " are [clients, endpoints]"),
        Arguments.of(
            Map.of("catalogs", Map.of("iceburg", Map.of())),
            "cdk.json: environments.dev.catalogs has the unknown setting 'iceburg'; the settings are"
                + " [delta, glue, hudi, iceberg, s3Tables]"),
        Arguments.of(
            Map.of("catalogs", Map.of("glue", Map.of("reads", List.of("sales.*")))),
            "cdk.json: environments.dev.catalogs.glue has the unknown setting 'reads'; the settings"
                + " are [admin, default, read, write]"),
        Arguments.of(
            Map.of("catalogs", Map.of("iceberg", Map.of("name", "lake"))),
            "cdk.json: environments.dev.catalogs.iceberg lacks the setting 'warehouse'"),
        Arguments.of(
            Map.of("catalogs", Map.of("iceberg", Map.of("name", "lake", "warehouse", "my-lake"))),
            "cdk.json: environments.dev.catalogs.iceberg.warehouse received \"my-lake\", but takes a"
                + " place in S3 such as \"s3://my-bucket/warehouse/\""),
        Arguments.of(
            Map.of("catalogs", Map.of("delta", Map.of("write", List.of("sales")))),
            "cdk.json: environments.dev.catalogs.delta.write received [sales], but takes a list of"
                + " databases and tables such as [\"sales.*\"], in lower case"),
        Arguments.of(
            Map.of("monitoring", true),
            "cdk.json: environments.dev.monitoring received true, but takes a section {...}"),
        Arguments.of(
            Map.of("monitoring", Map.of("warn", 5)),
            "cdk.json: environments.dev.monitoring has the unknown setting 'warn'; the settings are"
                + " [alarms, dashboard, everyMinutes, ownerLimits, prices, warnMinutes, warnTopic,"
                + " warnTopicKey]"),
        Arguments.of(
            Map.of("monitoring", Map.of("ownerLimits", Map.of("enforce", true))),
            "cdk.json: environments.dev.monitoring.ownerLimits lacks a setting, one of 'sessions',"
                + " 'dailyDollars'"),
        Arguments.of(
            Map.of("monitoring", Map.of("ownerLimits", Map.of("sessions", 0))),
            "cdk.json: environments.dev.monitoring.ownerLimits: OwnerLimits: atMost received 0"
                + " sessions, but takes 1 to 1000"),
        Arguments.of(
            Map.of("monitoring", Map.of("ownerLimits", Map.of("sessions", 2, "end", "oldest"))),
            "cdk.json: environments.dev.monitoring.ownerLimits.end received \"oldest\", but takes"
                + " \"longestIdle\" or \"newest\""),
        Arguments.of(
            Map.of(
                "region",
                "eu-west-1",
                "monitoring",
                Map.of("warnTopic", "arn:aws:sns:us-east-1:111122223333:People")),
            "cdk.json: environments.dev.monitoring.warnTopic received"
                + " \"arn:aws:sns:us-east-1:111122223333:People\", but takes a topic of the rules'"
                + " own Region: its ARN begins with arn:aws:sns:eu-west-1:"),
        Arguments.of(
            Map.of("billReaders", List.of("arn:aws:iam::111122223333:role/Finance")),
            "cdk.json: environments.dev.billReaders received [arn:aws:iam::111122223333:role/Finance],"
                + " but takes roles only beside \"monitoring\": {}, without which there is no bill"
                + " to read"),
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
                + " sessions, emr-serverless, dashboard, logs, sts, glue, kms, secrets-manager, ssm"),
        Arguments.of(
            Map.of("privateMode", Map.of("clients", List.of("office"))),
            "cdk.json: environments.dev.privateMode.clients received [office], but takes a list of"
                + " IPv4 ranges such as [\"192.168.0.0/16\"]"),
        Arguments.of(
            Map.of("alarmTopic", "OnCall"),
            "cdk.json: environments.dev.alarmTopic received \"OnCall\", but takes the ARN of a"
                + " topic such as \"arn:aws:sns:eu-west-1:111122223333:OnCall\""),
        Arguments.of(
            Map.of("connectionPrefix", false),
            "cdk.json: environments.dev.connectionPrefix received false, but takes a path in"
                + " Parameter Store such as \"/data/spark\""),
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
            Map.of("architecture", "arm64"),
            "cdk.json: environments.dev.architecture received \"arm64\", but takes \"ARM64\" or"
                + " \"X86_64\""),
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
                + " such as [\"arn:aws:iam::111122223333:role/Data\"]"),
        Arguments.of(
            Map.of("developers", List.of()),
            "cdk.json: environments.dev.developers received [], but takes one role or more; leave it"
                + " out to admit every principal of the account whose own policies allow it"),
        Arguments.of(
            Map.of("smokeTestedBy", List.of()),
            "cdk.json: environments.dev.smokeTestedBy received [], but takes one role or more; leave"
                + " it out to admit nobody beside the developers"),
        Arguments.of(
            Map.of("terminationProtection", "yes"),
            "cdk.json: environments.dev.terminationProtection received \"yes\", but takes true or"
                + " false, without quotes"),
        Arguments.of(
            Map.of("oidcProvider", "github"),
            "cdk.json: environments.dev.oidcProvider received \"github\", but takes the ARN of"
                + " GitHub's provider in the account, such as"
                + " \"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com\""),
        Arguments.of(
            Map.of(
                "oidcProvider",
                "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"),
            "cdk.json: environments.dev.oidcProvider received"
                + " \"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com\","
                + " but takes one only for an environment of 'promotion' where cdk.json has the"
                + " section 'github'; leave it out"));
  }

  @ParameterizedTest
  @MethodSource("wrongSettings")
  void rejectsASettingInOneSentence(Map<String, Object> settings, String message) {
    assertThatThrownBy(() -> stack(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
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

  private static void stack(Map<String, Object> settings) {
    SparkgateApp.addStacks(
        new App(
            AppProps.builder().context(Map.of("environments", Map.of("dev", settings))).build()));
  }
}
