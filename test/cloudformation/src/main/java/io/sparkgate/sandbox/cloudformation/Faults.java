package io.sparkgate.sandbox.cloudformation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a test has ordered to go wrong, or to happen meanwhile. */
final class Faults {

  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final Map<String, Integer> repetitions = new ConcurrentHashMap<>();

  private final Map<String, Runnable> interludes = new ConcurrentHashMap<>();

  void before(String logicalId, Runnable interlude) {
    interludes.put(logicalId, interlude);
  }

  void fail(String logicalId, int times) {
    failures.merge(logicalId, times, Integer::sum);
  }

  void deliverTwice(String logicalId) {
    repetitions.merge(logicalId, 1, Integer::sum);
  }

  /** What comes before a resource's change. */
  void obey(String logicalId) throws Failed {
    Runnable interlude = interludes.remove(logicalId);
    if (interlude != null) {
      interlude.run();
    }
    if (take(failures, logicalId)) {
      throw new Failed(
          "Resource handler returned message: \"Told to fail.\" (HandlerErrorCode: GeneralServiceException)");
    }
  }

  boolean isDeliveredTwice(String logicalId) {
    return take(repetitions, logicalId);
  }

  private static boolean take(Map<String, Integer> counts, String logicalId) {
    int left = counts.getOrDefault(logicalId, 0);
    counts.put(logicalId, Math.max(0, left - 1));
    return left > 0;
  }
}
