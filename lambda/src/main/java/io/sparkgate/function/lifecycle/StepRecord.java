package io.sparkgate.function.lifecycle;

import io.sparkgate.function.Json;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The one JSON line that a call of the function prints. It takes what it is given field by field,
 * so that nothing of an event gets into it by itself: that has an address that lets anybody answer
 * CloudFormation.
 */
final class StepRecord {

  private final Map<String, Object> line = new LinkedHashMap<>();

  StepRecord(Request request) {
    line.put("type", "lifecycle");
    line.put("requestId", request.requestId());
    line.put("requestType", request.type());
    line.put("resourceType", request.resourceType());
    line.put("logicalResourceId", request.logicalId());
  }

  void target(Target target) {
    line.put("application", target.application());
  }

  /** What was seen, in counts. */
  void seen(Observation seen) {
    line.put("state", seen.state().name());
    for (Work.Kind kind : Work.Kind.values()) {
      String field = kind == Work.Kind.SESSION ? "Sessions" : "JobRuns";
      line.put("live" + field, count(seen, kind, false));
      line.put("ending" + field, count(seen, kind, true));
    }
  }

  /** What was decided, and why. */
  void decided(String decision, String reason) {
    line.put("decision", decision);
    line.put("reason", reason);
  }

  /** What went wrong in doing so. */
  void error(String error) {
    line.put("error", error);
  }

  void print(PrintStream out) {
    out.println(Json.write(line));
  }

  private static long count(Observation seen, Work.Kind kind, boolean ending) {
    return seen.work().stream()
        .filter(work -> work.kind() == kind && work.ending() == ending)
        .count();
  }
}
