package io.sparkgate.cluster;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Known;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Tokens;
import io.sparkgate.spark.ReleaseLabel;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.IResource;
import software.amazon.awscdk.Stack;
import software.constructs.IConstruct;

/** What of a cluster's settings can never work, or probably does not. */
record ClusterChecks(Findings findings, ClusterSettings settings, Stack stack) {

  /** The first with Java 17, for which our jar is built, and Spark 3.5, whose classes it uses. */
  private static final ReleaseLabel FIRST = ReleaseLabel.of("emr-7.0.0");

  private static final ReleaseLabel UNKNOWN_MAJOR = ReleaseLabel.of("emr-8.0.0");

  private static final long SHORTEST_IDLE_SECONDS = 5 * 60;
  private static final long LONGEST_IDLE_SECONDS = 7 * 24 * 3600;

  void check() {
    checkRelease(settings.releaseLabel);
    checkIdle(settings.idleTermination);
    checkDriver(settings.capacity);
    findings.known("generation", settings.generation);
    findings.errorIf(
        settings.generation < 1,
        "generation received %s, but takes 1 or more; raise it to consent to a new cluster"
            .formatted(settings.generation));
    findings.known("restart", settings.restart);
    findings.errorIf(
        settings.restart < 0,
        "restart received %s, but takes 0 or more; raise it to run the step again"
            .formatted(settings.restart));
    checkPlace("encryptionKey", settings.encryptionKey);
    checkPlace("logBucket", settings.logBucket);
  }

  static String keptElsewhere(IConstruct construct, IConstruct cluster) {
    String there = Stack.of(construct).getNode().getPath();
    return "keepUntilDeleted received %s of stack %s, but keeps only what is in stack %s; delete stack %3$s first, and %2$s when it is gone"
        .formatted(construct.getNode().getPath(), there, Stack.of(cluster).getNode().getPath());
  }

  private void checkRelease(ReleaseLabel release) {
    findings.errorIf(
        release.isBefore(FIRST),
        "releaseLabel received %s, but what this library puts into the server needs Java 17 and Spark 3.5; use emr-7.0.0 or later"
            .formatted(release));
    findings.warnIf(
        !Tokens.isUnresolved(release.getLabel())
            && (!release.isNumbered() || !release.isBefore(UNKNOWN_MAJOR)),
        "unseenRelease",
        """
        releaseLabel is %s, of a line that this library was not made for (it knows emr-7.x, with \
        Spark 3.5): its Spark may bring its own server, which clients of 3.5 do not speak with; \
        acknowledge this if you have tried it"""
            .formatted(release));
  }

  private void checkIdle(@Nullable Duration idle) {
    if (idle == null) {
      return;
    }
    findings.errorIf(idle.isUnresolved(), "idleTermination" + Known.received("a duration"));
    long seconds = idle.toMilliseconds().longValue() / 1000;
    findings.errorIf(
        seconds < SHORTEST_IDLE_SECONDS
            || seconds > LONGEST_IDLE_SECONDS
            || idle.toMilliseconds().longValue() % 1000 != 0,
        () ->
            "idleTermination received %s, but takes 5 minutes to 7 days, as EMR does; leave it out for a cluster that stays"
                .formatted(idle.toHumanString()));
  }

  private void checkDriver(ClusterCapacity capacity) {
    for (String type : capacity.primaryNames()) {
      OptionalLong memory = InstanceMemory.mib(type);
      long driver = capacity.driverMib();
      findings.errorIf(
          memory.isPresent() && driver >= memory.getAsLong(),
          "capacity has a driver of %s MiB, but a primary node of %s has %s MiB; take a larger type or a smaller driver"
              .formatted(driver, type, memory.orElse(0)));
      findings.warnIf(
          memory.isPresent() && driver * 2 > memory.getAsLong(),
          "driverCrowdsPrimary",
          """
          capacity has a driver of %s MiB, more than half of a primary node of %s (%s MiB), which \
          YARN, HDFS and the driver's own overhead share; take a larger type or a smaller driver"""
              .formatted(driver, type, memory.orElse(0)));
    }
  }

  private void checkPlace(String property, @Nullable IResource given) {
    if (given != null) {
      findings.errorIf(
          Place.of(given).isOfAnotherRegionThan(Place.of(stack)),
          () ->
              "%s %s is in %s, but the cluster is in %s; use one of the cluster's own Region"
                  .formatted(
                      property, given.getNode().getPath(), Place.of(given), Place.of(stack)));
    }
  }
}
