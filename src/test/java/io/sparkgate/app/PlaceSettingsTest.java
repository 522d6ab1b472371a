package io.sparkgate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

/** Settings that say where something is: Regions, ARNs, ids, ranges of addresses. */
class PlaceSettingsTest {

  @Test
  void takeTheEuropeanSovereignCloud() {
    String topic = "arn:aws-eusc:sns:eusc-de-east-1:111122223333:OnCall";
    Stack stack = stack(Map.of("region", "eusc-de-east-1", "alarmTopic", topic));

    assertThat(stack.getRegion()).isEqualTo("eusc-de-east-1");
    Template.fromStack(stack)
        .allResourcesProperties("AWS::CloudWatch::Alarm", Map.of("AlarmActions", List.of(topic)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"eusc-de-esat-1", "eusc-de-east", "euscx-de-east-1"})
  void refuseAMistypedSovereignCloud(String region) {
    assertThatThrownBy(() -> stack(Map.of("region", region)))
        .hasMessageStartingWith("cdk.json: environments.dev.region received \"" + region + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:sns:us-east-1:111122223333:OnCall",
    "arn:aws-cn:sns:cn-north-1:111122223333:OnCall",
    "arn:aws-cn:sns:eu-west-1:111122223333:OnCall"
  })
  void refuseATopicOfAnotherRegion(String topic) {
    assertThatThrownBy(() -> stack(Map.of("region", "eu-west-1", "alarmTopic", topic)))
        .hasMessage(
            "cdk.json: environments.dev.alarmTopic received \"%s\", but takes a topic of the alarms'"
                    .formatted(topic)
                + " own Region: its ARN begins with arn:aws:sns:eu-west-1:");
  }

  @Test
  void takeATopicOfAnyRegionWhereTheirsIsNotKnown() {
    stack(Map.of("alarmTopic", "arn:aws:sns:us-east-1:111122223333:OnCall"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"999.1.1.1/99", "10.0.0.256/8", "10.0.0.0/33", "10.0.0.0", "10.0.0/8"})
  void refuseARangeOfClientsThatIsNone(String range) {
    assertThatThrownBy(() -> stack(Map.of("privateMode", Map.of("clients", List.of(range)))))
        .hasMessage(
            "cdk.json: environments.dev.privateMode.clients received [%s], but takes a list of IPv4"
                    .formatted(range)
                + " ranges such as [\"192.168.0.0/16\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/8", "192.168.255.255/32", "203.0.113.7/32"})
  void takeARangeOfClients(String range) {
    assertThat(
            Template.fromStack(stack(Map.of("privateMode", Map.of("clients", List.of(range)))))
                .findResources("AWS::EC2::SecurityGroup")
                .toString())
        .contains("CidrIp=" + range);
  }

  @ParameterizedTest
  @CsvSource({
    "vpc-12, subnet-0123456789abcdef0, vpcId",
    "vpc-0123456789abcdef01, subnet-0123456789abcdef0, vpcId",
    "vpc-0123456789abcdef0, subnet-1, privateSubnetIds"
  })
  void refuseAnIdThatIsCutOff(String vpc, String subnet, String setting) {
    assertThatThrownBy(() -> stack(given(vpc, subnet)))
        .hasMessageStartingWith("cdk.json: environments.dev.vpc." + setting + " received ");
  }

  @Test
  void refuseZonesOfAnotherRegion() {
    assertThatThrownBy(() -> stack(inRegion("us-east-1", "eu-west-1a")))
        .hasMessage(
            "cdk.json: environments.dev.vpc.availabilityZones received [eu-west-1a], but takes zones"
                + " of the region us-east-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"us-west-2a", "us-west-2-lax-1a", "usw2-az1"})
  void takeTheSpellingsOfAZone(String zone) {
    stack(inRegion("us-west-2", zone));
  }

  /** It reads as nobody, and nobody would be everybody. */
  @ParameterizedTest
  @ValueSource(strings = {"developers", "operators", "auditors"})
  void refuseAListOfNoRoles(String persona) {
    assertThatThrownBy(() -> stack(Map.of(persona, List.of())))
        .hasMessage(
            "cdk.json: environments.dev.%s received [], but takes one role or more; leave it out to"
                    .formatted(persona)
                + " admit every principal of the account whose own policies allow it");
  }

  @Test
  void refuseASubnetThatIsThereTwice() {
    String subnet = "subnet-0123456789abcdef0";

    assertThatThrownBy(
            () ->
                stack(
                    Map.of(
                        "vpc",
                        Map.of(
                            "vpcId", "vpc-0123456789abcdef0",
                            "availabilityZones", List.of("eu-west-1a", "eu-west-1b"),
                            "privateSubnetIds", List.of(subnet, subnet)))))
        .hasMessage(
            "cdk.json: environments.dev.vpc.privateSubnetIds received [%s, %s], but takes each"
                    .formatted(subnet, subnet)
                + " subnet once");
  }

  @Test
  void takeIdsOfBothLengths() {
    stack(given("vpc-1a2b3c4d", "subnet-1a2b3c4d"));
  }

  private static Map<String, Object> inRegion(String region, String zone) {
    return Map.of(
        "region",
        region,
        "vpc",
        Map.of(
            "vpcId", "vpc-0123456789abcdef0",
            "availabilityZones", List.of(zone),
            "privateSubnetIds", List.of("subnet-0123456789abcdef0")));
  }

  private static Map<String, Object> given(String vpc, String subnet) {
    return Map.of(
        "vpc",
        Map.of(
            "vpcId", vpc,
            "availabilityZones", List.of("eu-west-1a"),
            "privateSubnetIds", List.of(subnet)));
  }

  private static Stack stack(Map<String, Object> settings) {
    return SparkgateApp.addStacks(
            new App(
                AppProps.builder()
                    .context(Map.of("environments", Map.of("dev", settings)))
                    .build()))
        .get(0);
  }
}
