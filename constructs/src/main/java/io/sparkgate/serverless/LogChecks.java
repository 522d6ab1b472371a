package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Place;
import software.amazon.awscdk.IResource;
import software.amazon.awscdk.Stack;

/** Logs must have a place, and one that the service can write to. */
final class LogChecks {

  private LogChecks() {}

  static void check(Findings findings, Logs logs, Stack stack) {
    findings.errorIf(
        logs.s3().size() > 1 || logs.cloudWatch().size() > 1,
        () ->
            "logs name "
                + logs.s3().size()
                + " buckets and "
                + logs.cloudWatch().size()
                + " log groups; use at most one of each");
    findings.errorIf(
        !logs.managedStorage() && logs.s3().isEmpty(),
        () ->
            "managedLogStorage is off and logs name no bucket, and the service refuses an"
                + " interactive application with neither; add logs(LogDestination.s3(bucket)) or"
                + " keep managedLogStorage on");
    findings.warnIf(
        !logs.managedStorage(),
        "managedLogStorageOff",
        () ->
            "without managedLogStorage sessions have no Spark UI and AWS cannot help with their"
                + " failures; keep it on, the bucket still gets the logs");
    logs.s3().stream()
        .map(S3Logs::bucket)
        .forEach(to -> checkHome(findings, "bucket", to, to.getBucketArn(), stack));
    logs.cloudWatch().stream()
        .map(CloudWatchLogs::logGroup)
        .forEach(to -> checkHome(findings, "log group", to, to.getLogGroupArn(), stack));
    logs.cloudWatch()
        .forEach(
            cloudWatch ->
                PlaceChecks.checkPartition(
                    findings,
                    "logs: log group " + cloudWatch.logGroup().getNode().getPath(),
                    cloudWatch.logGroup().getLogGroupArn(),
                    stack));
    logs.key().ifPresent(key -> key.checkPlace(findings, stack));
  }

  private static void checkHome(
      Findings findings, String kind, IResource to, String arn, Stack stack) {
    Place home = Place.of(to);
    findings.errorIf(
        home.differsFrom(Place.of(stack)),
        () ->
            "logs go to "
                + kind
                + " "
                + to.getNode().getPath()
                + " in "
                + home
                + ", but the application is in "
                + Place.of(stack)
                + "; use a "
                + kind
                + " in the application's own account and Region");
    PlaceChecks.checkReferable(
        findings, "logs: " + kind, to, arn, "the " + kind + " a name of its own", stack);
  }
}
