package io.sparkgate.function.reaper;

import static io.sparkgate.function.reaper.JobRunRule.Kind.BATCH;
import static io.sparkgate.function.reaper.JobRunRule.Kind.STREAMING;
import static io.sparkgate.function.reaper.JobRunRule.Kind.STUCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.reaper.Decision.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JobRunPolicyTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final KeepTag KEEP = new KeepTag("keep-until");
  private static final Map<String, String> NO_TAGS = Map.of();

  private static final JobRunPolicy POLICY =
      policy(rule(STUCK, 30), rule(STREAMING, 720), rule(BATCH, 240));

  @ParameterizedTest
  @CsvSource({
    "SUBMITTED, BATCH, 29, KEEP, 'waiting, in state SUBMITTED, for 29 min, limit 30 min'",
    "SUBMITTED, BATCH, 30, TERMINATE, 'waiting, in state SUBMITTED, for 30 min, limit 30 min'",
    "PENDING, BATCH, 31, TERMINATE, 'waiting, in state PENDING, for 31 min, limit 30 min'",
    "SCHEDULED, STREAMING, 31, TERMINATE, 'waiting, in state SCHEDULED, for 31 min, limit 30 min'",
    "QUEUED, STREAMING, 31, TERMINATE, 'waiting, in state QUEUED, for 31 min, limit 30 min'",
    "QUEUED, STREAMING, 800, TERMINATE, 'waiting, in state QUEUED, for 800 min, limit 30 min'",
    "QUEUED, UNKNOWN, 31, TERMINATE, 'waiting, in state QUEUED, for 31 min, limit 30 min'",
    "RUNNING, STREAMING, 719, KEEP, 'a streaming job alive for 719 min, limit 720 min'",
    "RUNNING, STREAMING, 720, TERMINATE, 'a streaming job alive for 720 min, limit 720 min'",
    "RUNNING, BATCH, 239, KEEP, 'a batch job alive for 239 min, limit 240 min'",
    "RUNNING, BATCH, 240, TERMINATE, 'a batch job alive for 240 min, limit 240 min'",
    "RUNNING, UNKNOWN, 9999, KEEP, no rule applies to a job run of mode UNKNOWN in state RUNNING"
  })
  void cancelsWhatWaitsOrLivesForTooLong(
      JobRunState state, JobRunMode mode, long minutes, Verdict verdict, String reason) {
    Decision decision = POLICY.decide(run(state, mode, minutes, NO_TAGS), NOW);

    assertThat(decision.verdict()).isEqualTo(verdict);
    assertThat(decision.reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @EnumSource(names = {"CANCELLING", "CANCELLED", "SUCCESS", "FAILED", "UNKNOWN"})
  void neverTouchesWhatIsOverOrUnheardOf(JobRunState state) {
    Decision decision = POLICY.decide(run(state, JobRunMode.BATCH, 9999, NO_TAGS), NOW);

    assertThat(decision.verdict()).isEqualTo(Verdict.KEEP);
    assertThat(decision.reason()).isEqualTo("a job run in state " + state + " is never touched");
    assertThat(POLICY.earliest(run(state, JobRunMode.BATCH, 9999, NO_TAGS), NOW))
        .isEqualTo(Instant.MIN);
  }

  @Test
  void leavesAloneWhatNoRuleIsAbout() {
    JobRun batch = run(JobRunState.RUNNING, JobRunMode.BATCH, 9999, NO_TAGS);
    JobRunPolicy streamingOnly = policy(rule(STREAMING, 60));

    assertThat(streamingOnly.decide(batch, NOW).reason())
        .isEqualTo("no rule applies to a job run of mode BATCH in state RUNNING");
    assertThat(streamingOnly.mayBeDue(batch.listed(), NOW)).isFalse();
    assertThat(streamingOnly.earliest(batch.listed(), NOW)).isEqualTo(Instant.MAX);
  }

  /** The service tries a streaming job again for ever: its age says nothing about its waiting. */
  @Test
  void measuresTheWaitingOfTheAttemptThatIsMadeNow() {
    JobRun retried = run(JobRunState.PENDING, JobRunMode.STREAMING, 700, ago(5), NO_TAGS);

    assertThat(POLICY.decide(retried, NOW).verdict()).isEqualTo(Verdict.KEEP);
    assertThat(POLICY.mayBeDue(retried.listed(), NOW)).isFalse();
    assertThat(POLICY.decide(retried, NOW.plus(Duration.ofMinutes(20))).rule())
        .isEqualTo("streaming");
  }

  @Test
  void takesNoAttemptForOlderThanItsJobRun() {
    JobRun odd = run(JobRunState.PENDING, JobRunMode.BATCH, 10, Instant.EPOCH, NO_TAGS);

    assertThat(POLICY.decide(odd, NOW).verdict()).isEqualTo(Verdict.KEEP);
  }

  @Test
  void countsATimeInTheFutureAsNow() {
    JobRun young = run(JobRunState.QUEUED, JobRunMode.BATCH, -5, NO_TAGS);

    assertThat(POLICY.decide(young, NOW).reason())
        .isEqualTo("waiting, in state QUEUED, for 0 min, limit 30 min");
  }

  @Test
  void isHeldBackByTheTagThatProtectsSessions() {
    Map<String, String> tags = Map.of("keep-until", "2026-11-20T18:00:00Z");
    Decision decision =
        POLICY.decide(run(JobRunState.RUNNING, JobRunMode.STREAMING, 800, tags), NOW);

    assertThat(decision.verdict()).isEqualTo(Verdict.EXEMPT);
    assertThat(decision.reason())
        .isEqualTo(
            "protected until 2026-11-20T18:00:00Z by tag keep-until;"
                + " otherwise a streaming job alive for 800 min, limit 720 min");
  }

  @Test
  void isHeldBackForAWhileByATagThatCannotBeRead() {
    Map<String, String> tags = Map.of("keep-until", "for ever");
    JobRun run = run(JobRunState.RUNNING, JobRunMode.STREAMING, 800, tags);

    Decision soon = POLICY.decide(run, NOW);
    Decision later = POLICY.decide(run, NOW.plus(KeepTag.GRACE));

    assertThat(soon.verdict()).isEqualTo(Verdict.EXEMPT);
    assertThat(soon.unreadable()).containsExactly(Unreadable.KEEP_UNTIL);
    assertThat(later.verdict()).isEqualTo(Verdict.TERMINATE);
  }

  @ParameterizedTest
  @CsvSource({
    "team, billing, EXEMPT",
    "team, Billing, TERMINATE",
    "Team, billing, TERMINATE",
    "teams, billing, TERMINATE",
    "purpose, ingest, EXEMPT"
  })
  void isHeldBackByAnyOfItsOwnTagsToTheLetter(String key, String value, Verdict verdict) {
    JobRunPolicy policy =
        new JobRunPolicy(
            KEEP,
            List.of(Map.entry("team", "billing"), Map.entry("purpose", "ingest")),
            POLICY.rules());
    JobRun run = run(JobRunState.RUNNING, JobRunMode.STREAMING, 800, Map.of(key, value));

    Decision decision = policy.decide(run, NOW);

    assertThat(decision.verdict()).isEqualTo(verdict);
    if (verdict == Verdict.EXEMPT) {
      assertThat(decision.reason())
          .isEqualTo(
              "protected by tag %s=%s; otherwise a streaming job alive for 800 min, limit 720 min"
                  .formatted(key, value));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "QUEUED, STREAMING, 10, 20", // by its waiting
    "RUNNING, STREAMING, 10, 30", // may fail, and wait again
    "RUNNING, STREAMING, 710, 10", // by its age
    "RUNNING, UNKNOWN, 10, 30"
  })
  void isDueNoEarlierThanItSays(JobRunState state, JobRunMode mode, long age, long minutesFromNow) {
    assertThat(POLICY.earliest(run(state, mode, age, NO_TAGS), NOW))
        .isEqualTo(NOW.plus(Duration.ofMinutes(minutesFromNow)));
  }

  @Test
  void knowsItsSmallestLimit() {
    assertThat(POLICY.smallestLimit()).isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void refusesATagWithoutAValue() {
    assertThatThrownBy(
            () ->
                run(
                    JobRunState.RUNNING,
                    JobRunMode.BATCH,
                    1,
                    Collections.singletonMap("team", null)))
        .hasMessage("tag team has no value");
  }

  private static JobRunPolicy policy(JobRunRule... rules) {
    return new JobRunPolicy(KEEP, List.of(), List.of(rules));
  }

  private static JobRunRule rule(JobRunRule.Kind kind, long minutes) {
    return new JobRunRule(kind, Duration.ofMinutes(minutes));
  }

  private static Instant ago(long minutes) {
    return NOW.minus(Duration.ofMinutes(minutes));
  }

  private static JobRun run(
      JobRunState state, JobRunMode mode, long age, Map<String, String> tags) {
    return run(state, mode, age, null, tags);
  }

  private static JobRun run(
      JobRunState state,
      JobRunMode mode,
      long age,
      @Nullable Instant attempt,
      Map<String, String> tags) {
    return new JobRun(
        new ListedJobRun("app", "r1", null, "alice", "role", state, mode, ago(age), attempt), tags);
  }
}
