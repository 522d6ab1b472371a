package io.sparkgate.application;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.services.emrserverless.CfnApplication.ManagedPersistenceMonitoringConfigurationProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.MonitoringConfigurationProperty;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;

/** All the places where the logs of one application go. */
record Logs(boolean managedStorage, List<LogDestination> destinations) {

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
            .managedPersistenceMonitoringConfiguration(
                ManagedPersistenceMonitoringConfigurationProperty.builder()
                    .enabled(managedStorage)
                    .build());
    s3().forEach(logs -> monitoring.s3MonitoringConfiguration(logs.render()));
    cloudWatch().forEach(logs -> monitoring.cloudWatchLoggingConfiguration(logs.render()));
    return monitoring.build();
  }

  Grant grantWrite(IGrantable writer) {
    return Stream.concat(
            s3().stream().map(logs -> logs.grantWrite(writer)),
            cloudWatch().stream().map(logs -> logs.grantWrite(writer)))
        .reduce(Grant::combine)
        .orElseGet(() -> Grant.drop(writer, "managed log storage needs no permission"));
  }

  private <T> List<T> only(Class<T> kind) {
    return destinations.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
