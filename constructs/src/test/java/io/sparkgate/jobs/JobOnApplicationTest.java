package io.sparkgate.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.serverless.ApplicationType;
import io.sparkgate.serverless.CapacityLimit;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.EmrServerlessApplicationAttributes;
import io.sparkgate.serverless.IEmrServerlessApplication;
import io.sparkgate.spark.Feature;
import io.sparkgate.spark.LakeFormation;
import io.sparkgate.spark.ReleaseLabel;
import io.sparkgate.spark.ServerlessStorage;
import io.sparkgate.testing.Synth;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobOnApplicationTest extends StartedByMachine {

  private static final SparkJob PLAIN = SparkJob.batch("s3://jobs/sales.py").build();

  @Test
  void refusesAnApplicationElsewhere() {
    IEmrServerlessApplication elsewhere =
        EmrServerlessApplication.fromApplicationAttributes(
            stack,
            "Theirs",
            EmrServerlessApplicationAttributes.builder()
                .applicationId("00f1cb5c6anuij25")
                .account("999988887777")
                .build());

    assertThatThrownBy(() -> schedule(elsewhere).job(PLAIN).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Stack/Nightly: application Stack/Theirs is in 999988887777/eu-west-1, but what starts"
                + " the job in 111122223333/eu-west-1, and EMR Serverless has no resource policies"
                + " to let it in; make both in one account and Region");
  }

  @Test
  void refusesAJobOfSparkOnHive() {
    EmrServerlessApplication hive =
        EmrServerlessApplication.Builder.create(stack, "Hive")
            .type(ApplicationType.hive("s3://lake/scratch/", "s3://lake/warehouse/"))
            .build();

    assertThatThrownBy(() -> schedule(hive).job(PLAIN).build())
        .hasMessageStartingWith("Stack/Nightly: job is a job of Spark, but the type of application")
        .hasMessageEndingWith("or StartJobRun with a query");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "spark.executor.cores | 0 | conf: spark.executor.cores is '0', which job runs cannot use;"
            + " use a whole number of at least 1",
        "spark.executor.memory | 100g | conf: the job needs at least 20 vCPU / 128 GB / 40 GB disk for"
            + " its driver and one executor, but capacityLimit of the application is 16 vCPU / 64"
            + " GB / 320 GB disk; ask for less, or raise the limit",
        "spark.executorEnv.JAVA_HOME | /usr/lib/jvm/java-17-amazon-corretto.aarch64 |"
            + " 'spark.executorEnv.JAVA_HOME' is"
            + " '/usr/lib/jvm/java-17-amazon-corretto.aarch64', but architecture is X86_64; use"
            + " the Java of that architecture"
      })
  void refusesWhatTheApplicationCannotRun(String key, String value, String message) {
    SparkJob job = SparkJob.batch("s3://jobs/sales.py").conf(key, value).build();

    assertThatThrownBy(() -> task(application()).job(job).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Stack/Job: " + message);
  }

  @Test
  void refusesWhatTheReleaseOfTheApplicationDoesNotHave() {
    EmrServerlessApplication old =
        EmrServerlessApplication.Builder.create(stack, "Old")
            .type(ApplicationType.spark().withoutSessions())
            .releaseLabel(ReleaseLabel.of("emr-7.0.0"))
            .build();
    Map.of(
            "mode STREAMING",
            SparkJob.streaming("s3://jobs/a.py").build(),
            "retry policy",
            SparkJob.batch("s3://jobs/a.py").maxAttempts(3).build(),
            "shuffle-optimized disks",
            SparkJob.batch("s3://jobs/a.py")
                .conf("spark.emr-serverless.executor.disk.type", "shuffle_optimized")
                .build())
        .forEach(
            (what, job) ->
                assertThatThrownBy(
                        () ->
                            ScheduledJobRun.Builder.create(stack, what.replace(' ', '-'))
                                .application(old)
                                .executionRole(role)
                                .schedule(AT_THREE)
                                .job(job)
                                .build())
                    .hasMessageEndingWith(
                        "job needs %s, but releaseLabel emr-7.0.0 of the application has none; use"
                                .formatted(what)
                            + " emr-7.1.0 or a later release there, or a job without"));
  }

  @Test
  void refusesStreamingWhereTheApplicationHasWhatIsForBatchesOnly() {
    SparkJob job = SparkJob.streaming("s3://jobs/clicks.py").build();
    EmrServerlessApplication lake = batchesWith(LakeFormation.fineGrained());
    assertThatThrownBy(() -> schedule(lake).job(job).build())
        .hasMessage(
            "Stack/Nightly: job is a streaming job, but LakeFormation is for batch jobs only and"
                + " 'spark.emr-serverless.lakeformation.enabled' is true; use an application"
                + " without, or SparkJob.batch");
    EmrServerlessApplication storage = batchesWith(ServerlessStorage.on());
    assertThatThrownBy(
            () ->
                ScheduledJobRun.Builder.create(stack, "Second")
                    .application(storage)
                    .executionRole(role)
                    .schedule(AT_THREE)
                    .job(job)
                    .build())
        .hasMessageContaining("job is a streaming job, but ServerlessStorage is for batch jobs");
  }

  private EmrServerlessApplication batchesWith(Feature feature) {
    return EmrServerlessApplication.Builder.create(stack, feature.toString())
        .type(ApplicationType.spark().withoutSessions())
        .with(feature)
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "spark.executor.instances, 10, jobExceedsLimit",
    "spark.jars, s3://jobs/own.jar, jobReplacesLists",
    "spark.hadoop.my.password, x, plainTextSecret"
  })
  void warnsOfWhatIsProbablyWrong(String key, String value, String id) {
    EmrServerlessApplication application =
        EmrServerlessApplication.Builder.create(stack, "App")
            .sparkDefaults(Map.of("spark.jars", "/usr/share/aws/iceberg/lib/iceberg.jar"))
            .build();

    stateMachine(
        task(application)
            .job(SparkJob.batch("s3://jobs/sales.py").conf(key, value).build())
            .build());

    assertThat(Synth.warnings(stack))
        .anySatisfy(warning -> assertThat(warning).contains("@sparkgate/constructs:" + id));
  }

  @Test
  void warnsOfWorkersThatAreLargerThanAllKnown() {
    EmrServerlessApplication application =
        EmrServerlessApplication.Builder.create(stack, "App")
            .capacityLimit(CapacityLimit.of(400, 2_000, 4_000).withinQuota(400))
            .build();

    stateMachine(
        task(application)
            .job(SparkJob.batch("s3://jobs/a.py").conf("spark.driver.memory", "200g").build())
            .build());

    assertThat(Synth.warnings(stack))
        .anySatisfy(warning -> assertThat(warning).contains("unknownWorkerSize"));
  }
}
