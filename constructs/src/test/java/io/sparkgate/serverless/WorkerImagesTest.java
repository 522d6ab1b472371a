package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.spark.CpuArchitecture;
import io.sparkgate.testing.Synth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.ecr.Repository;
import software.amazon.awscdk.services.ecr.assets.DockerImageAsset;
import software.amazon.awscdk.services.ecr.assets.Platform;
import software.constructs.Construct;

class WorkerImagesTest {

  private static final String URI = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/spark:emr-7.13.0";

  private static final StackProps ENV =
      StackProps.builder()
          .env(Environment.builder().account("123456789012").region("eu-west-1").build())
          .build();

  private final Stack stack = new Stack(new App(), "Stack", ENV);

  @Test
  void runsAllWorkersFromOneImage() {
    application(WorkerImages.all(WorkerImage.fromUri(URI))).build();
    Synth.hasApplication(stack, Map.of("ImageConfiguration", Map.of("ImageUri", URI)));
  }

  @Test
  void runsDriversAndExecutorsFromTwo() {
    application(WorkerImages.of(WorkerImage.fromUri(URI), WorkerImage.fromUri(URI + "-gpu")))
        .build();
    Synth.hasApplication(
        stack,
        Map.of(
            "WorkerTypeSpecifications",
            Map.of(
                "Driver",
                Map.of("ImageConfiguration", Map.of("ImageUri", URI)),
                "Executor",
                Map.of("ImageConfiguration", Map.of("ImageUri", URI + "-gpu")))));
  }

  @Test
  void namesTheWorkersOfHiveAsTheServiceDoes() {
    application(WorkerImages.of(WorkerImage.fromUri(URI), WorkerImage.fromUri(URI)))
        .type(ApplicationType.hive("s3://bucket/scratch", "s3://bucket/warehouse"))
        .build();
    assertThat(
            ((Map<?, ?>) Synth.application(stack).get("WorkerTypeSpecifications"))
                .keySet().stream().map(String::valueOf).sorted())
        .containsExactly("HiveDriver", "TezTask");
  }

  @Test
  void letsTheServicePullForApplicationsOfThisAccountOnly() {
    Stack before = new Stack((Construct) stack.getNode().getScope(), "Before", ENV);
    Repository repository = Repository.Builder.create(before, "Repository").build();
    application(WorkerImages.all(WorkerImage.fromRepository(repository, "1"))).build();
    Template.fromStack(before)
        .hasResourceProperties(
            "AWS::ECR::Repository",
            Map.of(
                "RepositoryPolicyText",
                Match.objectLike(
                    Map.of(
                        "Statement",
                        List.of(
                            Map.of(
                                "Effect",
                                "Allow",
                                "Principal",
                                Map.of("Service", "emr-serverless.amazonaws.com"),
                                "Action",
                                List.of(
                                    "ecr:BatchGetImage",
                                    "ecr:DescribeImages",
                                    "ecr:GetDownloadUrlForLayer"),
                                "Condition",
                                Map.of(
                                    "ArnLike",
                                    Map.of(
                                        "aws:SourceArn",
                                        Map.of(
                                            "Fn::Join",
                                            List.of(
                                                "",
                                                List.of(
                                                    "arn:",
                                                    Map.of("Ref", "AWS::Partition"),
                                                    ":emr-serverless:eu-west-1:123456789012:/applications/*")))),
                                    "StringEquals",
                                    Map.of("aws:SourceAccount", "123456789012"))))))));
    assertThat(Synth.warnings(stack)).noneMatch(warning -> warning.contains("@sparkgate"));
  }

  @Test
  void warnsOfARepositoryThatIsEmptyWhenTheApplicationIsFirstMade() {
    Repository repository = Repository.Builder.create(stack, "Repository").build();
    application(WorkerImages.all(WorkerImage.fromRepository(repository, "1"))).build();
    assertThat(Synth.warnings(stack))
        .singleElement()
        .asString()
        .startsWith(
            "images: the repository of Stack/Repository is made by this stack, so at the first"
                + " deployment it is empty and the application cannot be made; use"
                + " WorkerImage.fromAsset")
        .contains("@sparkgate/constructs:emptyRepository");
  }

