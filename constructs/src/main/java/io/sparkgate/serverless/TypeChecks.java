package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Place;
import io.sparkgate.spark.Classification;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.Stack;

/** Whether the engine takes what it is given, and the ways in which people reach it fit. */
final class TypeChecks {

  /** What only one engine reads. Hive's own hive-site is read by Spark, too. */
  private static final String OF_SPARK = "spark";

  private static final List<String> OF_HIVE = List.of("tez-site");

  private TypeChecks() {}

  static void check(Findings findings, ApplicationSettings settings, Stack stack) {
    ApplicationType type = settings.type;
    if (type instanceof ApplicationType.Hive ofHive) {
      ofHive
          .folders()
          .forEach(
              (name, folder) ->
                  folder.check(findings, "%s: %s".formatted(type, name), Place.of(stack)));
    }
    checkIdentities(findings, type);
    boolean hive = type instanceof ApplicationType.Hive;
    for (Classification classification : settings.runtime.classifications()) {
      String name = classification.name();
      findings.errorIf(
          hive && isOfSpark(name),
          "classification '%s' is Spark's, but type is %s; leave it out, or use ApplicationType.spark()"
              .formatted(name, type));
      findings.errorIf(
          !hive && OF_HIVE.contains(name),
          "classification '%s' is Hive's, but type is %s; leave it out, or use ApplicationType.hive"
              .formatted(name, type));
    }
    settings.jobQueue().ifPresent(queue -> checkQueue(findings, queue, settings));
  }

  static boolean isOfSpark(String classification) {
    return classification.equals(OF_SPARK) || classification.startsWith(OF_SPARK + "-");
  }

  private static void checkIdentities(Findings findings, ApplicationType type) {
    findings.errorIf(
        type.identityCenterInstance().isPresent() && type.takesSessions(),
        """
        type propagates trusted identities, but sessions do not support that; use \
        ApplicationType.spark().withoutSessions()""");
    findings.errorIf(
        type.identityCenterInstance().isPresent() && !type.takesLivy(),
        """
        type propagates trusted identities, but has no Livy endpoint, the only way that carries \
        them; add withLivy()""");
  }

  /** Since 7.3.0 the service queues by itself (release notes of 7.3.0). */
  private static void checkQueue(Findings findings, JobQueue queue, ApplicationSettings settings) {
    findings.errorIf(
        queue.isOff()
            && settings.releaseLabel.isNumbered()
            && !settings.releaseLabel.isBefore(ReleaseChecks.of("7.3.0")),
        """
        jobQueue is off, but releases since 7.3.0 queue by default and AWS documents no way to \
        switch that off; use JobQueue.of(1000, Duration.hours(12)), which lets job runs wait for \
        nothing but capacity""");
  }

  /**
   * A job of Spark on the engine that runs it.
   *
   * @param type of the application; empty if it is not known
   * @param application its path
   */
  static void checkJob(Findings findings, Optional<ApplicationType> type, String application) {
    findings.errorIf(
        type.filter(ApplicationType.Hive.class::isInstance).isPresent(),
        "job is a job of Spark, but the type of application %s is %s; use an application of ApplicationType.spark(), or StartJobRun with a query"
            .formatted(application, type.map(ApplicationType::toString).orElse("")));
  }
}
