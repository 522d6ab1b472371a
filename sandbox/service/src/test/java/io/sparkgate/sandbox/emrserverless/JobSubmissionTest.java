package io.sparkgate.sandbox.emrserverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.emrserverless.JobDrivers.Job;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobSubmissionTest {

  private static final String APPLICATION =
      """
      'runtimeConfiguration': [{'classification': 'spark-defaults', 'properties':
        {'spark.of.application': '1', 'spark.sql.shuffle.partitions': '4'}}],
      'monitoringConfiguration': {'s3MonitoringConfiguration': {'logUri': 's3://logs/app/'}},
      """;

  private static Job submit(String driver, String overrides) {
    try (Plane plane = Plane.withApplication(APPLICATION)) {
      Plane.Reply reply =
          plane.post(
              Plane.RUNS,
              "{'clientToken': 't', 'executionRoleArn': '%s', 'jobDriver': {'sparkSubmit': {%s}}, 'configurationOverrides': {%s}}"
                  .formatted(Plane.ROLE, driver, overrides));
      assertThat(reply.status()).as(reply.message()).isEqualTo(200);
      return plane.jobs.last().job;
    }
  }

  @Test
  void startsWhatIsAskedForAsTheExecutionRole() {
    Job job =
        submit(
            "'entryPoint': 's3://b/x.jar', 'entryPointArguments': ['one', '--two'], 'sparkSubmitParameters': '--class org.X'",
            "");
    assertThat(job.entryPoint()).isEqualTo("s3://b/x.jar");
    assertThat(job.arguments()).containsExactly("one", "--two");
    assertThat(job.mainClass()).isEqualTo("org.X");
    assertThat(job.executionRoleArn()).isEqualTo(Plane.ROLE);
    assertThat(job.applicationId()).isEqualTo("00app");
    assertThat(job.logUri()).isEqualTo("s3://logs/app/");
    assertThat(job.sparkConf())
        .isEqualTo(Map.of("spark.of.application", "1", "spark.sql.shuffle.partitions", "4"));
  }

  @Test
  void replacesTheApplicationsClassificationAndItsLogsByTheRunsOwn() {
    Job job =
        submit(
            "'entryPoint': 's3://b/x.py'",
            """
            'applicationConfiguration': [{'classification': 'spark-defaults', 'properties':
              {'spark.of.run': '2'}}],
            'monitoringConfiguration': {'s3MonitoringConfiguration': {'logUri': 's3://logs/run/'}}
            """);
    assertThat(job.sparkConf()).isEqualTo(Map.of("spark.of.run", "2"));
    assertThat(job.logUri()).isEqualTo("s3://logs/run/");
  }

  @Test
  void keepsNoLogsInS3WhereTheRunTakesThemAway() {
    Job job =
        submit(
            "'entryPoint': 's3://b/x.py'",
            "'monitoringConfiguration': {'s3MonitoringConfiguration': {}}");
    assertThat(job.logUri()).isEmpty();
  }

  @Test
  void letsSubmitParametersWinPropertyByProperty() {
    Job job =
        submit(
            "'entryPoint': 's3://b/x.py', 'sparkSubmitParameters': '--conf spark.sql.shuffle.partitions=8 --conf \\\"spark.a=b c\\\" --py-files s3://b/y.py --executor-memory=2g --num-executors 2'",
            "");
    assertThat(job.sparkConf())
        .containsEntry("spark.of.application", "1")
        .containsEntry("spark.sql.shuffle.partitions", "8")
        .containsEntry("spark.a", "b c")
        .containsEntry("spark.submit.pyFiles", "s3://b/y.py")
        .containsEntry("spark.executor.memory", "2g")
        .containsEntry("spark.executor.instances", "2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--master yarn       | Flag '--master' is not supported",
        "--class             | Flag '--class' has no value.",
        "--conf spark.secret | A --conf of sparkSubmitParameters is not of the form key=value.",
        "--name \\\"a        | The sparkSubmitParameters have a quote that does not end.",
      })
  void refusesSubmitParametersThatItDoesNotKnow(String parameters, String why) {
    try (Plane plane = Plane.withApplication()) {
      Plane.Reply refused =
          plane.post(
              Plane.RUNS,
              "{'clientToken': 't', 'executionRoleArn': '%s', 'jobDriver': {'sparkSubmit': {'entryPoint': 's3://b/x', 'sparkSubmitParameters': '%s'}}}"
                  .formatted(Plane.ROLE, parameters));
      assertThat(refused.type()).isEqualTo("ValidationException");
      assertThat(refused.message()).isEqualTo(why);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SPARK | 'jobDriver': {'hive': {'query': 'x'}}, | Application 00other is of type SPARK: its job runs need a jobDriver.sparkSubmit, and this one has jobDriver.hive.",
        "SPARK | | Application 00other is of type SPARK: its job runs need a jobDriver.sparkSubmit, and this one has none.",
        "HIVE  | 'jobDriver': {'sparkSubmit': {'entryPoint': 'x'}}, | Application 00other is of type HIVE: its job runs need a jobDriver.hive, and this one has jobDriver.sparkSubmit.",
        "Hive  | 'jobDriver': {'hive': {'query': 'x'}}, | The sandbox runs Spark only, so it cannot run the query of a job run on application 00other, whose type is HIVE.",
        "SPARK | 'jobDriver': {'sparkSubmit': {'entryPoint': 'x'}}, 'executionIamPolicy': {}, | The sandbox judges by the policies of the execution role only; leave executionIamPolicy out here.",
        "SPARK | 'jobDriver': {'sparkSubmit': {'entryPoint': 'x'}}, 'retryPolicy': {'maxAttempts': 11}, | retryPolicy.maxAttempts is 11; it may be from 1 to 10.",
        "SPARK | 'jobDriver': {'sparkSubmit': {'entryPoint': 'x'}}, 'retryPolicy': {'maxFailedAttemptsPerHour': 2}, | retryPolicy.maxFailedAttemptsPerHour is not for job runs of mode BATCH; they have maxAttempts.",
        "SPARK | 'jobDriver': {'sparkSubmit': {'entryPoint': 'x'}}, 'mode': 'STREAMING', 'executionTimeoutMinutes': 5, | executionTimeoutMinutes is 5, but a job run of mode STREAMING has no time-out; leave it out, or give 0.",
      },
      quoteCharacter = '`')
  void refusesWhatDoesNotMatch(String type, String members, String why) {
    try (Plane plane = new Plane()) {
      plane.control.createApplication(
          "00other", Plane.json("{'releaseLabel': 'emr-7.13.0', 'type': '%s'}".formatted(type)));
      Plane.Reply refused =
          plane.post(
              "/applications/00other/jobruns",
              "{%s 'clientToken': 't', 'executionRoleArn': '%s'}"
                  .formatted(members == null ? "" : members, Plane.ROLE));
      assertThat(refused.message()).isEqualTo(why);
      assertThat(refused.type()).isEqualTo("ValidationException");
    }
  }
}
