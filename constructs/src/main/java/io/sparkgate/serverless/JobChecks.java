package io.sparkgate.serverless;

import static java.util.Map.entry;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Ordered;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Secrets;
import io.sparkgate.spark.Classification;
import io.sparkgate.spark.ReleaseLabel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.IResource;

/** What would keep a job from running, spoken by the construct that starts it. */
final class JobChecks {

  private static final ReleaseLabel SINCE = ReleaseChecks.of("7.1.0");

  /** What reads batches only, and the setting by which it is on: AWS's user guide of 2026. */
  private static final Map<String, String> OF_BATCH =
      Ordered.map(
          entry("spark.aws.serverlessStorage.enabled", "ServerlessStorage"),
          entry("spark.emr-serverless.lakeformation.enabled", "LakeFormation"));

  private final Findings findings;
  private final JobTraits job;
  private final Map<String, String> conf;

  JobChecks(Findings findings, JobTraits job) {
    this.findings = findings;
    this.job = job;
    this.conf = job.conf();
  }

  /** Nobody starts a run in another account, and the services that start one call their Region. */
  static void checkPlace(Findings findings, IResource application, Place here) {
    Place there = Place.of(application);
    findings.errorIf(
        there.differsFrom(here),
        () ->
            """
        application %s is in %s, but what starts the job in %s, and EMR Serverless has no resource \
        policies to let it in; make both in one account and Region"""
                .formatted(application.getNode().getPath(), there, here));
  }

  void checkSettings() {
    SparkValueChecks.check(findings, "conf", "job runs", conf);
    conf.forEach(
        (key, value) ->
            findings.warnIf(
                Secrets.isPlain(key, value),
                "plainTextSecret",
                """
                conf: '%s' looks like a secret in plain text, and everybody who may call GetJobRun \
                reads it; store it in Secrets Manager and use EMR.secret@<secret-name>"""
                    .formatted(key)));
    SparkConf own = SparkConf.of(classifications(conf));
    findings.warnIf(
        Stream.of(own.driver(), own.executor())
            .flatMap(Optional::stream)
            .anyMatch(need -> WorkerSize.smallestWith(need.cores(), need.memoryGb()).isEmpty()),
        "unknownWorkerSize",
        """
        conf asks for a worker of more than 16 vCPU and 120 GB, overhead included, the largest \
        that this library knows; ask for less, or acknowledge this if the service has larger ones \
        by now""");
  }

  /** The settings of a run count more than the application's, key by key; its limit stays. */
  void checkWithin(ApplicationSettings application) {
    conf.forEach(
        (key, value) ->
            SparkConfChecks.checkJavaHome(findings, key, value, application.architecture));
    Map<String, String> defaults = application.sparkConf().settings();
    List<String> lost =
        conf.keySet().stream()
            .filter(RuntimeConfiguration::isList)
            .filter(defaults::containsKey)
            .filter(key -> !conf.get(key).contains(defaults.get(key)))
            .toList();
    findings.warnIf(
        !lost.isEmpty(),
        "jobReplacesLists",
        """
        conf sets %s, and so takes away what the application has there, such as the jars of its \
        catalogs; begin each with the value of the application"""
            .formatted(String.join(" and ", lost)));
    Map<String, String> both = new TreeMap<>(defaults);
    both.putAll(conf);
    checkRelease(application.releaseLabel);
    checkStreaming(both);
    Optional<SessionFootprint> footprint = SessionFootprint.of(SparkConf.of(classifications(both)));
    Optional<Capacity> most = application.capacityLimit.most();
    if (footprint.isPresent() && most.isPresent()) {
      checkWithin(footprint.get(), most.get());
    }
  }

  private void checkRelease(ReleaseLabel release) {
    need(job.isStreaming(), "mode STREAMING", release);
    need(job.hasRetryPolicy(), "retry policy", release);
    need(Disk.isShuffleOptimizedIn(conf), "shuffle-optimized disks", release);
  }

  private void need(boolean needed, String what, ReleaseLabel release) {
    findings.errorIf(
        needed && release.isBefore(SINCE),
        "job needs %s, but releaseLabel %s of the application has none; use %s or a later release there, or a job without"
            .formatted(what, release, SINCE));
  }

  private void checkStreaming(Map<String, String> both) {
    OF_BATCH.forEach(
        (key, feature) ->
            findings.errorIf(
                job.isStreaming() && "true".equalsIgnoreCase(both.get(key)),
                "job is a streaming job, but %s is for batch jobs only and '%s' is true; use an application without, or SparkJob.batch"
                    .formatted(feature, key)));
  }

  private void checkWithin(SessionFootprint job, Capacity most) {
    findings.errorIf(
        job.least().exceeds(most),
        """
        conf: the job needs at least %s for its driver and one executor, but capacityLimit of the \
        application is %s; ask for less, or raise the limit"""
            .formatted(job.least(), most));
    findings.warnIf(
        job.total().exceeds(most),
        "jobExceedsLimit",
        """
        conf: the job starts with %s, which capacityLimit of the application, %s, cannot hold; ask \
        for fewer executors, raise the limit, or expect the job to run with fewer"""
            .formatted(job.total(), most));
  }

  private static List<Classification> classifications(Map<String, String> sparkDefaults) {
    return List.of(Classification.of(SparkConf.CLASSIFICATION, sparkDefaults));
  }
}
