package io.sparkgate.dashboard;

import java.util.List;

/**
 * A query of CloudWatch Logs Insights over the records of functions.
 *
 * @param id of its construct
 * @param name what it answers
 * @param of whose records: reaper, guard, takeover or monitor
 * @param text in the language of Logs Insights, of all applications that a function watches; fields
 *     are those of the records
 */
record LogQuery(String id, String name, List<String> of, String text) {

  /** The monitor decides where owners have limits. */
  private static final List<String> DECIDING = List.of("reaper", "monitor");

  private static final String NEWEST_FIRST = "| sort @timestamp desc\n| limit 500";

  static final List<LogQuery> ALL =
      List.of(
          decisions("WhyKept", "Why was it kept", "kept", "exempt", "unknown", "left"),
          decisions("WhyEnded", "Why was it ended", "terminated", "cancelled"),
          decisions(
              "WouldHaveEnded",
              "What would have ended, but for a dry run",
              "wouldTerminate",
              "wouldCancel"),
          new LogQuery(
              "EndedByRule",
              "By which rule were whose sessions and job runs ended",
              DECIDING,
              """
              filter outcome in ["terminated", "cancelled"]
              | stats count(*) as ended by rule, createdBy
              | sort ended desc"""),
          new LogQuery(
              "OfOnePerson",
              "What did the sessions of one person do",
              List.of("reaper", "monitor", "takeover"),
              """
              fields @timestamp, type, sessionId, jobRunId, name, state, ageSeconds, idleSeconds, rule, outcome, reason
              # Put who it is in the place of PERSON.
              | filter createdBy like "PERSON"
              """
                  + NEWEST_FIRST),
          new LogQuery(
              "WhatFailed",
              "What failed",
              List.of("reaper", "guard", "takeover", "monitor"),
              """
              fields @timestamp, @log, type, applicationId, sessionId, jobRunId, outcome, reason, error.type, error.message
              | filter outcome in ["failed", "disabled", "unread", "takeover"] or outcome = "gone" and type = "sessionGuard" or outcome = "unknown" and type = "endpointFetched"
              """
                  + NEWEST_FIRST),
          new LogQuery(
              "WhoFetched",
              "Who fetched the endpoint of somebody else's session",
              List.of("takeover"),
              """
              fields @timestamp, applicationId, sessionId, fetchedBy, createdBy, sourceIPAddress, outcome, reason
              | filter type = "endpointFetched" and outcome in ["takeover", "unknown"]
              """
                  + NEWEST_FIRST));

  /**
   * The same of one application alone, since functions may watch several. What names none, such as
   * an event that was refused, concerns all.
   */
  String of(String applicationId) {
    return """
    filter applicationId = "%s" or not ispresent(applicationId)
    | %s"""
        .formatted(applicationId, text);
  }

  /** Of what was decided on, by what became of it. */
  private static LogQuery decisions(String id, String name, String... outcomes) {
    return new LogQuery(
        id,
        name,
        DECIDING,
        """
        fields @timestamp, sessionId, jobRunId, name, createdBy, state, ageSeconds, idleSeconds, limitSeconds, rule, outcome, reason
        | filter outcome in ["%s"]
        """
                .formatted(String.join("\", \"", outcomes))
            + NEWEST_FIRST);
  }
}
