package io.sparkgate.sandbox.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.emrserverless.JobDrivers.Job;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobConfTest {

  private static Job job(Map<String, String> conf) {
    return new Job("00app", "00job", 1, false, "role", "s3://b/x.py", List.of(), "", conf, "");
  }

  private static Map<String, String> of(Map<String, String> conf) {
    return JobConf.of(job(conf), Path.of("/w/jobs/00job-1"));
  }

  @Test
  void isLocalAsASessionsIsAndTellsOfItsUi() {
    assertThat(of(Map.of("spark.master", "yarn", "spark.executor.instances", "9")))
        .containsEntry("spark.master", "local[2]")
        .containsEntry("spark.plugins", JobPlugin.class.getName())
        .doesNotContainKey("spark.executor.instances");
  }

  @Test
  void keepsWhatSparkSubmitFetchesFromS3() {
    assertThat(
            of(
                Map.of(
                    "spark.submit.pyFiles", "s3://b/y.py,s3a://b/z.zip",
                    "spark.jars", "s3://b/x.jar,/usr/share/aws/missing.jar")))
        .containsEntry("spark.submit.pyFiles", "s3://b/y.py,s3a://b/z.zip")
        .containsEntry("spark.jars", "s3://b/x.jar");
  }

  @Test
  void isNamedAfterItsEntryPointUnlessItSaysOtherwise() {
    assertThat(of(Map.of())).doesNotContainKey("spark.app.name");
    assertThat(of(Map.of("spark.app.name", "mine"))).containsEntry("spark.app.name", "mine");
  }

  @Test
  void setsTheVariablesOfTheDriverButThoseOfTheImage() {
    assertThat(
            JobConf.environment(
                job(
                    Map.of(
                        "spark.emr-serverless.driverEnv.TEAM", "data",
                        "spark.emr-serverless.driverEnv.JAVA_HOME", "/usr/lib/jvm/java-17",
                        "spark.other", "x"))))
        .isEqualTo(Map.of("TEAM", "data"));
  }
}
