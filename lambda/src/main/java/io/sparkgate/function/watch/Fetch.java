package io.sparkgate.function.watch;

import io.sparkgate.function.ConfigObject;
import io.sparkgate.function.Json;
import org.jspecify.annotations.Nullable;

/**
 * What an event tells of one fetch of an endpoint; null where it does not tell.
 *
 * @param arn of who fetched it; services and some federated users have none
 * @param type of that identity, in CloudTrail's words
 */
record Fetch(
    @Nullable String applicationId,
    @Nullable String sessionId,
    @Nullable String arn,
    @Nullable String type,
    @Nullable String eventTime,
    @Nullable String sourceIPAddress) {

  /** Reads CloudTrail's record as EventBridge hands it on. */
  static Fetch of(@Nullable Object event) {
    Object detail = Json.field(event, "detail");
    Object request = Json.field(detail, "requestParameters");
    Object identity = Json.field(detail, "userIdentity");
    return new Fetch(
        id(request, "applicationId"),
        id(request, "sessionId"),
        Json.text(identity, "arn"),
        Json.text(identity, "type"),
        Json.text(detail, "eventTime"),
        Json.text(detail, "sourceIPAddress"));
  }

  /** Whether it tells all that is needed to compare it with its session. */
  boolean isComplete() {
    return applicationId != null && sessionId != null && arn != null;
  }

  /** Who fetched which endpoint, when and from where, as the start of a sentence. */
  String sentence() {
    return "%s fetched the endpoint of session %s of application %s at %s from %s"
        .formatted(
            arn == null ? "an identity without an ARN (of type %s)".formatted(known(type)) : arn,
            known(sessionId),
            known(applicationId),
            eventTime == null ? "an unknown time" : eventTime,
            sourceIPAddress == null ? "an unknown address" : sourceIPAddress);
  }

  private static String known(@Nullable String text) {
    return text == null ? "unknown" : text;
  }

  /** What else claims to be one must not get into a command. */
  private static @Nullable String id(@Nullable Object parent, String name) {
    String text = Json.text(parent, name);
    return text != null && ConfigObject.ID.matcher(text).matches() ? text : null;
  }
}
