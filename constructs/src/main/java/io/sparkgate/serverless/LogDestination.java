package io.sparkgate.serverless;

import software.amazon.awscdk.services.logs.ILogGroup;
import software.amazon.awscdk.services.s3.IBucket;

/** Where the logs of sessions go besides the service's managed storage. */
public sealed interface LogDestination permits S3Logs, CloudWatchLogs {

  /**
   * A bucket in the account and Region of the application. With managed storage on, container logs
   * go to the bucket only and event logs to both.
   *
   * @param bucket the bucket
   * @return the destination
   */
  static LogDestination s3(IBucket bucket) {
    return new S3Logs(bucket, "");
  }

  /**
   * A folder in a bucket in the account and Region of the application.
   *
   * @param bucket the bucket
   * @param prefix the folder, with or without a slash at its end
   * @return the destination
   * @throws IllegalArgumentException if the prefix starts with a slash
   */
  static LogDestination s3(IBucket bucket, String prefix) {
    return new S3Logs(bucket, prefix);
  }

  /**
   * A log group in the account and Region of the application. Standard output and error of drivers
   * arrive in real time.
   *
   * @param logGroup the log group
   * @return the destination
   */
  static LogDestination cloudWatch(ILogGroup logGroup) {
    return new CloudWatchLogs(logGroup);
  }
}
