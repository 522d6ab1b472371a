package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.emrserverless.Shape.Entries;
import io.sparkgate.sandbox.emrserverless.Shape.Items;
import io.sparkgate.sandbox.emrserverless.Shape.Structure;

/** Where an application's logs go. The sandbox sends none, but knows what the service refuses. */
final class Monitoring {

  static final Structure SHAPE =
      Shape.structure()
          .with(
              "s3MonitoringConfiguration",
              Shape.structure()
                  .with("logUri", Shapes.text(1, 10_280, "(?s).*"))
                  .with("encryptionKeyArn", Shapes.keyArn()))
          .with(
              "managedPersistenceMonitoringConfiguration",
              Shape.structure()
                  .with("enabled", Shapes.FLAG)
                  .with("encryptionKeyArn", Shapes.keyArn()))
          .with(
              "cloudWatchLoggingConfiguration",
              Shape.structure()
                  .with("enabled", Shapes.FLAG)
                  .with("logGroupName", Shapes.text(1, 512, "[.\\-_/#A-Za-z0-9]+"))
                  .with("logStreamNamePrefix", Shapes.text(1, 512, "[^:*]*"))
                  .with("encryptionKeyArn", Shapes.keyArn())
                  .with(
                      "logTypes",
                      new Entries(Shapes.workerType(), new Items(Shapes.workerType(), 1, 5), 1, 4))
                  .requiring("enabled"))
          .with(
              "prometheusMonitoringConfiguration",
              Shape.structure()
                  .with(
                      "remoteWriteUrl",
                      Shapes.text(
                          1,
                          10_280,
                          "https://aps-workspaces.([a-z]{2}-[a-z-]{1,20}-[1-9]).amazonaws"
                              + "(.[0-9A-Za-z]{2,4})+/workspaces/[-_.0-9A-Za-z]{1,100}"
                              + "/api/v1/remote_write")));

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
