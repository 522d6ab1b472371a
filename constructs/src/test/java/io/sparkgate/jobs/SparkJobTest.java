package io.sparkgate.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.serverless.LogDestination;
import io.sparkgate.serverless.Logs;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.s3.Bucket;

class SparkJobTest {

  private static final String SCRIPT = "s3://jobs/sales.py";

  @Test
  void asksForNoMoreThanItIsTold() {
    assertThat(SparkJob.batch(SCRIPT).build().request())
        .isEqualTo(
            Map.of(
                "Mode", "BATCH", "JobDriver", Map.of("SparkSubmit", Map.of("EntryPoint", SCRIPT))));
  }

  @Test
  void saysAllThatABatchRunCanBeTold() {
    Stack stack = new Stack();
    SparkJob job =
        SparkJob.batch("s3://jobs/sales.jar")
            .mainClass("org.example.Sales")
            .arguments("s3://lake/sales/")
            .arguments("--day", "2026-11-26")
            .conf("spark.executor.memory", "6g")
            .conf("spark.driver.extraJavaOptions", "-Xss4m -Dday=\"today\"")
            .conf("spark.sql.session.timeZone", "Europe/Berlin")
            .maxAttempts(3)
            .executionTimeout(Duration.hours(2))
            .name("sales")
            .tag("team", "red")
            .logs(
                Logs.managed()
                    .and(LogDestination.s3(Bucket.fromBucketName(stack, "B", "logs"), "jobs"))
                    .and(LogDestination.cloudWatch(LogGroup.fromLogGroupName(stack, "G", "/jobs"))))
            .build();

    Map<String, Object> request = job.request();

    assertThat(request.get("Name")).isEqualTo("sales");
    assertThat(request.get("RetryPolicy")).isEqualTo(Map.of("MaxAttempts", 3));
    assertThat(((Number) request.get("ExecutionTimeoutMinutes")).intValue()).isEqualTo(120);
    assertThat(request.get("JobDriver"))
        .isEqualTo(
            Map.of(
                "SparkSubmit",
                Map.of(
                    "EntryPoint",
                    "s3://jobs/sales.jar",
                    "EntryPointArguments",
                    List.of("s3://lake/sales/", "--day", "2026-11-26"),
                    "SparkSubmitParameters",
                    "--class org.example.Sales"
                        + " --conf 'spark.driver.extraJavaOptions=-Xss4m -Dday=\"today\"'"
                        + " --conf spark.executor.memory=6g"
                        + " --conf spark.sql.session.timeZone=Europe/Berlin")));
    assertThat(request.get("ConfigurationOverrides"))
        .isEqualTo(
            Map.of(
                "MonitoringConfiguration",
                Map.of(
                    "ManagedPersistenceMonitoringConfiguration",
                    Map.of("Enabled", true),
                    "S3MonitoringConfiguration",
                    Map.of("LogUri", "s3://logs/jobs/"),
                    "CloudWatchLoggingConfiguration",
                    Map.of("Enabled", true, "LogGroupName", "/jobs"))));
    assertThat(job.tags()).isEqualTo(Map.of("team", "red"));
  }

  @Test
  void saysHowAStreamingRunIsTriedAgain() {
    assertThat(SparkJob.streaming(SCRIPT).maxFailedAttemptsPerHour(10).build().request())
        .containsEntry("Mode", "STREAMING")
        .containsEntry("RetryPolicy", Map.of("MaxFailedAttemptsPerHour", 10));
  }

  @Test
  void letsARunTakeAsLongAsItLikesByTheServicesZero() {
    Object minutes =
        SparkJob.batch(SCRIPT)
            .withoutExecutionTimeout()
            .build()
            .request()
            .get("ExecutionTimeoutMinutes");

    assertThat(((Number) minutes).intValue()).isZero();
  }

  @Test
  void staysAsItWasBuilt() {
    SparkJob.Builder builder = SparkJob.batch(SCRIPT).conf("spark.a", "1");
    SparkJob job = builder.build();

    builder.conf("spark.a", "2").arguments("more").tag("team", "red");

    assertThat(job.getConf()).isEqualTo(Map.of("spark.a", "1"));
    assertThat(job.request().toString()).doesNotContain("more", "spark.a=2");
    assertThat(job.tags()).isEmpty();
  }