  @Test
  void warnsOfARepositoryWhosePolicyIsWrittenElsewhere() {
    application(
            WorkerImages.of(
                WorkerImage.fromRepository(
                    Repository.fromRepositoryName(stack, "Given", "spark"), "1"),
                WorkerImage.fromUri(URI)))
        .build();
    assertThat(Synth.warnings(stack))
        .hasSize(2)
        .allSatisfy(
            warning ->
                assertThat(warning)
                    .contains(
                        "was made elsewhere, so its policy is not changed from here, and without a"
                            + " statement for emr-serverless.amazonaws.com the application cannot"
                            + " be made")
                    .contains("@sparkgate/constructs:importedRepository"));
  }

  @Test
  void takesAnImageThatTheCdkBuildsForTheSameProcessor(@TempDir Path directory) throws IOException {
    DockerImageAsset asset = asset(directory);
    application(WorkerImages.all(WorkerImage.fromAsset(asset, CpuArchitecture.ARM64)))
        .architecture(CpuArchitecture.ARM64)
        .build();
    assertThat(String.valueOf(Synth.application(stack).get("ImageConfiguration")))
        .contains("container-assets");
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void refusesAnImageOfAnotherProcessor(@TempDir Path directory) throws IOException {
    var builder =
        application(
            WorkerImages.all(WorkerImage.fromAsset(asset(directory), CpuArchitecture.ARM64)));
    assertThatThrownBy(builder::build)
        .hasMessage(
            "Stack/App: images received one that is built for ARM64, but architecture is X86_64;"
                + " build it for that platform");
  }

  @Test
  void refusesAnImageOfAnotherRegion() {
    var builder =
        application(WorkerImages.all(WorkerImage.fromUri(URI.replace("eu-west-1", "us-east-1"))));
    assertThatThrownBy(builder::build)
        .hasMessage(
            "Stack/App: images received one of us-east-1, but the application is in eu-west-1; copy"
                + " it to a repository of the application's own Region");
  }

  @Test
  void warnsOfAnImageThatSeemsToBeOfAnotherRelease() {
    application(WorkerImages.all(WorkerImage.fromUri(URI.replace("7.13.0", "7.12.0")))).build();
    assertThat(Synth.warnings(stack))
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .contains(
                        "emr-7.12.0, but releaseLabel is emr-7.13.0; build it from the base"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "public.ecr.aws/emr-serverless/spark/emr-7.13.0:latest",
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com/spark",
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com/spark@sha256:0123",
        "12345.dkr.ecr.eu-west-1.amazonaws.com/spark:1"
      })
  void refusesWhatTheServiceDoesNotPull(String uri) {
    assertThatThrownBy(() -> WorkerImage.fromUri(uri))
        .hasMessageStartingWith(
            "WorkerImage: '%s' is no image that the service takes; use private ECR with a tag or a"
                    .formatted(uri)
                + " digest");
  }

  @Test
  void refusesWhatIsNeitherTagNorDigest() {
    Repository repository = Repository.Builder.create(stack, "Repository").build();
    assertThatThrownBy(() -> WorkerImage.fromRepository(repository, "a b"))
        .hasMessageStartingWith("WorkerImage: 'a b' is neither a tag nor a digest; use 1 to 128");
  }

  private DockerImageAsset asset(Path directory) throws IOException {
    Files.writeString(directory.resolve("Dockerfile"), "FROM scratch\n");
    return DockerImageAsset.Builder.create(stack, "Image")
        .directory(directory.toString())
        .platform(Platform.LINUX_ARM64)
        .build();
  }

  private EmrServerlessApplication.Builder application(WorkerImages images) {
    return EmrServerlessApplication.Builder.create(stack, "App").images(images);
  }
}
