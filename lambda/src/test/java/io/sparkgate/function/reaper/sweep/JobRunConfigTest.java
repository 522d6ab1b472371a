package io.sparkgate.function.reaper.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.reaper.JobRunPolicy;
import io.sparkgate.function.reaper.JobRunRule;
import io.sparkgate.function.reaper.KeepTag;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobRunConfigTest {

  private static final String DOCUMENT =
      """
      {"applications":["00app"], "idleMinutes":60, "keepTag":"keep", "maxTerminations":25,
       "dryRun":true, "rates":{"listSessions":{"perSecond":0.5,"burst":12},
       "getSession":{"perSecond":5,"burst":25},"terminateSession":{"perSecond":1,"burst":2}},
       "jobRuns":{"stuckMinutes":30,"streamingMinutes":720,"batchMinutes":1440,
       "unlessTagged":[{"key":"team","value":"billing"},{"key":"ingest","value":""}],
       "maxCancellations":5,"dryRun":false,
       "rates":{"listJobRuns":{"perSecond":0.6,"burst":12},
       "getJobRun":{"perSecond":5,"burst":25},"cancelJobRun":{"perSecond":1,"burst":2}}}}""";

  @Test
  void readsWhatIsSaidOfJobRuns() {
    ReaperConfig config = ReaperConfig.parse(DOCUMENT);

    assertThat(config.dryRun()).isTrue();
    assertThat(config.jobRuns())
        .isEqualTo(
            new JobRunConfig(
                new JobRunPolicy(
                    new KeepTag("keep"),
                    List.of(Map.entry("team", "billing"), Map.entry("ingest", "")),
                    List.of(
                        new JobRunRule(JobRunRule.Kind.STUCK, Duration.ofMinutes(30)),
                        new JobRunRule(JobRunRule.Kind.STREAMING, Duration.ofHours(12)),
                        new JobRunRule(JobRunRule.Kind.BATCH, Duration.ofHours(24)))),
                new RoundContext.Limits(5, false),
                Map.of(
                    Operation.LIST_JOB_RUNS, new Rate(0.6, 12),
                    Operation.GET_JOB_RUN, new Rate(5, 25),
                    Operation.CANCEL_JOB_RUN, new Rate(1, 2))));
    assertThat(config.allRates()).hasSize(6);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
      "stuckMinutes":30 | "stuckMinutes":0 | stuckMinutes is 0; allowed: a whole number from 1 to 43200. Correct the value
      "streamingMinutes":720 | "streamingMinutes":43201 | streamingMinutes is 43201; allowed: a whole number from 1 to 43200. Correct the value
      "batchMinutes":1440 | "batchMinutes":1.5 | batchMinutes is 1.5; allowed: a whole number from 1 to 43200. Correct the value
      "stuckMinutes":30,"streamingMinutes":720,"batchMinutes":1440, | `` | stuckMinutes is missing; allowed: a whole number from 1 to 43200. Add it
      "maxCancellations":5 | "maxCancellations":0 | maxCancellations is 0; allowed: a whole number from 1 to 1000. Correct the value
      "maxCancellations":5,"dryRun":false | "maxCancellations":5,"dryRun":"no" | dryRun is "no"; allowed: true or false. Correct the value
      "key":"team" | "key":"te,am" | unlessTagged[0].key is "te,am"; allowed: a text that matches [A-Za-z0-9 /_.:=+@-]{1,128}. Correct the value
      "value":"billing" | "value":"bil,ling" | unlessTagged[0].value is "bil,ling"; allowed: a text that matches [A-Za-z0-9 /_.:=+@-]{0,256}. Correct the value
      "key":"ingest" | "keys":"ingest" | unlessTagged[1].keys is "ingest"; allowed: no such field, only key, value. Correct the name or remove it
      [{"key":"team","value":"billing"},{"key":"ingest","value":""}] | [] | unlessTagged is []; allowed: at least one object with the fields key, value. Correct the value
      "cancelJobRun" | "cancelSession" | rates.cancelSession is {"perSecond":1,"burst":2}; allowed: no such field, only listJobRuns, getJobRun, cancelJobRun. Correct the name or remove it
      "perSecond":0.6 | "perSecond":0 | rates.listJobRuns.perSecond is 0; allowed: a number from 0.01 to 10000. Correct the value
      "batchMinutes":1440 | "idleMinutes":60 | idleMinutes is 60; allowed: no such field, only stuckMinutes, streamingMinutes, batchMinutes, unlessTagged, maxCancellations, dryRun, rates. Correct the name or remove it
      """)
  void saysWhatIsWrongWithAValue(String from, String to, String message) {
    assertThat(DOCUMENT).contains(from);
    assertThatThrownBy(() -> ReaperConfig.parse(DOCUMENT.replace(from, to)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("SPARKGATE_REAPER: jobRuns." + message);
  }

  @Test
  void isAnObject() {
    String number = DOCUMENT.replaceFirst("(?s)\"jobRuns\":.*", "\"jobRuns\":30}");
    assertThatThrownBy(() -> ReaperConfig.parse(number))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "SPARKGATE_REAPER: jobRuns is 30; allowed: an object with the fields stuckMinutes,"
                + " streamingMinutes, batchMinutes, unlessTagged, maxCancellations, dryRun, rates."
                + " Give an object");
  }
}
