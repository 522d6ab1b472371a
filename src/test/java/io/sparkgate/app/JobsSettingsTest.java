package io.sparkgate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

class JobsSettingsTest {

  @Test
  void letsNobodySubmitUnlessAsked() {
    Template template = template(Map.of());

    assertThat(template.findResources("AWS::IAM::Policy").toString())
        .doesNotContain("emr-serverless:StartJobRun");
    template.resourceCountIs("AWS::S3::Bucket", 0);
  }

  @Test
  void makesARoleForSubmittersThatReadsHowToConnect() {
    Template template = template(Map.of("jobs", Map.of()));

    template.hasOutput(
        "SubmitterRoleArn",
        Map.of("Value", Map.of("Fn::GetAtt", List.of("SubmitterRoleDC4B81E3", "Arn"))));
    template.hasResourceProperties(
        "AWS::IAM::Role", Map.of("Description", "Submits Spark jobs and reaches its own runs"));
    assertThat(policy(template, "SubmitterRole"))
        .contains("emr-serverless:StartJobRun", "ssm:GetParameters", "iam:PassRole")
        .doesNotContain("Session");
    template.resourceCountIs("AWS::S3::Bucket", 0);
  }

  /** They assume it as who the app does not know. */
  @Test
  void saysWhatSubmittersNeedBeforeTheyAssumeTheirRole() {
    assertThat(template(Map.of("jobs", Map.of())).findOutputs("SubmitPolicy").toString())
        .contains(
            "{\"Statement\":[{\"Action\":\"sts:AssumeRole\",\"Effect\":\"Allow\",\"Resource\":\"")
        .contains("Fn::GetAtt=[SubmitterRole");
  }

  @Test
  void letsOnlyTheNamedRolesSubmit() {
    String role = "arn:aws:iam::111122223333:role/Scheduler";

    Template template = template(Map.of("jobs", Map.of("submitters", List.of(role))));

    assertThat(template.findResources("AWS::IAM::Role").entrySet())
        .filteredOn(made -> made.getValue().toString().contains(role))
        .extracting(Map.Entry::getKey)
        .containsExactly("SubmitterRoleDC4B81E3");
  }

  @Test
  void shipsAWordCountThatReadsItsFilesAndNoOtherAsset() {
    Template template = template(Map.of("jobs", Map.of("wordCount", true)));

    assertThat(template.findOutputs("WordCountEntryPoint").toString())
        .containsPattern("Fn::Sub=s3://cdk-hnb659fds-assets-[^/]*/[0-9a-f]{64}\\.py}");
    assertThat(template.findOutputs("WordCountInput").toString())
        .containsPattern("\\.txt}, ,, \\{Fn::Sub=s3://[^/]*/[0-9a-f]{64}\\.txt}");
    assertThat(template.findOutputs("WordCountOutput").toString()).contains("/wordcount/");
    assertThat(policy(template, "SparkConnectExecutionRole"))
        .contains("s3:GetObject", "s3:prefix")
        .doesNotContain("s3:GetObject*", "s3:Get*", "s3:List*");
    template.hasResource(
        "AWS::S3::Bucket",
        Map.of(
            "DeletionPolicy",
            "Retain",
            "Properties",
            Match.objectLike(
                Map.of(
                    "PublicAccessBlockConfiguration",
                    Map.of(
                        "BlockPublicAcls", true,
                        "BlockPublicPolicy", true,
                        "IgnorePublicAcls", true,
                        "RestrictPublicBuckets", true)))));
  }

  @Test
  void letsSoManyRunAtATime() {
    template(Map.of("jobs", Map.of("queue", Map.of("concurrentRuns", 5, "timeoutMinutes", 60))))
        .hasResourceProperties(
            "AWS::EMRServerless::Application",
            Map.of(
                "SchedulerConfiguration",
                Map.of("MaxConcurrentRuns", 5, "QueueTimeoutMinutes", 60)));
  }

