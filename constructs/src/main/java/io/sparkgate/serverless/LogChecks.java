package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Place;
import software.amazon.awscdk.Stack;

/** Logs must have a place, and one that the service can write to. */
final class LogChecks {

  private LogChecks() {}

  static void check(Findings findings, Logs logs, Stack stack) {
    int buckets = logs.buckets().size();
    int groups = logs.logGroups().size();
    findings.errorIf(
        buckets > 1 || groups > 1,
        "logs name %s buckets and %s log groups; use at most one of each"
            .formatted(buckets, groups));
    findings.errorIf(
        !logs.isManaged() && buckets == 0,
        """
        logs are not managed and name no bucket, and the service refuses an interactive \
        application with neither; add and(LogDestination.s3(bucket)), or start with \
        Logs.managed()""");
    findings.warnIf(
        !logs.isManaged(),
        "managedLogStorageOff",
        """
        without Logs.managed() sessions have no Spark UI and AWS cannot help with their failures; \
        start with it, the bucket still gets the logs""");
    checkPlaces(findings, logs, stack);
  }

  /** Those of a run replace those of the application, kind by kind, so none is missing. */
  static void checkPlaces(Findings findings, Logs logs, Stack stack) {
    logs.destinations().forEach(to -> checkHome(findings, to, stack));
    logs.logGroups()
        .forEach(
            to ->
                PlaceChecks.checkPartition(
                    findings,
                    "logs: log group " + to.resource().getNode().getPath(),
                    to.arn(),
                    stack));
    logs.key().ifPresent(key -> key.checkPlace(findings, stack));
  }

  private static void checkHome(Findings findings, LogDestination to, Stack stack) {
    Place home = Place.of(to.resource());
    findings.errorIf(
        home.differsFrom(Place.of(stack)),
        () ->
            """
        logs go to %s %s in %s, but the application is in %s; use a %1$s in the application's own \
        account and Region"""
                .formatted(to.kind(), to.resource().getNode().getPath(), home, Place.of(stack)));
    PlaceChecks.checkReferable(
        findings,
        "logs: " + to.kind(),
        to.resource(),
        to.arn(),
        "the " + to.kind() + " a name of its own",
        stack);
  }
}
