package io.sparkgate.test;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.github.cdklabs.cdknag.RegexAppliesTo;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.Stack;

/** What cdk-nag finds in the stack of a pipeline and we keep, with the reason. */
final class PipelineFindings {

  private PipelineFindings() {}

  static void explain(Stack pipeline) {
    NagSuppressions.addStackSuppressions(
        pipeline,
        List.of(
            wildcards(
                "The CDK's grant on the bucket in which CodePipeline hands the assembly on; only the"
                    + " pipeline and its projects use that.",
                "Action::s3:(GetObject|GetBucket|List|DeleteObject|Abort)\\*",
                "Resource::<Artifacts[0-9A-F]{8}\\.Arn>/\\*"),
            wildcards(
                "The CDK's grant to write a project's log streams, whose names come with each build.",
                "Resource::arn:<AWS::Partition>:logs:eu-west-1:999988887777:log-group:"
                    + "/aws/codebuild/<[A-Za-z]+[0-9A-F]{8}>:\\*"),
            kept(
                "AwsSolutions-CB4",
                "What a project writes is the assembly, which has no secret, in a bucket that S3"
                    + " encrypts; a key of one's own would be one more thing that a deployment needs."),
            kept(
                "AwsSolutions-S1",
                "Only the pipeline and its projects reach the bucket, and their own records say what"
                    + " they did; a bucket for its access logs would be kept for nothing else.")));
  }

  private static NagPackSuppression wildcards(String reason, String... findings) {
    return NagPackSuppression.builder()
        .id("AwsSolutions-IAM5")
        .appliesTo(
            Stream.of(findings)
                .map(finding -> RegexAppliesTo.builder().regex("/^" + finding + "$/"))
                .map(RegexAppliesTo.Builder::build)
                .toList())
        .reason(reason)
        .build();
  }

  private static NagPackSuppression kept(String id, String reason) {
    return NagPackSuppression.builder().id(id).reason(reason).build();
  }
}
