package io.sparkgate.function.lifecycle;

import io.sparkgate.function.resource.RequestRecord;

/** The record of a call, with what was seen of the application. */
final class StepRecord extends RequestRecord {

  StepRecord(Request request) {
    super(
        "lifecycle",
        request.requestId(),
        request.type(),
        request.resourceType(),
        request.logicalId());
  }

  void target(Target target) {
    put("application", target.application());
  }

  /** What was seen, in counts. */
  void seen(Observation seen) {
    put("state", seen.state().name());
    for (Work.Kind kind : Work.Kind.values()) {
      String field = kind == Work.Kind.SESSION ? "Sessions" : "JobRuns";
      put("live" + field, count(seen, kind, false));
      put("ending" + field, count(seen, kind, true));
    }
  }

  private static long count(Observation seen, Work.Kind kind, boolean ending) {
    return seen.work().stream()
        .filter(work -> work.kind() == kind && work.ending() == ending)
        .count();
  }
}
