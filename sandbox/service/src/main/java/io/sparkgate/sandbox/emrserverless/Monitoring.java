package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;

/** Where logs go, and what the service refuses of it. */
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

  /**
   * Where in S3 the logs of a job run go: its own word for S3, or else the application's; empty
   * when nowhere.
   */
  static String logUri(JsonNode application, JsonNode run) {
    JsonNode own = run.at("/configurationOverrides/monitoringConfiguration");
    JsonNode s3 =
        own.has("s3MonitoringConfiguration")
            ? own.path("s3MonitoringConfiguration")
            : application.at("/monitoringConfiguration/s3MonitoringConfiguration");
    return s3.path("logUri").asText();
  }
}
