package io.sparkgate.function.resource;

import io.sparkgate.function.Json;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The one JSON line that a call of the function prints. It takes what it is given field by field,
 * so that nothing of an event gets into it by itself: that has an address that lets anybody answer
 * CloudFormation.
 */
public class RequestRecord {

  private final Map<String, Object> line = new LinkedHashMap<>();

  /**
   * Of one call.
   *
   * @param type of the record
   */
  public RequestRecord(
      String type, String requestId, String requestType, String resourceType, String logicalId) {
    line.put("type", type);
    line.put("requestId", requestId);
    line.put("requestType", requestType);
    line.put("resourceType", resourceType);
    line.put("logicalResourceId", logicalId);
  }

  public final void put(String field, Object value) {
    line.put(field, value);
  }

  /** What was decided, and why. */
  public final void decided(String decision, String reason) {
    line.put("decision", decision);
    line.put("reason", reason);
  }

  /** What went wrong in doing so. */
  public final void error(String error) {
    line.put("error", error);
  }

  public final void print(PrintStream out) {
    out.println(Json.write(line));
  }
}
