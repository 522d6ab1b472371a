package io.sparkgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.emrserverless.JobDrivers;
import io.sparkgate.sandbox.s3.S3;
import io.sparkgate.sandbox.template.Blueprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job run's way to S3, its key and its logs, without Spark. */
class S3JobsTest {
  private static final String ID = "spark.hadoop.fs.s3a.access.key";

  @TempDir private static Path work;
  private static Blueprint blueprint;
  private static TemplateAccess access;
  private static S3 s3;

  private final List<String> heard = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final OneJob jobs = new OneJob();
  private Path stdout;

  @BeforeAll
  static void start() throws Exception {
    blueprint = BucketTemplate.read(work);
    access = new TemplateAccess(blueprint);
    s3 = new S3(work.resolve("s3"), access, blueprint.account(), denial -> {});
    Buckets.of(blueprint).make(work.resolve("s3"));
  }

  @AfterAll
  static void stop() {
    s3.close();
  }

  @BeforeEach
  void write() throws IOException {
    stdout = Files.writeString(work.resolve("stdout"), "hello\n");
  }

  private static String lake() {
    return blueprint.buckets().getOrDefault("Lake8F3A", "");
  }

  private JobDrivers.Listener start(String logUri, boolean retried) {
    var job =
        new JobDrivers.Job(
            "00app",
            "00job",
            2,
            retried,
            blueprint.executionRoleArn(),
            "s3://b/x.py",
            List.of(),
            "",
            Map.of("own", "kept"),
            logUri);
    new S3Jobs(jobs, access, s3, "us-east-1", remarks::add).start(job, new Hearing());
    return jobs.tells.get(0);
  }

  private static String read(Path zipped) throws IOException {
    try (var content = new GZIPInputStream(Files.newInputStream(zipped))) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Path object(String key) {
    return work.resolve("s3").resolve(lake()).resolve(key);
  }

  @Test
  void hasAKeyForItsRoleUntilItEnds() {
    JobDrivers.Listener driver = start("", false);
    assertThat(jobs.conf).containsEntry("own", "kept").containsKey("spark.hadoop.fs.s3.impl");
    String key = jobs.conf.getOrDefault(ID, "");
    assertThat(access.identify(key).orElseThrow().arn()).endsWith("/00job");
    driver.running();
    driver.sparkUi("http://ui");
    driver.wrote(stdout);
    driver.succeeded();
    assertThat(access.identify(key)).isEmpty();
    assertThat(heard).containsExactly("running", "http://ui", "succeeded");
    assertThat(remarks).isEmpty();
  }

  @Test
  void leavesItsLogsWhereTheTemplateSays() throws Exception {
    JobDrivers.Listener driver = start("s3://" + lake() + "/logs/", false);
    driver.wrote(stdout);
    driver.failed("no");
    assertThat(read(object("logs/applications/00app/jobs/00job/SPARK_DRIVER/stdout.gz")))
        .isEqualTo("hello\n");
    assertThat(heard).containsExactly("no");
  }

  @Test
  void keepsTheLogsOfAttemptsApart() throws Exception {
    JobDrivers.Listener driver = start("s3://" + lake(), true);
    driver.wrote(stdout);
    driver.succeeded();
    assertThat(read(object("applications/00app/jobs/00job/attempts/2/SPARK_DRIVER/stdout.gz")))
        .isEqualTo("hello\n");
  }

  @Test
  void failsWhereTheRoleMayNotWriteItsLogs() {
    JobDrivers.Listener driver = start("s3://theirs/logs/", false);
    driver.wrote(stdout);
    driver.succeeded();
    assertThat(heard)
        .containsExactly(
            "Job failed as S3 access is denied, to write logs to s3://theirs/logs. Check the permissions of the job runtime role.");
  }

  private final class Hearing implements JobDrivers.Listener {
    @Override
    public void running() {
      heard.add("running");
    }

    @Override
    public void sparkUi(String url) {
      heard.add(url);
    }

    @Override
    public void succeeded() {
      heard.add("succeeded");
    }

    @Override
    public void failed(String reason) {
      heard.add(reason);
    }
  }

  private static final class OneJob implements JobDrivers {
    private Map<String, String> conf = Map.of();
    private final List<Listener> tells = new ArrayList<>();

    @Override
    public Driver start(Job job, Listener listener) {
      conf = job.sparkConf();
      tells.add(listener);
      return (Duration grace) -> {};
    }

    @Override
    public void close() {}
  }
}
