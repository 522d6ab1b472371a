package io.sparkgate.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.codebuild.PipelineProject;
import software.amazon.awscdk.services.codepipeline.Artifact;
import software.amazon.awscdk.services.codepipeline.Condition;
import software.amazon.awscdk.services.codepipeline.Conditions;
import software.amazon.awscdk.services.codepipeline.ExecutionMode;
import software.amazon.awscdk.services.codepipeline.IAction;
import software.amazon.awscdk.services.codepipeline.Pipeline;
import software.amazon.awscdk.services.codepipeline.PipelineType;
import software.amazon.awscdk.services.codepipeline.Result;
import software.amazon.awscdk.services.codepipeline.Rule;
import software.amazon.awscdk.services.codepipeline.RuleProps;
import software.amazon.awscdk.services.codepipeline.StageOptions;
import software.amazon.awscdk.services.codepipeline.actions.CodeBuildAction;
import software.amazon.awscdk.services.codepipeline.actions.CodeStarConnectionsSourceAction;
import software.amazon.awscdk.services.codepipeline.actions.ManualApprovalAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.constructs.Construct;

/**
 * A pipeline of AWS's own that runs the commands of {@code pipeline/}: builds once, then deploys
 * and tests environment after environment. What a gate found waits for somebody's approval.
 *
 * <p>Artifacts stay in this account, and the projects become roles of the others, so none of them
 * needs a key. It does not change itself: deploy this stack by hand when it changes.
 */
public final class PipelineStack extends Stack {

  private final PipelineProjects projects = new PipelineProjects(this);
  private final Artifact source = new Artifact("Source");
  private final Artifact assembly = new Artifact("Assembly");
  private final Pipeline pipeline;

  PipelineStack(
      Construct scope,
      PipelineSettings settings,
      List<String> promotion,
      Map<String, Settings> environments) {
    super(scope, "SparkgatePipeline", props(settings));
    pipeline =
        Pipeline.Builder.create(this, "Pipeline")
            .pipelineName("Sparkgate")
            .pipelineType(PipelineType.V2)
            // A newer commit takes the place of one that waits.
            .executionMode(ExecutionMode.SUPERSEDED)
            .artifactBucket(artifacts())
            .usePipelineRoleForActions(true)
            .restartExecutionOnUpdate(false)
            .build();
    stage("Source", source(settings));
    pipeline.addToRolePolicy(connecting(settings.connection()));
    stage("Build", run("Build", projects.build(), source).outputs(List.of(assembly)).build());
    for (String name : promotion) {
      Settings environment = environments.get(name);
      Destination destination = Destination.of(environment);
      if (!name.equals(promotion.get(0))) {
        gate(name, destination);
      }
      stage(
          "Deploy-" + name,
          run("Deploy", projects.deploy(name, destination), assembly).build(),
          run("Smoke", projects.smoke(name, destination), assembly).runOrder(2).build());
    }
  }

  /** The approval is skipped where the gate found nothing: its condition to be entered fails. */
  private void gate(String name, Destination destination) {
    String found = "#{Gate-" + name + ".verdict}";
    stage(
        "Gate-" + name,
        run("Gate", projects.gate(name, destination), assembly)
            .variablesNamespace("Gate-" + name)
            .build());
    Rule foundSomething =
        new Rule(
            RuleProps.builder()
                .name("FoundSomething")
                .provider("VariableCheck")
                .version("1")
                .configuration(
                    JsonNodeFactory.instance
                        .objectNode()
                        .put("Variable", found)
                        .put("Value", "nothing")
                        .put("Operator", "NE"))
                .build());
    Condition entered =
        Condition.builder().result(Result.SKIP).rules(List.of(foundSomething)).build();
    pipeline.addStage(
        StageOptions.builder()
            .stageName("Approve-" + name)
            .beforeEntry(Conditions.builder().conditions(List.of(entered)).build())
            .actions(
                List.of(
                    ManualApprovalAction.Builder.create()
                        .actionName("Approve")
                        .additionalInformation(
                            "The gate of %s found: %s. Its log has the difference."
                                .formatted(name, found))
                        .build()))
            .build());
  }

  private CodeStarConnectionsSourceAction source(PipelineSettings settings) {
    return CodeStarConnectionsSourceAction.Builder.create()
        .actionName("Source")
        .owner(settings.owner())
        .repo(settings.name())
        .branch(settings.branch())
        .connectionArn(settings.connection())
        .output(source)
        .build();
  }

  /**
   * The CDK allows {@code codestar-connections:UseConnection} only, and IAM wants the prefix of the
   * resource (AWS managed policies for AWS CodeConnections).
   */
  private static PolicyStatement connecting(String connection) {
    return PolicyStatement.Builder.create()
        .actions(List.of(connection.split(":")[2] + ":UseConnection"))
        .resources(List.of(connection))
        .build();
  }

  private static CodeBuildAction.Builder run(
      String name, PipelineProject project, Artifact artifact) {
    return CodeBuildAction.Builder.create().actionName(name).project(project).input(artifact);
  }

  private void stage(String name, IAction... actions) {
    pipeline.addStage(StageOptions.builder().stageName(name).actions(List.of(actions)).build());
  }

  /** It empties itself; to delete it with the stack would need a function that may delete all. */
  private Bucket artifacts() {
    return Bucket.Builder.create(this, "Artifacts")
        .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
        .encryption(BucketEncryption.S3_MANAGED)
        .enforceSsl(true)
        .lifecycleRules(
            List.of(
                LifecycleRule.builder()
                    .expiration(Duration.days(30))
                    .abortIncompleteMultipartUploadAfter(Duration.days(1))
                    .build()))
        .removalPolicy(RemovalPolicy.RETAIN)
        .build();
  }

  private static StackProps props(PipelineSettings settings) {
    return StackProps.builder()
        .env(settings.destination().toEnvironment())
        .description("Builds, deploys and tests the environments of Sparkgate, one after another")
        .build();
  }
}
