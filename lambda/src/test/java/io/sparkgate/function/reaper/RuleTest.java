package io.sparkgate.function.reaper;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Before which moment nothing can be due; in minutes from now. */
class RuleTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  /** The columns of the tables, in their order. */
  private static final List<Rule> RULES =
      List.of(
          new Rule.Idle(Duration.ofMinutes(60), null),
          new Rule.Idle(
              Duration.ofMinutes(60),
              new IdleTag("idle-minutes", Duration.ofMinutes(15), Duration.ofMinutes(240))),
          new Rule.MaxAge(Duration.ofMinutes(720)),
          new Rule.Starting(Duration.ofMinutes(30)),
          new Rule.Unused(Duration.ofMinutes(120)));

  private static final IdlePolicy ALL = policy(RULES.toArray(Rule[]::new));

  private static IdlePolicy policy(Rule... rules) {
    return new IdlePolicy(new KeepTag("keep-until"), List.of(rules));
  }

  private static Instant ago(long minutes) {
    return NOW.minus(Duration.ofMinutes(minutes));
  }

  private static @Nullable Instant ago(@Nullable String minutes) {
    return minutes == null ? null : ago(Long.parseLong(minutes));
  }

  private static Instant in(String minutes) {
    return switch (minutes) {
      case "never" -> Instant.MAX;
      case "always" -> Instant.MIN;
      default -> ago(-Long.parseLong(minutes));
    };
  }

  private static ListedSession listed(SessionState state, long age) {
    return new ListedSession("app", "s", null, "alice", "role", state, ago(age));
  }

  private static Session session(
      SessionState state, @Nullable Instant startedAt, @Nullable Instant idleSince, String tags) {
    Map<String, String> map = new HashMap<>();
    Arrays.stream(tags.split(" "))
        .map(tag -> tag.split("="))
        .filter(tag -> tag.length == 2)
        .forEach(tag -> map.put(tag[0], tag[1]));
    return new Session(listed(state, 300), startedAt, idleSince, map);
  }

  /** A session that is 10 minutes old and was listed now. */
  @ParameterizedTest
  @CsvSource(
      useHeadersInDisplayName = true,
      textBlock =
          """
          STATE,     IDLE, BY_TAG, MAX_AGE, STARTING, UNUSED
          SUBMITTED, 60,   15,     710,     20,       110
          STARTING,  60,   15,     710,     20,       110
          STARTED,   60,   15,     710,     never,    110
          BUSY,      60,   15,     710,     never,    110
          IDLE,      50,   5,      710,     never,    never
          """)
  void ofAListedSession(ArgumentsAccessor row) {
    ListedSession session = listed(row.get(0, SessionState.class), 10);
    for (int i = 0; i < RULES.size(); i++) {
      assertThat(policy(RULES.get(i)).earliest(session, NOW))
          .as("%s", RULES.get(i))
          .isEqualTo(in(row.getString(1 + i)));
    }
  }

  /** A session that is 300 minutes old and was looked at now; the first three in minutes ago. */
  @ParameterizedTest
  @CsvSource(
      useHeadersInDisplayName = true,
      textBlock =
          """
          STATE,     STARTED, IDLE_SINCE, TAGS,                 IDLE,   BY_TAG, MAX_AGE, STARTING, UNUSED
          SUBMITTED, ,        ,           '',                   60,     15,     420,     -270,     -180
          STARTING,  ,        ,           '',                   60,     15,     420,     -270,     -180
          STARTED,   290,     ,           '',                   60,     15,     420,     never,    -170
          STARTED,   ,        ,           '',                   60,     15,     420,     never,    -180
          STARTED,   290,     10,         '',                   60,     15,     420,     never,    -180
          BUSY,      290,     ,           '',                   60,     15,     420,     never,    -180
          BUSY,      290,     100,        '',                   60,     15,     420,     never,    -180
          IDLE,      290,     10,         '',                   50,     5,      420,     never,    never
          IDLE,      290,     100,        '',                   -40,    -85,    420,     never,    never
          IDLE,      290,     -1,         '',                   61,     16,     420,     never,    never
          IDLE,      290,     10,         idle-minutes=20,      50,     5,      420,     never,    never
          IDLE,      290,     10,         idle-minutes=240,     50,     5,      420,     never,    never
          IDLE,      290,     10,         keep-until=2027-01-01T00:00Z, 50, 5,  420,     never,    never
          IDLE,      290,     ,           '',                   always, always, 420,     never,    never
          IDLE,      290,     291,        '',                   always, always, 420,     never,    never
          IDLE,      ,        10,         '',                   50,     5,      420,     never,    never
          """)
  void ofASessionThatWasLookedAt(ArgumentsAccessor row) {
    Session session =
        session(
            row.get(0, SessionState.class),
            ago(row.getString(1)),
            ago(row.getString(2)),
            row.getString(3));
    for (int i = 0; i < RULES.size(); i++) {
      IdlePolicy policy = policy(RULES.get(i));
      Instant earliest = policy.earliest(session, NOW);
      assertThat(earliest).as("%s", RULES.get(i)).isEqualTo(in(row.getString(4 + i)));
      if (earliest.isAfter(NOW)) {
        Instant last = earliest.equals(Instant.MAX) ? earliest : earliest.minusMillis(1);
        assertThat(policy.decide(session, NOW).verdict()).isNotEqualTo(Decision.Verdict.TERMINATE);
        assertThat(policy.decide(session, last).verdict()).isNotEqualTo(Decision.Verdict.TERMINATE);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TERMINATING", "TERMINATED", "FAILED", "UNKNOWN"})
  void ofASessionInAStateThatIsNotLiveNothingIsKnown(SessionState state) {
    Session session = session(state, ago(290), ago(10), "");

    assertThat(ALL.earliest(session, NOW)).isEqualTo(Instant.MIN);
  }

  @Test
  void isThatOfTheRuleThatComesFirst() {
    Rule idle = RULES.get(0);
    Rule maxAge = RULES.get(2);
    Session used = session(SessionState.IDLE, ago(290), ago(10), "");

    assertThat(policy(idle, maxAge).earliest(used, NOW)).isEqualTo(in("50"));
    assertThat(policy(maxAge, idle).earliest(used, NOW)).isEqualTo(in("50"));
    assertThat(policy(idle, maxAge).earliest(listed(SessionState.BUSY, 700), NOW))
        .isEqualTo(in("20"));
  }

  /** What was not idle when it was seen is measured from then. */
  @Test
  void countsFromWhenItWasSeen() {
    Rule idle = RULES.get(0);

    assertThat(policy(idle).earliest(listed(SessionState.BUSY, 300), ago(7))).isEqualTo(in("53"));
    assertThat(policy(idle).earliest(session(SessionState.BUSY, null, null, ""), ago(7)))
        .isEqualTo(in("53"));
    assertThat(policy(idle).earliest(listed(SessionState.IDLE, 20), ago(7))).isEqualTo(in("40"));
  }
}