  @Test
  void passesOverWhatIsKnownAtDeploymentOnly() {
    Stack stack = new Stack();
    String token = CfnParameter.Builder.create(stack, "P").build().getValueAsString();
    Duration minutes =
        Duration.minutes(
            CfnParameter.Builder.create(stack, "N").type("Number").build().getValueAsNumber());

    SparkJob job =
        SparkJob.batch(token)
            .arguments(token)
            .conf("spark.sql.warehouse.dir", token)
            .name(token)
            .tag("stage", token)
            .executionTimeout(minutes)
            .build();

    assertThat(stack.resolve(job.request().get("JobDriver")).toString()).contains("{Ref=P}");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            () -> SparkJob.batch("sales.py"),
            "entryPoint 'sales.py' is nothing that the service can start; use s3://<bucket>/<key>,"
                + " an Asset, or local:///<path> for what the image has, up to 4,096 characters"),
        mistake(
            () -> SparkJob.batch(SCRIPT).conf("executor.memory", "6g"),
            "conf has the key 'executor.memory', which spark-submit would ignore; use one that"
                + " begins with spark., such as spark.hadoop.fs.s3.… for Hadoop's"),
        mistake(
            () -> SparkJob.batch(SCRIPT).conf("spark.a", "it's \"so\""),
            "spark.a has a line break, a backslash or both kinds of quotes, which cannot be written"
                + " for spark-submit; set it in the entry point"),
        mistake(
            () -> SparkJob.batch(SCRIPT).conf("spark.a", "{% $states.input.a %}"),
            "spark.a has an expression of JSONata, which Step Functions fills in only where it is"
                + " the whole text; make it an argument, and read it in the entry point"),
        mistake(
            () -> SparkJob.batch(SCRIPT).mainClass("{% $states.input.main %}"),
            "mainClass has an expression of JSONata, which Step Functions fills in only where it is"
                + " the whole text; make it an argument, and read it in the entry point"),
        mistake(
            () -> SparkJob.batch(SCRIPT).conf("spark.a", "a".repeat(102_400)).build(),
            "conf has 102415 characters, but the service takes 102400; put settings into the"
                + " application, or into a file"),
        mistake(
            () -> SparkJob.batch(SCRIPT).arguments("a ".repeat(1_025).split(" ")),
            "1025 arguments; use at most 1024, or a file that lists them"),
        mistake(() -> SparkJob.batch(SCRIPT).maxAttempts(0), "maxAttempts is 0; use 1 to 10"),
        mistake(() -> SparkJob.batch(SCRIPT).maxAttempts(11), "maxAttempts is 11; use 1 to 10"),
        mistake(
            () -> SparkJob.streaming(SCRIPT).maxFailedAttemptsPerHour(11),
            "maxFailedAttemptsPerHour is 11; use 1 to 10"),
        mistake(
            () -> SparkJob.streaming(SCRIPT).maxAttempts(3),
            "maxAttempts is not of this mode: a streaming job has maxFailedAttemptsPerHour and a"
                + " batch job maxAttempts; use maxFailedAttemptsPerHour"),
        mistake(
            () -> SparkJob.batch(SCRIPT).maxFailedAttemptsPerHour(3),
            "maxFailedAttemptsPerHour is not of this mode: a streaming job has"
                + " maxFailedAttemptsPerHour and a batch job maxAttempts; use maxAttempts"),
        mistake(
            () -> SparkJob.streaming(SCRIPT).executionTimeout(Duration.hours(1)),
            "executionTimeout is of batch jobs: no time-out ends a streaming run; leave it out"),
        mistake(
            () -> SparkJob.streaming(SCRIPT).withoutExecutionTimeout(),
            "withoutExecutionTimeout is of batch jobs: no time-out ends a streaming run; leave it"
                + " out"),
        mistake(
            () -> SparkJob.batch(SCRIPT).executionTimeout(Duration.seconds(90)),
            "executionTimeout is 1 minute 30 seconds; use whole minutes from 1 to 1,000,000, or"
                + " withoutExecutionTimeout()"),
        mistake(
            () -> SparkJob.batch(SCRIPT).tag("sparkgate:owner", "me"),
            "tag 'sparkgate:owner' says whose the run is, and is set by whoever starts it; leave it"
                + " out"),
        mistake(
            () -> SparkJob.batch(SCRIPT).tag("aws:team", "red"),
            "tag 'aws:team' is not the key of a tag; use 1 to 128 of A-Z a-z 0-9, spaces or"
                + " _.:/=+-@, not starting with aws:"),
        mistake(
            () -> SparkJob.batch(SCRIPT).tag("team", "rød"),
            "tag 'team' has the value 'rød', which is none; use up to 256 of A-Z a-z 0-9, spaces or"
                + " _.:/=+-@, not starting with aws:"),
        mistake(
            () -> SparkJob.batch(SCRIPT).tag("team", "AWS:red"),
            "tag 'team' has the value 'AWS:red', which is none; use up to 256 of A-Z a-z 0-9,"
                + " spaces or _.:/=+-@, not starting with aws:"),
        mistake(
            () -> {
              SparkJob.Builder job = SparkJob.batch(SCRIPT);
              for (int i = 0; i < 50; i++) {
                job.tag("t" + i, "");
              }
            },
            "50 tags; use at most 49 beside the owner's"),
        mistake(
            () -> SparkJob.batch(SCRIPT).name(" "), "name ' ' is none; use 1 to 256 characters"));
  }

  private static Arguments mistake(ThrowingCallable job, String message) {
    return Arguments.of(job, message);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void refusesWhatTheServiceWouldRefuse(ThrowingCallable job, String message) {
    assertThatThrownBy(job)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("SparkJob: " + message);
  }
}
