package io.sparkgate.function.watch;

import java.util.Map;
import java.util.regex.Pattern;
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

  /** Of applications and sessions: what else claims to be one must not get into a command. */
  static final Pattern ID = Pattern.compile("[0-9a-z]{1,64}");

  /** Reads CloudTrail's record as EventBridge hands it on. */
  static Fetch of(@Nullable Object event) {
    Object detail = field(event, "detail");
    Object request = field(detail, "requestParameters");
    Object identity = field(detail, "userIdentity");
    return new Fetch(
        id(request, "applicationId"),
        id(request, "sessionId"),
        text(identity, "arn"),
        text(identity, "type"),
        text(detail, "eventTime"),
        text(detail, "sourceIPAddress"));
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

  private static @Nullable String id(@Nullable Object parent, String name) {
    String text = text(parent, name);
    return text != null && ID.matcher(text).matches() ? text : null;
  }

  private static @Nullable String text(@Nullable Object parent, String name) {
    return field(parent, name) instanceof String text && !text.isBlank() ? text : null;
  }

  private static @Nullable Object field(@Nullable Object parent, String name) {
    return parent instanceof Map<?, ?> fields ? fields.get(name) : null;
  }
}
