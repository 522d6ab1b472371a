package io.sparkgate.serverless;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Grantee;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.IResource;
import software.amazon.awscdk.services.emrserverless.CfnApplication.ManagedPersistenceMonitoringConfigurationProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.MonitoringConfigurationProperty;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.kms.IKey;
import software.constructs.Construct;

/**
 * All the places where the logs of one application go, and the key that they are encrypted with.
 *
 * <pre>{@code
 * application.logs(Logs.managed().and(LogDestination.s3(bucket)).encryptionKey(key));
 * }</pre>
 */
public final class Logs {

  private final boolean managedStorage;
  private final List<LogDestination> destinations;
  private final @Nullable LogKey key;

  private Logs(boolean managedStorage, List<LogDestination> destinations, @Nullable LogKey key) {
    this.managedStorage = managedStorage;
    this.destinations = destinations;
    this.key = key;
  }

  /**
   * Storage of the service, which keeps logs for 30 days and shows the Spark UI.
   *
   * @return these logs
   */
  public static Logs managed() {
    return new Logs(true, List.of(), null);
  }

  /**
   * No storage of the service, so no Spark UI. Warns ({@code
   * \@sparkgate/constructs:managedLogStorageOff}).
   *
   * @param destination the first; a bucket must be among them
   * @return these logs
   */
  public static Logs only(LogDestination destination) {
    return new Logs(false, List.of(), null).and(destination);
  }

  /**
   * Sends logs somewhere else, too; {@link EmrServerlessApplication#grantRun} lets the execution
   * role write there.
   *
   * @param destination the bucket or the log group; at most one of each
   * @return these logs, and there
   */
  public Logs and(LogDestination destination) {
    return new Logs(
        managedStorage,
        Stream.concat(destinations.stream(), Stream.of(requireNonNull(destination, "destination")))
            .toList(),
        key);
  }

  /**
   * Encrypts all logs, wherever they go, with a key of yours: the key's policy lets the services
   * use it, {@link EmrServerlessApplication#grantRun} the execution role, and {@code grantDevelop}
   * those who start sessions, whom the service refuses otherwise. Warns ({@code
   * \@sparkgate/constructs:importedKey}) where the key's policy cannot be changed from here.
   * Default: keys of AWS.
   *
   * @param encryptionKey of the application's own Region
   * @return these logs, encrypted
   */
  public Logs encryptionKey(IKey encryptionKey) {
    return new Logs(
        managedStorage, destinations, new LogKey(requireNonNull(encryptionKey, "encryptionKey")));
  }

  /** {@return the ARN of the key of these logs; empty for keys of AWS} */
  public Optional<String> getEncryptionKeyArn() {
    return key().map(LogKey::arn);
  }

  boolean isManaged() {
    return managedStorage;
  }

  Optional<LogKey> key() {
    return Optional.ofNullable(key);
  }

  List<LogDestination> destinations() {
    return destinations;
  }

  List<LogDestination> buckets() {
    return destinations.stream().filter(LogDestination::isBucket).toList();
  }

  List<LogDestination> logGroups() {
    return destinations.stream().filter(to -> !to.isBucket()).toList();
  }

  void admitServices(Construct application) {
    key()
        .ifPresent(
            used ->
                used.admitServices(application, new Findings(application), !logGroups().isEmpty()));
  }

  MonitoringConfigurationProperty.Builder render() {
    var managed =
        ManagedPersistenceMonitoringConfigurationProperty.builder().enabled(managedStorage);
    if (managedStorage && key != null) {
      managed.encryptionKeyArn(key.arn());
    }
    var monitoring =
        MonitoringConfigurationProperty.builder()
            .managedPersistenceMonitoringConfiguration(managed.build());
    destinations.forEach(destination -> destination.render(monitoring, key()));
    return monitoring;
  }

  /**
   * Returns these logs as the monitoring of one job run, in the words of StartJobRun. What a run
   * does not name of managed storage, bucket and log group stays as the application has it.
   *
   * @return for {@code ConfigurationOverrides.MonitoringConfiguration}, names in capitals
   */
  public Map<String, Object> toMonitoring() {
    Map<String, Object> monitoring = new LinkedHashMap<>();
    Map<String, Object> managed = new LinkedHashMap<>();
    managed.put("Enabled", managedStorage);
    if (managedStorage && key != null) {
      managed.put("EncryptionKeyArn", key.arn());
    }
    monitoring.put("ManagedPersistenceMonitoringConfiguration", managed);
    destinations.forEach(destination -> destination.addTo(monitoring, key()));
    return monitoring;
  }

  /**
   * Lets a role write to all places, and use the key.
   *
   * @param writer the execution role
   * @param application whose runs or sessions write
   * @return the grant
   * @throws IllegalArgumentException if this is no role of the application's account
   */
  public Grant grantWrite(IGrantable writer, IResource application) {
    Grantee looked = Grantee.of(writer, application);
    return Stream.of(
            destinations.stream().map(to -> to.grantWrite(writer)),
            key().stream().map(used -> used.grantUse(writer)),
            key().stream()
                .flatMap(
                    used -> logGroups().stream().map(to -> used.grantAssociate(writer, to.arn()))))
        .flatMap(grants -> grants)
        .reduce(Grant::combine)
        .map(looked::require)
        .orElseGet(() -> Grant.drop(writer, "managed log storage needs no permission"));
  }
}
