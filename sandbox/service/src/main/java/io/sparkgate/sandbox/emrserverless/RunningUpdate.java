package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Which settings of an application may change when. */
final class RunningUpdate {

  private static final String EXCEPTIONS =
      "schedulerConfiguration.maxConcurrentRuns, imageConfiguration,"
          + " workerTypeSpecifications.imageConfiguration, maximumCapacity";

  private RunningUpdate() {}

  /** Refuses what would need a stop first. */
  static void requireAllowed(Application application, JsonNode changes) {
    ApplicationState state = application.state();
    boolean atRest = state == ApplicationState.CREATED || state == ApplicationState.STOPPED;
    boolean allowed = atRest || state == ApplicationState.STARTED && onlyExceptions(changes);
    if (!allowed) {
      throw Fault.validation(
          ("Application %s must be in one of the statuses to be updated: [STOPPED, CREATED]."
                  + " Current status: %s. Only %s can be updated when application is in STARTED"
                  + " state.")
              .formatted(application.id(), state, EXCEPTIONS));
    }
  }

  private static boolean onlyExceptions(JsonNode changes) {
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      boolean exception =
          switch (change.getKey()) {
            case "maximumCapacity", "imageConfiguration", "workerTypeSpecifications" -> true;
            case "schedulerConfiguration" -> !change.getValue().has("queueTimeoutMinutes");
            default -> false;
          };
      if (!exception) {
        return false;
      }
    }
    return true;
  }
}
