package io.sparkgate.serverless;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.emrserverless.CfnApplication.CloudWatchLoggingConfigurationProperty;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.logs.ILogGroup;

record CloudWatchLogs(ILogGroup logGroup) implements LogDestination {

  CloudWatchLogs {
    requireNonNull(logGroup, "logGroup");
  }

  CloudWatchLoggingConfigurationProperty render(Optional<LogKey> logKey) {
    var logs =
        CloudWatchLoggingConfigurationProperty.builder()
            .enabled(true)
            .logGroupName(logGroup.getLogGroupName());
    logKey.map(LogKey::arn).ifPresent(logs::encryptionKeyArn);
    return logs.build();
  }

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

  private static Grant allow(IGrantable writer, String resource, String... actions) {
    return Grant.addToPrincipal(
        GrantOnPrincipalOptions.builder()
            .grantee(writer)
            .actions(List.of(actions))
            .resourceArns(List.of(resource))
            .build());
  }
}
