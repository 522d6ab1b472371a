package io.sparkgate.serverless;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.services.emrserverless.CfnApplication.S3MonitoringConfigurationProperty;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.s3.IBucket;

record S3Logs(IBucket bucket, String prefix) implements LogDestination {

  S3Logs {
    requireNonNull(bucket, "bucket");
    if (requireNonNull(prefix, "prefix").startsWith("/")) {
      throw new IllegalArgumentException(
          "LogDestination.s3: prefix '"
              + prefix
              + "' would make a folder without a name; leave out the slash at its start");
    }
    prefix = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
  }

  S3MonitoringConfigurationProperty render(Optional<LogKey> logKey) {
    var logs =
        S3MonitoringConfigurationProperty.builder()
            .logUri("s3://" + bucket.getBucketName() + "/" + prefix);
    logKey.map(LogKey::arn).ifPresent(logs::encryptionKeyArn);
    return logs.build();
  }

  /** Not {@code bucket.grantPut}, which also allows {@code s3:Abort*} and the legal holds. */
  Grant grantWrite(IGrantable writer) {
    Grant put =
        Grant.addToPrincipal(
            GrantOnPrincipalOptions.builder()
                .grantee(writer)
                .actions(List.of("s3:PutObject"))
                .resourceArns(List.of(bucket.arnForObjects(prefix + "*")))
                .build());
    IKey key = bucket.getEncryptionKey();
    return key == null ? put : put.combine(key.grant(writer, "kms:Decrypt", "kms:GenerateDataKey"));
  }
}
