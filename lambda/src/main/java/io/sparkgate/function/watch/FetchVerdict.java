package io.sparkgate.function.watch;

import io.sparkgate.function.ConfigObject;
import io.sparkgate.function.aws.ServiceCallException;
import org.jspecify.annotations.Nullable;

/** What is to be said of a fetch. */
final class FetchVerdict {

  private FetchVerdict() {}

  /**
   * By who did it and who started the session.
   *
   * @param createdBy null where that is not known
   */
  static Verdict of(Fetch fetch, @Nullable String createdBy) {
    if (fetch.applicationId() == null || fetch.sessionId() == null) {
      return unknown(
          fetch,
          "the event lacks detail.requestParameters.applicationId or sessionId, each a text that"
              + " matches "
              + ConfigObject.ID,
          "look up GetSessionEndpoint in CloudTrail; if it is not there, somebody called this"
              + " function by another way than its rule");
    }
    if (fetch.arn() == null) {
      return unknown(fetch, "the event names no detail.userIdentity.arn", compare(fetch));
    }
    if (createdBy == null) {
      return unknown(fetch, "the session does not say who started it", compare(fetch));
    }
    if (createdBy.equals(fetch.arn())) {
      return new Verdict("own", null);
    }
    return new Verdict(
        "takeover",
        ("%s, but %s started that session; what to do: unless they are one person, terminate the"
                + " session (%s), because the token is good for an hour, and see who may"
                + " emr-serverless:GetSessionEndpoint on it")
            .formatted(fetch.sentence(), createdBy, command("terminate-session", fetch)));
  }

  /** Of one whose session could not be read. */
  static Verdict of(Fetch fetch, ServiceCallException e) {
    String message = e.getMessage();
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

  private static Verdict unknown(Fetch fetch, @Nullable String why, String remedy) {
    String what = fetch.sentence() + ", but whether that is who started the session";
    return Verdict.unknown("unknown", what, why, remedy);
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
