package io.sparkgate.function.reaper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sparkgate.function.reaper.Decision.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

class IdlePolicyTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final String IDLE_TAG = "sparkgate:idle-minutes";
  private static final String KEEP_TAG = "sparkgate:keep-until";

  private static final Rule IDLE =
      new Rule.Idle(
          Duration.ofMinutes(60),
          new IdleTag(IDLE_TAG, Duration.ofMinutes(15), Duration.ofMinutes(240)));
  private static final IdlePolicy IDLE_ONLY = policy(IDLE);
  private static final IdlePolicy ALL =
      policy(
          IDLE,
          new Rule.MaxAge(Duration.ofMinutes(720)),
          new Rule.Starting(Duration.ofMinutes(30)),
          new Rule.Unused(Duration.ofMinutes(120)));

  private static IdlePolicy policy(Rule... rules) {
    return new IdlePolicy(new KeepTag(KEEP_TAG), List.of(rules));
  }

  private static Instant ago(long minutes) {
    return NOW.minus(Duration.ofMinutes(minutes));
  }

  private static ListedSession listed(SessionState state, Instant createdAt) {
    return new ListedSession("app", "s", null, "alice", "role", state, createdAt);
  }

  /** A session of the age that was started at once. */
  private static Session session(SessionState state, long age, @Nullable Long idle, String... tag) {
    Instant idleSince = idle == null ? null : ago(idle);
    Map<String, String> tags = tag.length == 0 ? Map.of() : Map.of(tag[0], tag[1]);
    return new Session(listed(state, ago(age)), ago(age), idleSince, tags);
  }

  static Stream<Arguments> decisions() {
    return Stream.of(
        row("idle below the limit", ALL, session(SessionState.IDLE, 300, 59L))
            .is(Verdict.KEEP, "idle", "idle for 59 min, limit 60 min"),
        row("idle at the limit", ALL, session(SessionState.IDLE, 300, 60L))
            .is(Verdict.TERMINATE, "idle", "idle for 60 min, limit 60 min"),
        row("idle since a moment to come", ALL, session(SessionState.IDLE, 300, -5L))
            .is(Verdict.KEEP, "idle", "idle for 0 min, limit 60 min"),
        row("idle without a stamp", ALL, session(SessionState.IDLE, 300, null))
            .is(
                Verdict.UNKNOWN,
                "idle",
                "idle, but since when is unknown: the service gives no idleSince"),
        row("idle with a stamp from before the start", ALL, session(SessionState.IDLE, 300, 301L))
            .is(
                Verdict.UNKNOWN,
                "idle",
                "idle, but since when is unknown: idleSince is from before the session started"),
        row(
                "idle with its own shorter limit",
                ALL,
                session(SessionState.IDLE, 300, 20L, IDLE_TAG, "20"))
            .is(
                Verdict.TERMINATE,
                "idle",
                "idle for 20 min, limit 20 min (tag sparkgate:idle-minutes asks 20)"),
        row(
                "idle with its own longer limit",
                ALL,
                session(SessionState.IDLE, 300, 199L, IDLE_TAG, "200"))
            .is(
                Verdict.KEEP,
                "idle",
                "idle for 199 min, limit 200 min (tag sparkgate:idle-minutes asks 200)"),
        row("idle, asking for too little", ALL, session(SessionState.IDLE, 300, 14L, IDLE_TAG, "1"))
            .is(
                Verdict.KEEP,
                "idle",
                "idle for 14 min, limit 15 min"
                    + " (tag sparkgate:idle-minutes asks 1, allowed 15..240)"),
        row("idle, asking for none", ALL, session(SessionState.IDLE, 300, 60L, IDLE_TAG, "0"))
            .is(
                Verdict.KEEP,
                "idle",
                "idle for 60 min, limit 240 min (tag sparkgate:idle-minutes gets the most that it"
                    + " may ask for: \"0\" is no whole number of minutes above 0; write one like 90)"),
        row(
                "idle, asking for no limit as others write it",
                ALL,
                session(SessionState.IDLE, 300, 239L, IDLE_TAG, "-1"))
            .is(
                Verdict.KEEP,
                "idle",
                "idle for 239 min, limit 240 min (tag sparkgate:idle-minutes gets the most that it"
                    + " may ask for: \"-1\" is no whole number of minutes above 0; write one like 90)"),
        row(
                "idle, asking for too much",
                ALL,
                session(SessionState.IDLE, 300, 240L, IDLE_TAG, "1000000"))
            .is(
                Verdict.TERMINATE,
                "idle",
                "idle for 240 min, limit 240 min"
                    + " (tag sparkgate:idle-minutes asks 1000000, allowed 15..240)"),
        row("idle, asking for nonsense", ALL, session(SessionState.IDLE, 300, 60L, IDLE_TAG, "1h"))
            .is(
                Verdict.KEEP,
                "idle",
                "idle for 60 min, limit 240 min (tag sparkgate:idle-minutes gets the most that it"
                    + " may ask for: \"1h\" is no whole number of minutes above 0; write one like 90)"),
        row(
                "idle for too long for any tag, asking for nonsense",
                ALL,
                session(SessionState.IDLE, 300, 240L, IDLE_TAG, "1h"))
            .is(
                Verdict.TERMINATE,
                "idle",
                "idle for 240 min, limit 240 min (tag sparkgate:idle-minutes gets the most that it"
                    + " may ask for: \"1h\" is no whole number of minutes above 0; write one like 90)"),
        row(
                "idle, asking for nonsense where the limit is longer than any tag's",
                policy(
                    new Rule.Idle(
                        Duration.ofMinutes(60),
                        new IdleTag(IDLE_TAG, Duration.ofMinutes(5), Duration.ofMinutes(30)))),
                session(SessionState.IDLE, 300, 59L, IDLE_TAG, "-"))
            .is(
                Verdict.KEEP,
                "idle",
                "idle for 59 min, limit 60 min (tag sparkgate:idle-minutes gets the most that it"
                    + " may ask for: \"-\" is no whole number of minutes above 0; write one like 90)"),
        row("idle, asking with a blank", ALL, session(SessionState.IDLE, 300, 60L, IDLE_TAG, "90 "))
            .is(
                Verdict.KEEP,
                "idle",
                "idle for 60 min, limit 90 min (tag sparkgate:idle-minutes asks 90)"),
        row(
                "idle, asking where it may not",
                policy(new Rule.Idle(Duration.ofMinutes(60), null)),
                session(SessionState.IDLE, 300, 20L, IDLE_TAG, "20"))
            .is(Verdict.KEEP, "idle", "idle for 20 min, limit 60 min"),
        row("busy for long", IDLE_ONLY, session(SessionState.BUSY, 9000, 8000L))
            .is(Verdict.KEEP, "none", "no rule applies in state BUSY"),
        row("busy beyond the maximum age", ALL, session(SessionState.BUSY, 720, null))
            .is(Verdict.TERMINATE, "maxAge", "alive for 720 min, limit 720 min"),
        row("busy within the maximum age", ALL, session(SessionState.BUSY, 719, 600L))
            .is(Verdict.KEEP, "maxAge", "alive for 719 min, limit 720 min"),
        row("unknown idle time beyond the maximum age", ALL, session(SessionState.IDLE, 721, null))
            .is(Verdict.TERMINATE, "maxAge", "alive for 721 min, limit 720 min"),
        row("due twice, more by idleness", ALL, session(SessionState.IDLE, 730, 700L))
            .is(Verdict.TERMINATE, "idle", "idle for 700 min, limit 60 min"),
        row("submitted within the limit", ALL, session(SessionState.SUBMITTED, 29, null))
            .is(Verdict.KEEP, "starting", "starting for 29 min, limit 30 min"),
        row("submitted beyond the limit", ALL, session(SessionState.SUBMITTED, 30, null))
            .is(Verdict.TERMINATE, "starting", "starting for 30 min, limit 30 min"),
        row("starting beyond the limit", ALL, session(SessionState.STARTING, 31, null))
            .is(Verdict.TERMINATE, "starting", "starting for 31 min, limit 30 min"),
        row("starting for long, rule off", IDLE_ONLY, session(SessionState.STARTING, 9000, null))
            .is(Verdict.KEEP, "none", "no rule applies in state STARTING"),
        row("started and unused", ALL, session(SessionState.STARTED, 120, null))
            .is(Verdict.TERMINATE, "unused", "started and unused for 120 min, limit 120 min"),
        row("started and unused, not for long", ALL, session(SessionState.STARTED, 119, null))
            .is(Verdict.KEEP, "unused", "started and unused for 119 min, limit 120 min"),
        row("started and used", ALL, session(SessionState.STARTED, 130, 1L))
            .is(Verdict.KEEP, "maxAge", "alive for 130 min, limit 720 min"),
        row("started late", ALL, startedLate(ago(200), ago(100)))
            .is(Verdict.KEEP, "unused", "started and unused for 100 min, limit 120 min"),
        row("started, nobody knows when", ALL, startedLate(ago(200), null))
            .is(Verdict.TERMINATE, "unused", "started and unused for 200 min, limit 120 min"),
        row(
                "due but kept",
                ALL,
                session(SessionState.IDLE, 300, 90L, KEEP_TAG, "2026-11-20T12:00:01Z"))
            .is(
                Verdict.EXEMPT,
                "idle",
                "protected until 2026-11-20T12:00:01Z by tag sparkgate:keep-until;"
                    + " otherwise idle for 90 min, limit 60 min"),
        row(
                "kept by an offset",
                ALL,
                session(SessionState.BUSY, 800, null, KEEP_TAG, "2026-11-20T14:30+02:00"))
            .is(
                Verdict.EXEMPT,
                "maxAge",
                "protected until 2026-11-20T12:30:00Z by tag sparkgate:keep-until;"
                    + " otherwise alive for 800 min, limit 720 min"),
        row(
                "kept until now",
                ALL,
                session(SessionState.IDLE, 300, 90L, KEEP_TAG, "2026-11-20T12:00:00Z"))
            .is(
                Verdict.TERMINATE,
                "idle",
                "idle for 90 min, limit 60 min; tag sparkgate:keep-until no longer protects:"
                    + " it expired 2026-11-20T12:00:00Z"),
        row("kept without an end", ALL, session(SessionState.BUSY, 800, 90L, KEEP_TAG, "true"))
            .is(
                Verdict.EXEMPT,
                "maxAge",
                "protected until 2026-11-20T14:40:00Z, 4 h after it was due: tag"
                    + " sparkgate:keep-until is no time that can be read: \"true\"; write one like"
                    + " 2026-12-31T18:00:00Z; otherwise alive for 800 min, limit 720 min"));
  }

  private static Session startedLate(Instant createdAt, @Nullable Instant startedAt) {
    return new Session(listed(SessionState.STARTED, createdAt), startedAt, null, Map.of());
  }

  private record Row(String name, IdlePolicy policy, Session session) {
    Arguments is(Verdict verdict, String rule, String reason) {
      return arguments(name, policy, session, verdict, rule, reason);
    }
  }

  private static Row row(String name, IdlePolicy policy, Session session) {
    return new Row(name, policy, session);
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource("decisions")
  void decides(
      String name,
      IdlePolicy policy,
      Session session,
      Verdict verdict,
      String rule,
      String reason) {
    assertThat(policy.decide(session, NOW))
        .as(name)
        .extracting(Decision::verdict, Decision::rule, Decision::reason)
        .containsExactly(verdict, rule, reason);
  }

  @ParameterizedTest
  @EnumSource(names = {"TERMINATING", "TERMINATED", "FAILED", "UNKNOWN"})
  void neverTouchesAStateThatIsNotLive(SessionState state) {
    Decision decision = ALL.decide(session(state, 9000, 8000L), NOW);
    assertThat(decision.verdict()).isEqualTo(Verdict.KEEP);
    assertThat(decision.reason()).isEqualTo("a session in state " + state + " is never touched");
  }

  @ParameterizedTest
  @EnumSource(names = "IDLE", mode = Mode.EXCLUDE)
  void neverEndsByIdlenessWhatIsNotIdle(SessionState state) {
    assertThat(IDLE_ONLY.decide(session(state, 9000, 8000L), NOW).verdict())
        .isEqualTo(Verdict.KEEP);
  }

  @Test
  void measuresHowFarTheLimitIsPassed() {
    assertThat(ALL.decide(session(SessionState.IDLE, 300, 75L), NOW).overdue())
        .isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void knowsTheSmallestLimitThatAnyRuleOrTagCanApply() {
    assertThat(IDLE_ONLY.smallestLimit()).isEqualTo(Duration.ofMinutes(15));
    assertThat(policy(new Rule.Idle(Duration.ofMinutes(60), null)).smallestLimit())
        .isEqualTo(Duration.ofMinutes(60));
    assertThat(policy(IDLE, new Rule.Starting(Duration.ofMinutes(5))).smallestLimit())
        .isEqualTo(Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @CsvSource({
    "IDLE, 14, false",
    "IDLE, 15, true",
    "STARTING, 29, false",
    "STARTING, 30, true",
    "STARTED, 119, false",
    "STARTED, 120, true",
    "BUSY, 719, false",
    "BUSY, 720, true",
    "TERMINATED, 9000, false",
    "UNKNOWN, 9000, false",
  })
  void rulesOutByStateAndAge(SessionState state, long age, boolean mayBeDue) {
    assertThat(ALL.mayBeDue(listed(state, ago(age)), NOW)).isEqualTo(mayBeDue);
  }
}
