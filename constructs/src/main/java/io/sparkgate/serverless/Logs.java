package io.sparkgate.serverless;

import io.sparkgate.internal.Grantee;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awscdk.IResource;
import software.amazon.awscdk.services.emrserverless.CfnApplication.ManagedPersistenceMonitoringConfigurationProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.MonitoringConfigurationProperty;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;

/** All the places where the logs of one application go. */
record Logs(boolean managedStorage, List<LogDestination> destinations, Optional<LogKey> key) {

  Logs {
    destinations = List.copyOf(destinations);
  }

  List<S3Logs> s3() {
    return only(S3Logs.class);
  }

  List<CloudWatchLogs> cloudWatch() {
    return only(CloudWatchLogs.class);
  }

  MonitoringConfigurationProperty render() {
    var monitoring =
        MonitoringConfigurationProperty.builder()
            .managedPersistenceMonitoringConfiguration(managedPersistence());
    s3().forEach(logs -> monitoring.s3MonitoringConfiguration(logs.render(key)));
    cloudWatch().forEach(logs -> monitoring.cloudWatchLoggingConfiguration(logs.render(key)));
    return monitoring.build();
  }

  private ManagedPersistenceMonitoringConfigurationProperty managedPersistence() {
    var managed =
        ManagedPersistenceMonitoringConfigurationProperty.builder().enabled(managedStorage);
    if (managedStorage) {
      key.map(LogKey::arn).ifPresent(managed::encryptionKeyArn);
    }
    return managed.build();
  }

  Grant grantWrite(IGrantable writer, IResource application) {
    Grantee looked = Grantee.of(writer, application);
    return Stream.of(
            s3().stream().map(logs -> logs.grantWrite(writer)),
            cloudWatch().stream().map(logs -> logs.grantWrite(writer)),
            key.stream().map(logKey -> logKey.grantUse(writer)),
            key.stream()
                .flatMap(
                    logKey ->
                        cloudWatch().stream()
                            .map(
                                logs ->
                                    logKey.grantAssociate(
                                        writer, logs.logGroup().getLogGroupArn()))))
        .flatMap(grants -> grants)
        .reduce(Grant::combine)
        .map(looked::require)
        .orElseGet(() -> Grant.drop(writer, "managed log storage needs no permission"));
  }

  private <T> List<T> only(Class<T> kind) {
    return destinations.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
