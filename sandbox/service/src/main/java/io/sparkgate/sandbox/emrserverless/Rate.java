package io.sparkgate.sandbox.emrserverless;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often an operation may be called.
 *
 * @param perSecond calls in a real second, in the long run
 * @param burst calls at once, after a rest
 */
public record Rate(double perSecond, int burst) {

  /** Refuses what would let no call through. */
  public Rate {
    if (!(perSecond > 0) || burst < 1) {
      throw new IllegalArgumentException(
          "A rate of %s calls a second, burst %d; allowed: more than 0, burst from 1"
              .formatted(perSecond, burst));
    }
  }

  /**
   * The service's documented limits by operation. It documents none for sessions; theirs are
   * assumed to be those of job runs, and that of attempts that of runs.
   */
  public static Map<String, Rate> ofService() {
    Map<String, Rate> rates = new HashMap<>();
    for (String often : List.of("ListApplications", "GetApplication", "GetSession", "GetJobRun")) {
      rates.put(often, new Rate(10, 50));
    }
    for (String seldom :
        List.of(
            "CreateApplication",
            "UpdateApplication",
            "DeleteApplication",
            "StartApplication",
            "StopApplication",
            "StartSession",
            "ListSessions",
            "TerminateSession",
            "StartJobRun",
            "ListJobRuns",
            "CancelJobRun",
            "ListJobRunAttempts")) {
      rates.put(seldom, new Rate(1, 25));
    }
    rates.put("GetDashboardForJobRun", new Rate(1, 2));
    return Map.copyOf(rates);
  }
}
