package io.sparkgate.application;

import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.interfaces.ResourceEnvironment;

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
    logs.s3().forEach(s3 -> checkHome(findings, s3, stack));
  }

  private static void checkHome(Findings findings, S3Logs logs, Stack stack) {
    ResourceEnvironment home = logs.bucket().getEnv();
    findings.errorIf(
        differ(home.getAccount(), stack.getAccount())
            || differ(home.getRegion(), stack.getRegion()),
        () ->
            "logs go to bucket "
                + logs.bucket().getNode().getPath()
                + " in "
                + home.getAccount()
                + "/"
                + home.getRegion()
                + ", but the application is in "
                + stack.getAccount()
                + "/"
                + stack.getRegion()
                + "; use a bucket in the application's own account and Region");
  }

  private static boolean differ(String one, String other) {
    return !Token.isUnresolved(one) && !Token.isUnresolved(other) && !one.equals(other);
  }
}
