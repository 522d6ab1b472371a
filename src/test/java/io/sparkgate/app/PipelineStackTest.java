package io.sparkgate.app;

import static io.sparkgate.app.PipelineTemplate.CONNECTION;
import static io.sparkgate.app.PipelineTemplate.joined;
import static io.sparkgate.app.PipelineTemplate.only;
import static io.sparkgate.app.PipelineTemplate.pipeline;
import static io.sparkgate.app.PipelineTemplate.resources;
import static io.sparkgate.app.PipelineTemplate.spec;
import static io.sparkgate.app.PipelineTemplate.stage;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

/** The pipeline of AWS's own that cdk.json can ask for. */
class PipelineStackTest {

  @Test
  void isNotThereUntilItIsAskedForOrWhereOneEnvironmentIs() {
    App one = PipelineTemplate.app(Map.of("environment", "dev"));
    assertThat(one.getNode().tryFindChild("SparkgatePipeline")).isNull();
    App without =
        new App(
            AppProps.builder()
                .context(
                    Map.of("environments", Map.of("dev", Map.of()), "promotion", List.of("dev")))
                .build());
    SparkgateApp.addStacks(without);
    assertThat(without.getNode().tryFindChild("SparkgatePipeline")).isNull();
  }

  @Test
  void deploysInTheOrderOfThePromotionAndGatesAllButTheFirst() {
    Map<String, List<String>> stages = new LinkedHashMap<>();
    pipeline()
        .get("Stages")
        .forEach(
            stage -> {
              List<String> actions = new ArrayList<>();
              stage.get("Actions").forEach(action -> actions.add(action.get("Name").asText()));
              stages.put(stage.get("Name").asText(), actions);
            });

    assertThat(stages.toString())
        .isEqualTo(
            "{Source=[Source], Build=[Build], Deploy-dev=[Deploy, Smoke],"
                + " Gate-qa=[Gate], Approve-qa=[Approve], Deploy-qa=[Deploy, Smoke],"
                + " Gate-prod=[Gate], Approve-prod=[Approve], Deploy-prod=[Deploy, Smoke]}");
    assertThat(stage("Deploy-prod").findValuesAsText("RunOrder")).containsExactly("1", "2");
    assertThat(pipeline().get("ExecutionMode").asText()).isEqualTo("SUPERSEDED");
  }

  @Test
  void asksNobodyWhereTheGateFoundNothing() {
    JsonNode condition = stage("Approve-prod").at("/BeforeEntry/Conditions/0");

    assertThat(condition.get("Result").asText()).isEqualTo("SKIP");
    assertThat(condition.at("/Rules/0/Configuration").toString())
        .isEqualTo(
            "{\"Variable\":\"#{Gate-prod.verdict}\",\"Value\":\"nothing\",\"Operator\":\"NE\"}");
    assertThat(stage("Gate-prod").at("/Actions/0/Namespace").asText()).isEqualTo("Gate-prod");
    assertThat(spec("Gate-prod").at("/env/exported-variables").toString())
        .isEqualTo("[\"verdict\"]");
  }

  /** In an assignment alone; "export X=$(command)" would succeed whatever the command says. */
  /** The CDK allows it under the old prefix only, and IAM wants that of the resource. */
  @Test
  void usesTheConnection() {
    assertThat(resources("AWS::IAM::Policy").toString())
        .contains(
            "{\"Action\":\"codeconnections:UseConnection\",\"Effect\":\"Allow\",\"Resource\":\""
                + CONNECTION
                + "\"}");
    assertThat(stage("Source").at("/Actions/0/Configuration").toString())
        .isEqualTo(
            "{\"ConnectionArn\":\""
                + CONNECTION
                + "\",\"FullRepositoryId\":\"my-org/sparkgate\",\"BranchName\":\"main\"}");
  }

  @Test
  void becomesTheRoleOfOneEnvironmentEach() {
    Map<String, List<String>> becoming = new TreeMap<>();
    resources("AWS::IAM::Policy")
        .forEach(
            policy ->
                policy
                    .at("/PolicyDocument/Statement")
                    .forEach(
                        statement -> {
                          if (statement.get("Action").asText().equals("sts:AssumeRole")) {
                            becoming
                                .computeIfAbsent(
                                    policy.at("/Roles/0/Ref").asText().replaceAll("\\w{8}$", ""),
                                    role -> new ArrayList<>())
                                .add(joined(statement.get("Resource")));
                          }
                        }));

    assertThat(becoming)
        .isEqualTo(
            Map.of(
                "SparkgatePipelinedevDeployRole",
                List.of("arn:aws:iam::999988887777:role/SparkConnect-dev-Deploy"),
                "SparkgatePipelineqaGateRole",
                List.of("arn:aws:iam::444455556666:role/SparkConnect-qa-Gate"),
                "SparkgatePipelineqaDeployRole",
                List.of("arn:aws:iam::444455556666:role/SparkConnect-qa-Deploy"),
                "SparkgatePipelineprodGateRole",
                List.of("arn:aws:iam::111122223333:role/SparkConnect-prod-Gate"),
                "SparkgatePipelineprodDeployRole",
                List.of("arn:aws:iam::111122223333:role/SparkConnect-prod-Deploy")));
  }

  /** What the CDK grants on the bucket has wildcards in actions; nothing else has. */
  @Test
  void allowsNothingOnEverything() {
    resources("AWS::IAM::Policy")
        .forEach(
            policy ->
                policy
                    .at("/PolicyDocument/Statement")
                    .forEach(
                        statement -> {
                          assertThat(statement.get("Resource").toString()).doesNotContain("\"*\"");
                          if (!statement.get("Resource").toString().contains("Artifacts")) {
                            assertThat(statement.get("Action").toString()).doesNotContain("*");
                          }
                        }));
  }

  @Test
  void keepsWhatItBuiltForAMonthAndToItself() {
    JsonNode bucket = only("AWS::S3::Bucket");

    assertThat(bucket.at("/LifecycleConfiguration/Rules/0/ExpirationInDays").asInt()).isEqualTo(30);
    assertThat(bucket.get("PublicAccessBlockConfiguration"))
        .hasSize(4)
        .allSatisfy(blocked -> assertThat(blocked.asBoolean()).isTrue());
    assertThat(only("AWS::S3::BucketPolicy").toString())
        .contains(
            "{\"Action\":\"s3:*\",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}},\"Effect\":\"Deny\"");
    assertThat(resources("AWS::KMS::Key")).isEmpty();
    assertThat(resources("AWS::Logs::LogGroup"))
        .hasSize(9)
        .allSatisfy(log -> assertThat(log.get("RetentionInDays").asInt()).isEqualTo(90));
  }
}
