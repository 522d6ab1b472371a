package io.sparkgate.function.reaper;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.function.reaper.Decision.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeepTagTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final KeepTag TAG = new KeepTag("keep-until");
  private static final Duration LIMIT = Duration.ofMinutes(60);

  private static Decision idleFor(Duration time, String tag) {
    Decision decision = Decision.measured("idle", "idle", time, LIMIT, "");
    return TAG.apply(decision, Map.of("keep-until", tag), NOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2026-11-21T18:00:00Z          | 2026-11-21T18:00:00Z
          2026-11-21t18:00:00z          | 2026-11-21T18:00:00Z
          2026-11-21T18:00:00+01:00     | 2026-11-21T17:00:00Z
          2026-11-21T18:00:00+0100      | 2026-11-21T17:00:00Z
          2026-11-21T18:00:00+01        | 2026-11-21T17:00:00Z
          2026-11-21T18:00:00-0930      | 2026-11-22T03:30:00Z
          2026-11-21T18:00:00-00:00     | 2026-11-21T18:00:00Z
          2026-11-21T18:00Z             | 2026-11-21T18:00:00Z
          2026-11-21T18Z                | 2026-11-21T18:00:00Z
          2026-11-21T18+01:00           | 2026-11-21T17:00:00Z
          2026-11-21T18:00:00.5Z        | 2026-11-21T18:00:00.500Z
          2026-11-21T18:00:00,25Z       | 2026-11-21T18:00:00.250Z
          2026-11-21T18:00:00.1234567891Z | 2026-11-21T18:00:00.123456789Z
          2026-11-21T18:00:00.123456+00:00 | 2026-11-21T18:00:00.123456Z
          20261121T180000Z              | 2026-11-21T18:00:00Z
          20261121T1800Z                | 2026-11-21T18:00:00Z
          20261121T180000+0100          | 2026-11-21T17:00:00Z
          2026-11-21T24:00:00Z          | 2026-11-22T00:00:00Z
          2026-11-21T24:00Z             | 2026-11-22T00:00:00Z
          2026-11-21T23:59:60Z          | 2026-11-22T00:00:00Z
          2026-11-21 18:00:00Z          | 2026-11-21T18:00:00Z
          2026-11-21 18:00:00+01:00     | 2026-11-21T17:00:00Z
          2026-11-21 18:00:00 +0100     | 2026-11-21T17:00:00Z
          2026-11-21 18:00 UTC          | 2026-11-21T18:00:00Z
          2026-11-21T18:00:00 GMT       | 2026-11-21T18:00:00Z
          ' 2026-11-21T18:00:00Z '      | 2026-11-21T18:00:00Z
          2028-02-29T00:00:00Z          | 2028-02-29T00:00:00Z
          """)
  void readsATimeAsPeopleWriteIt(String value, Instant until) {
    assertThat(idleFor(Duration.ofHours(9), value))
        .extracting(Decision::verdict, Decision::reason)
        .containsExactly(
            Verdict.EXEMPT,
            "protected until "
                + until
                + " by tag keep-until; otherwise idle for 540 min, limit 60 min");
  }

  /** At UTC-12 every clock on earth has passed it. */
  @ParameterizedTest
  @CsvSource({
    "2026-11-21, 2026-11-22T12:00:00Z",
    "20261121, 2026-11-22T12:00:00Z",
    "2026-11-20, 2026-11-21T12:00:00Z",
    "2026-11-20T13:00:00, 2026-11-21T01:00:00Z",
    "2026-11-20 13:00, 2026-11-21T01:00:00Z",
    "2026-11-20T13:00:00.123456, 2026-11-21T01:00:00.123456Z",
  })
  void readsWhatHasNoOffsetWhereItComesLast(String value, Instant until) {
    assertThat(idleFor(Duration.ofHours(9), value))
        .extracting(Decision::verdict, Decision::reason)
        .containsExactly(
            Verdict.EXEMPT,
            "protected until "
                + until
                + " by tag keep-until; otherwise idle for 540 min, limit 60 min");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "true",
        "forever",
        "tomorrow 18:00",
        "1795284000",
        "2026-11",
        "2026-02-29T18:00:00Z",
        "2026-13-01T18:00:00Z",
        "2026-11-21T25:00:00Z",
        "2026-11-21T24:00:01Z",
        "2026-11-21T18:60:00Z",
        "2026-11-21T18:00:00+19:00",
        "2026-11-21T18:00:00 CET",
        "2026-11-21T18:00:00Z or so",
        "21.11.2026 18:00",
        "11/21/2026",
        "2026-11-21Z18:00:00",
      })
  void keepsForFourHoursWhatHasAValueThatCannotBeRead(String value) {
    String what =
        "tag keep-until is no time that can be read: \""
            + value
            + "\"; write one like 2026-12-31T18:00:00Z";

    assertThat(idleFor(Duration.ofMinutes(59), value))
        .extracting(Decision::verdict, Decision::reason)
        .containsExactly(Verdict.KEEP, "idle for 59 min, limit 60 min; " + what);
    assertThat(idleFor(Duration.ofMinutes(90), value))
        .extracting(Decision::verdict, Decision::reason)
        .containsExactly(
            Verdict.EXEMPT,
            "protected until 2026-11-20T15:30:00Z, 4 h after it was due: "
                + what
                + "; otherwise idle for 90 min, limit 60 min");
    assertThat(idleFor(Duration.ofMinutes(299), value).verdict()).isEqualTo(Verdict.EXEMPT);
    assertThat(idleFor(Duration.ofMinutes(300), value))
        .extracting(Decision::verdict, Decision::reason)
        .containsExactly(
            Verdict.TERMINATE,
            "idle for 300 min, limit 60 min; protected for 4 h after it was due, and no longer: "
                + what);
  }

  @Test
  void leavesAloneWhatHasNoTag() {
    Decision decision = Decision.measured("idle", "idle", LIMIT, LIMIT, "");

    assertThat(TAG.apply(decision, Map.of("other", "true"), NOW)).isEqualTo(decision);
  }
}
