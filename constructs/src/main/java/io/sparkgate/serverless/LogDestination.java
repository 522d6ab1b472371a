package io.sparkgate.serverless;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.IResource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.emrserverless.CfnApplication.CloudWatchLoggingConfigurationProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.MonitoringConfigurationProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.S3MonitoringConfigurationProperty;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.logs.ILogGroup;
import software.amazon.awscdk.services.s3.IBucket;

/** Where the logs of sessions go besides the service's managed storage. */
public abstract sealed class LogDestination {

  private final String kind;
  private final IResource resource;
  private final String arn;

  private LogDestination(String kind, IResource resource, String arn) {
    this.kind = kind;
    this.resource = resource;
    this.arn = arn;
  }

  /**
   * A bucket in the account and Region of the application. With managed storage on, container logs
   * go to the bucket only and event logs to both.
   *
   * @param bucket the bucket
   * @return the destination
   */
  public static LogDestination s3(IBucket bucket) {
    return new S3(bucket, "");
  }

  /**
   * A folder in a bucket in the account and Region of the application.
   *
   * @param bucket the bucket
   * @param prefix the folder, with or without a slash at its end
   * @return the destination
   * @throws IllegalArgumentException if the prefix starts with a slash
   */
  public static LogDestination s3(IBucket bucket, String prefix) {
    return new S3(bucket, prefix);
  }

  /**
   * A log group in the account and Region of the application. Standard output and error of drivers
   * arrive in real time.
   *
   * @param logGroup the log group
   * @return the destination
   */
  public static LogDestination cloudWatch(ILogGroup logGroup) {
    return new CloudWatch(logGroup);
  }

  /** In the words of an error. */
  String kind() {
    return kind;
  }

  IResource resource() {
    return resource;
  }

  String arn() {
    return arn;
  }

  boolean isBucket() {
    return this instanceof S3;
  }

  abstract void render(MonitoringConfigurationProperty.Builder monitoring, Optional<LogKey> key);

  /** Adds it to the monitoring of a job run. */
  abstract void addTo(Map<String, Object> monitoring, Optional<LogKey> key);

  abstract Grant grantWrite(IGrantable writer);

  private static Grant allow(IGrantable writer, String resource, String... actions) {
    return Grant.addToPrincipal(
        GrantOnPrincipalOptions.builder()
            .grantee(writer)
            .actions(List.of(actions))
            .resourceArns(List.of(resource))
            .build());
  }

  private static final class S3 extends LogDestination {

    private final IBucket bucket;
    private final String prefix;

    private S3(IBucket bucket, String prefix) {
      super("bucket", requireNonNull(bucket, "bucket"), bucket.getBucketArn());
      this.bucket = bucket;
      if (requireNonNull(prefix, "prefix").startsWith("/")) {
        throw new IllegalArgumentException(
            """
            LogDestination.s3: prefix '%s' would make a folder without a name; leave out the slash \
            at its start"""
                .formatted(prefix));
      }
      this.prefix = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    }

    @Override
    void render(MonitoringConfigurationProperty.Builder monitoring, Optional<LogKey> key) {
      var logs = S3MonitoringConfigurationProperty.builder().logUri(logUri());
      key.map(LogKey::arn).ifPresent(logs::encryptionKeyArn);
      monitoring.s3MonitoringConfiguration(logs.build());
    }

    @Override
    void addTo(Map<String, Object> monitoring, Optional<LogKey> key) {
      Map<String, Object> logs = new LinkedHashMap<>();
      logs.put("LogUri", logUri());
      key.ifPresent(used -> logs.put("EncryptionKeyArn", used.arn()));
      monitoring.put("S3MonitoringConfiguration", logs);
    }

    private String logUri() {
      return "s3://" + bucket.getBucketName() + "/" + prefix;
    }

    /** Not {@code bucket.grantPut}, which also allows {@code s3:Abort*} and the legal holds. */
    @Override
    Grant grantWrite(IGrantable writer) {
      Grant put = allow(writer, bucket.arnForObjects(prefix + "*"), "s3:PutObject");
      IKey key = bucket.getEncryptionKey();
      return key == null
          ? put
          : put.combine(key.grant(writer, "kms:Decrypt", "kms:GenerateDataKey"));
    }
  }

  private static final class CloudWatch extends LogDestination {

    private final ILogGroup logGroup;

    private CloudWatch(ILogGroup logGroup) {
      super("log group", requireNonNull(logGroup, "logGroup"), logGroup.getLogGroupArn());
      this.logGroup = logGroup;
    }

    @Override
    void render(MonitoringConfigurationProperty.Builder monitoring, Optional<LogKey> key) {
      var logs =
          CloudWatchLoggingConfigurationProperty.builder()
              .enabled(true)
              .logGroupName(logGroup.getLogGroupName());
      key.map(LogKey::arn).ifPresent(logs::encryptionKeyArn);
      monitoring.cloudWatchLoggingConfiguration(logs.build());
    }

    @Override
    void addTo(Map<String, Object> monitoring, Optional<LogKey> key) {
      Map<String, Object> logs = new LinkedHashMap<>();
      logs.put("Enabled", true);
      logs.put("LogGroupName", logGroup.getLogGroupName());
      key.ifPresent(used -> logs.put("EncryptionKeyArn", used.arn()));
      monitoring.put("CloudWatchLoggingConfiguration", logs);
    }

    @Override
    Grant grantWrite(IGrantable writer) {
      return allow(
              writer,
              logGroup.getLogGroupArn(),
              "logs:CreateLogGroup",
              "logs:CreateLogStream",
              "logs:DescribeLogStreams",
              "logs:PutLogEvents")
          .combine(allow(writer, everyLogGroup(), "logs:DescribeLogGroups"));
    }

    /** A list action: IAM checks it against all log groups of the Region, not against one. */
    private String everyLogGroup() {
      return Stack.of(logGroup)
          .formatArn(
              ArnComponents.builder()
                  .service("logs")
                  .resource("*")
                  .arnFormat(ArnFormat.NO_RESOURCE_NAME)
                  .build());
    }
  }
}
