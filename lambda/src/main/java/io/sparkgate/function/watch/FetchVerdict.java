package io.sparkgate.function.watch;

import io.sparkgate.function.aws.ServiceCallException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of a fetch.
 *
 * @param outcome one word for the record
 * @param createdBy who started the session; null where that is not known
 * @param problem a sentence on what is wrong and what to do; empty when nothing is
 */
record FetchVerdict(String outcome, @Nullable String createdBy, Optional<String> problem) {

  static FetchVerdict compared(Fetch fetch, @Nullable String createdBy) {
    if (createdBy == null) {
      return unknown(fetch, "the session does not say who started it", compare(fetch));
    }
    if (createdBy.equals(fetch.arn())) {
      return new FetchVerdict("own", createdBy, Optional.empty());
    }
    return new FetchVerdict(
        "takeover",
        createdBy,
        Optional.of(
            ("%s, but %s started that session; what to do: unless they are one person, terminate"
                    + " the session (%s), because the token is good for an hour, and see who may"
                    + " emr-serverless:GetSessionEndpoint on it")
                .formatted(fetch.sentence(), createdBy, command("terminate-session", fetch))));
  }

  static FetchVerdict unread(Fetch fetch, ServiceCallException e) {
    String message = String.valueOf(e.getMessage());
    return switch (e.kind()) {
      case NOT_FOUND ->
          unknown(
              fetch,
              "the session is not there (any more)",
              "look up StartSession in CloudTrail for who started it, and if that is somebody else,"
                  + " see who may emr-serverless:GetSessionEndpoint");
      case DENIED ->
          unknown(fetch, message, "see that the function's role may do so, and " + compare(fetch));
      case THROTTLED, OUT_OF_TIME, OTHER -> unknown(fetch, message, compare(fetch));
    };
  }

  /** Of an identity that cannot be compared. */
  static FetchVerdict withoutArn(Fetch fetch) {
    return unknown(fetch, "the event names no detail.userIdentity.arn", compare(fetch));
  }

  /** Of an event that does not say which session it is about. */
  static FetchVerdict withoutSession(Fetch fetch) {
    return unknown(
        fetch,
        "the event lacks detail.requestParameters.applicationId or sessionId, each a text that"
            + " matches "
            + Fetch.ID,
        "look up GetSessionEndpoint in CloudTrail; if it is not there, somebody called this"
            + " function by another way than its rule");
  }

  private static FetchVerdict unknown(Fetch fetch, String why, String remedy) {
    return new FetchVerdict(
        "unknown",
        null,
        Optional.of(
            "%s, but whether that is who started the session is unknown: %s; what to do: %s"
                .formatted(fetch.sentence(), why, remedy)));
  }

  private static String compare(Fetch fetch) {
    return "compare it with createdBy of: %s; if that is somebody else, terminate the session (%s)"
        .formatted(command("get-session", fetch), command("terminate-session", fetch));
  }

  private static String command(String command, Fetch fetch) {
    return "aws emr-serverless %s --application-id %s --session-id %s"
        .formatted(command, fetch.applicationId(), fetch.sessionId());
  }
}
