package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;

/** Where an application's logs go. The sandbox sends none, but knows what the service refuses. */
final class Monitoring {

  private Monitoring() {}

  /** Refuses an interactive application that keeps its logs nowhere, as the service was seen to. */
  static void requireSink(JsonNode application) {
    JsonNode monitoring = application.path("monitoringConfiguration");
    boolean managed =
        monitoring
            .path("managedPersistenceMonitoringConfiguration")
            .path("enabled")
            .asBoolean(true);
    boolean s3 = monitoring.path("s3MonitoringConfiguration").has("logUri");
    boolean interactive = false;
    for (JsonNode enabled : application.path("interactiveConfiguration")) {
      interactive |= enabled.asBoolean();
    }
    if (interactive && !managed && !s3) {
      throw Fault.validation("Either S3 Logging or Managed Debugging must be enabled");
    }
  }
}
