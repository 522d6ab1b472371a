package io.sparkgate.sandbox.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BlueprintsTest {

  private static final Optional<String> NONE = Optional.empty();

  @Test
  void readsTheStackOfAnEnvironment() throws Exception {
    Blueprint dev = read(Resources.assembly(), Optional.of("dev"));

    assertThat(dev.stack()).isEqualTo("SparkConnect-dev");
    assertThat(dev.account()).isEqualTo("111122223333");
    assertThat(dev.region()).isEqualTo("us-east-1");
    assertThat(dev.application().orElseThrow().id()).matches("00[0-9a-z]{14}");
    assertThat(dev.application().orElseThrow().arn())
        .isEqualTo(
            "arn:aws:emr-serverless:us-east-1:111122223333:/applications/"
                + dev.application().orElseThrow().id());
  }

  @Test
  void takesAccountAndRegionFromTheManifest() throws Exception {
    Blueprint personas = read(Resources.assembly(), Optional.of("SparkConnect-personas"));

    assertThat(personas.executionRoleArn())
        .matches(
            "arn:aws:iam::444455556666:role/SparkConnect-personas-SparkConnectExecutionRoleD-[0-9A-Z]{12}");
    assertThat(personas.application().orElseThrow().arn()).contains(":eu-west-1:444455556666:");
  }

  @Test
  void takesThemForATemplateOfAnAssemblyToo() throws Exception {
    Path template = Resources.assembly().resolve("SparkConnect-personas.template.json");

    assertThat(read(template, NONE)).isEqualTo(read(Resources.assembly(), Optional.of("personas")));
  }

  @Test
  void saysTheApplicationInTheWordsOfCreateApplication() throws Exception {
    Blueprint personas = read(Resources.assembly(), Optional.of("personas"));

    assertThat(personas.application().orElseThrow().createRequest())
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"architecture": "X86_64",
                     "autoStartConfiguration": {"enabled": true},
                     "autoStopConfiguration": {"enabled": true, "idleTimeoutMinutes": 15},
                     "initialCapacity": {
                       "DRIVER": {"workerCount": 1, "workerConfiguration": {
                         "cpu": "4 vCPU", "memory": "16 GB", "disk": "20 GB", "diskType": "STANDARD"}},
                       "EXECUTOR": {"workerCount": 2, "workerConfiguration": {
                         "cpu": "4 vCPU", "memory": "16 GB", "disk": "20 GB", "diskType": "STANDARD"}}},
                     "interactiveConfiguration": {"sessionEnabled": true},
                     "maximumCapacity": {"cpu": "16 vCPU", "disk": "320 GB", "memory": "64 GB"},
                     "monitoringConfiguration": {
                       "managedPersistenceMonitoringConfiguration": {"enabled": true}},
                     "networkConfiguration": {
                       "securityGroupIds": ["%s"], "subnetIds": ["%s", "%s"]},
                     "releaseLabel": "emr-7.13.0",
                     "type": "SPARK"}
                    """
                        .formatted(
                            network(personas, "securityGroupIds", 0),
                            network(personas, "subnetIds", 0),
                            network(personas, "subnetIds", 1))));
    assertThat(network(personas, "securityGroupIds", 0)).matches("sg-[0-9a-f]{17}");
    assertThat(network(personas, "subnetIds", 1))
        .matches("subnet-[0-9a-f]{17}")
        .isNotEqualTo(network(personas, "subnetIds", 0));
  }

  @Test
  void givesRolesTheStatementsOfTheirPolicies() throws Exception {
    Blueprint dev = read(Resources.assembly(), Optional.of("dev"));

    Blueprint.Principal developer = dev.principals().get("DeveloperRole745A238E");
    assertThat(developer.uniqueId()).matches("AROA[A-Z2-7]{17}");
    assertThat(developer.statements()).hasSize(8);
    assertThat(developer.statements().get(7).path("Resource").asText())
        .isEqualTo(dev.executionRoleArn());
    assertThat(developer.statements().get(0).path("Resource").asText())
        .isEqualTo(dev.application().orElseThrow().arn() + "/sessions/*");
    assertThat(developer.statements().get(0).at("/Condition/StringNotEquals").toString())
        .isEqualTo("{\"aws:ResourceTag/sparkgate:owner\":\"${aws:userid}\"}");
    assertThat(dev.principals().get("SparkConnectExecutionRoleD4B7C810").statements()).isEmpty();
  }

  @Test
  void makesUpTheSameNamesEachTime() throws Exception {
    assertThat(read(Resources.assembly(), Optional.of("dev")))
        .isEqualTo(read(Resources.assembly(), Optional.of("dev")));
  }

  private Blueprint read(Path input, Optional<String> environment) throws BadInput {
    return Blueprints.read(input, environment, remark -> {});
  }

  private static String network(Blueprint blueprint, String list, int index) {
    return blueprint
        .application()
        .orElseThrow()
        .createRequest()
        .path("networkConfiguration")
        .path(list)
        .path(index)
        .asText();
  }
}