  @Test
  void saysWhatAQueueCannotBe() {
    assertThatThrownBy(() -> template(Map.of("jobs", Map.of("queue", Map.of()))))
        .hasMessage("cdk.json: environments.dev.jobs.queue lacks the setting 'concurrentRuns'");
    assertThatThrownBy(
            () ->
                template(
                    Map.of(
                        "jobs", Map.of("queue", Map.of("concurrentRuns", 5, "timeoutMinutes", 5)))))
        .hasMessage(
            "cdk.json: environments.dev.jobs.queue: JobQueue: timeout is 5 minutes; use whole"
                + " minutes from 15 to 720");
  }

  @Test
  void saysWhichSettingsThereAre() {
    assertThatThrownBy(() -> template(Map.of("jobs", Map.of("wordcount", true))))
        .hasMessage(
            "cdk.json: environments.dev.jobs has the unknown setting 'wordcount'; the settings are"
                + " [cancelStreamingMinutes, cancelStuckMinutes, queue, submitters, wordCount]");
    assertThatThrownBy(() -> template(Map.of("jobs", true)))
        .hasMessage("cdk.json: environments.dev.jobs received true, but takes a section {...}");
    assertThatThrownBy(() -> template(Map.of("jobs", Map.of("submitters", List.of()))))
        .hasMessage(
            "cdk.json: environments.dev.jobs.submitters received [], but takes one role or more;"
                + " leave it out to admit every principal of the account whose own policies allow"
                + " it");
  }

  @Test
  void leavesJobRunsAloneUnlessAsked() {
    assertThat(reaper(Map.of("jobs", Map.of()))).doesNotContain("jobRuns");
  }

  @Test
  void hasTheReaperCancelWhatWaitsOrStreamsForTooLong() {
    Map<String, Object> jobs = Map.of("cancelStuckMinutes", 60, "cancelStreamingMinutes", 10_080);

    assertThat(reaper(Map.of("jobs", jobs)))
        .contains(
            "\"jobRuns\":{\"stuckMinutes\":60,\"streamingMinutes\":10080,"
                + "\"maxCancellations\":25,\"dryRun\":false,");
    assertThat(reaper(Map.of("jobs", Map.of("cancelStreamingMinutes", 60), "dryRun", true)))
        .contains("\"jobRuns\":{\"streamingMinutes\":60,\"maxCancellations\":25,\"dryRun\":true,");
  }

  @Test
  void saysWhichTimesTheReaperTakes() {
    assertThatThrownBy(() -> template(Map.of("jobs", Map.of("cancelStuckMinutes", 0))))
        .hasMessage(
            "cdk.json: environments.dev.jobs: JobRunPolicy: stuckAfter received 0 minutes, but takes"
                + " whole minutes from 1 to 43200, 30 days; use one such as Duration.hours(12)");
    assertThatThrownBy(() -> template(Map.of("jobs", Map.of("cancelStreamingMinutes", 50_000))))
        .hasMessage(
            "cdk.json: environments.dev.jobs: JobRunPolicy: streamingAfter received 50000 minutes,"
                + " but takes whole minutes from 1 to 43200, 30 days; use one such as"
                + " Duration.hours(12)");
    assertThatThrownBy(() -> template(Map.of("jobs", Map.of("cancelStuckMinutes", "60"))))
        .hasMessage(
            "cdk.json: environments.dev.jobs.cancelStuckMinutes received \"60\", but takes a whole"
                + " number such as 30, without quotes");
  }

  private static String reaper(Map<String, Object> settings) {
    return template(settings)
        .findResources(
            "AWS::Lambda::Function",
            Map.of(
                "Properties",
                Map.of(
                    "Environment",
                    Map.of("Variables", Map.of("SPARKGATE_REAPER", Match.anyValue())))))
        .toString();
  }

  private static String policy(Template template, String prefix) {
    return template.findResources("AWS::IAM::Policy").entrySet().stream()
        .filter(policy -> policy.getKey().startsWith(prefix))
        .map(policy -> policy.getValue().toString())
        .reduce("", String::concat);
  }

  private static Template template(Map<String, Object> settings) {
    App app =
        new App(
            AppProps.builder().context(Map.of("environments", Map.of("dev", settings))).build());
    return Template.fromStack(SparkgateApp.addStacks(app).get(0));
  }
}
