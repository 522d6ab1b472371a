package io.sparkgate.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.watch.SessionGuard;
import io.sparkgate.watch.TakeoverAlarm;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

class LogQueriesTest {

  private final Stack stack = new Stack();
  private final Watching watching = Watching.in(stack);

  @Test
  void readTheLogsOfThoseWhoseRecordsTheyAreAbout() {
    LogQueries made = watching.fully(LogQueries.Builder.create(stack, "Queries")).build();

    assertThat(made.getDefinitions()).hasSize(LogQuery.ALL.size());
    Template.fromStack(stack)
        .hasResourceProperties(
            "AWS::Logs::QueryDefinition",
            Map.of(
                "Name",
                "Sparkgate/Default/00f1cb5c6anuij25/Why was it ended",
                "LogGroupNames",
                List.of(
                    Map.of("Ref", Match.stringLikeRegexp("^ReaperLogs")),
                    Map.of("Ref", Match.stringLikeRegexp("^MonitorLogs"))),
                "QueryString",
                """
                filter applicationId = "00f1cb5c6anuij25" or not ispresent(applicationId)
                | fields @timestamp, sessionId, jobRunId, name, createdBy, state, ageSeconds, \
                idleSeconds, limitSeconds, rule, outcome, reason
                | filter outcome in ["terminated", "cancelled"]
                | sort @timestamp desc
                | limit 500"""));
  }

  @Test
  void areOnlyThoseThatSomebodyWritesRecordsFor() {
    LogQueries.Builder.create(stack, "Queries")
        .application(watching.application())
        .guard(SessionGuard.Builder.create(stack, "Guard").watch(watching.application()).build())
        .build();

    assertThat(Template.fromStack(stack).findResources("AWS::Logs::QueryDefinition")).hasSize(1);
  }

  @Test
  void readTheLogOfATakeoverAlarmThatIsMadeLater() {
    LogQueries made =
        LogQueries.Builder.create(stack, "Queries")
            .application(watching.application())
            .guard(
                SessionGuard.Builder.create(stack, "Guard").watch(watching.application()).build())
            .build();
    made.addTakeoverAlarm(
        TakeoverAlarm.Builder.create(stack, "Takeover").watch(watching.application()).build());

    Map<String, List<?>> logGroups = new TreeMap<>();
    Template.fromStack(stack)
        .findResources("AWS::Logs::QueryDefinition")
        .values()
        .forEach(
            query -> {
              Map<?, ?> properties = (Map<?, ?>) query.get("Properties");
              logGroups.put(
                  ((String) properties.get("Name")).replaceAll(".*/", ""),
                  (List<?>) properties.get("LogGroupNames"));
            });
    assertThat(logGroups)
        .containsOnlyKeys(
            "What did the sessions of one person do",
            "What failed",
            "Who fetched the endpoint of somebody else's session");
    assertThat(logGroups.get("What failed")).hasSize(2);
  }

  @Test
  void askForEveryOutcomeThatTheirNamesPromise() {
    assertThat(LogQuery.ALL)
        .extracting(query -> query.id() + " " + query.of() + outcomes(query.text()))
        .containsExactly(
            "WhyKept [reaper, monitor] \"kept\", \"exempt\", \"unknown\", \"left\"",
            "WhyEnded [reaper, monitor] \"terminated\", \"cancelled\"",
            "WouldHaveEnded [reaper, monitor] \"wouldTerminate\", \"wouldCancel\"",
            "EndedByRule [reaper, monitor] \"terminated\", \"cancelled\"",
            "OfOnePerson [reaper, monitor, takeover]",
            "WhatFailed [reaper, guard, takeover, monitor] \"failed\", \"disabled\", \"unread\","
                + " \"takeover\"",
            "WhoFetched [takeover] \"takeover\", \"unknown\"");
  }

  private static String outcomes(String text) {
    Matcher listed = Pattern.compile("outcome in \\[([^]]*)\\]").matcher(text);
    return listed.find() ? " " + listed.group(1) : "";
  }

  @Test
  void needAFunction() {
    assertThatThrownBy(
            () ->
                LogQueries.Builder.create(stack, "Queries")
                    .application(watching.application())
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Default/Queries: received no function, whose records queries read; call reaper(...),"
                + " guard(...), takeoverAlarm(...) or monitor(...)");
  }
}
