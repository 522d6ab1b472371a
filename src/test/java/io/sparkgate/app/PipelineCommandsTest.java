package io.sparkgate.app;

import static io.sparkgate.app.PipelineTemplate.commands;
import static io.sparkgate.app.PipelineTemplate.projects;
import static io.sparkgate.app.PipelineTemplate.spec;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the projects of the pipeline run. */
class PipelineCommandsTest {

  @Test
  void failsWhereTheGateFails() {
    assertThat(commands("Gate-prod"))
        .containsExactly(
            "tar -xf assembly.tar",
            "line=$(sh pipeline/codebuild prod us-east-2"
                + " arn:aws:iam::111122223333:role/SparkConnect-prod-Gate gate)",
            "export \"$line\"");
  }

  @Test
  void becomesTheRolesOfAnEnvironmentWhereThatIs() {
    assertThat(commands("Deploy-prod"))
        .containsExactly(
            "tar -xf assembly.tar",
            "sh pipeline/codebuild prod us-east-2"
                + " arn:aws:iam::111122223333:role/SparkConnect-prod-Deploy deploy");
    assertThat(commands("Smoke-dev"))
        .containsExactly(
            "tar -xf assembly.tar",
            "sh pipeline/codebuild dev eu-west-1"
                + " arn:aws:iam::999988887777:role/SparkConnect-dev-Deploy smoke");
  }

  @Test
  void handsOnNothingButTheAssembly() {
    assertThat(spec("Build").at("/artifacts/files").toString()).isEqualTo("[\"assembly.tar\"]");
    assertThat(spec("Build").at("/phases/install/runtime-versions").toString())
        .isEqualTo("{\"java\":\"corretto17\",\"nodejs\":\"24\",\"python\":\"3.11\"}");
    projects()
        .forEach(
            (name, project) -> {
              assertThat(project.at("/Environment/Image").asText())
                  .isEqualTo("aws/codebuild/amazonlinux-x86_64-standard:5.0");
              assertThat(project.at("/Environment/PrivilegedMode").asBoolean()).isFalse();
              assertThat(project.at("/LogsConfig/CloudWatchLogs/GroupName").has("Ref")).isTrue();
              assertThat(project.get("TimeoutInMinutes").asInt())
                  .isEqualTo(
                      Map.of("Build", 60, "Gate", 15, "Deploy", 90, "Smoke", 15)
                          .get(name.split("-")[0]));
            });
  }
}
