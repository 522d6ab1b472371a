package io.sparkgate.function.reaper.sweep;

import io.sparkgate.border.Configuration;
import io.sparkgate.function.ConfigObject;
import io.sparkgate.function.aws.JobRuns;
import io.sparkgate.function.reaper.JobRun;
import io.sparkgate.function.reaper.JobRunPolicy;
import io.sparkgate.function.reaper.JobRunRule;
import io.sparkgate.function.reaper.KeepTag;
import io.sparkgate.function.reaper.ListedJobRun;
import io.sparkgate.function.reaper.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the function is told of job runs, where it is to look after them.
 *
 * @param limits how many it may cancel in one sweep, and whether it does
 * @param rates for each operation on job runs, how fast it may be called
 */
record JobRunConfig(JobRunPolicy policy, RoundContext.Limits limits, Map<Operation, Rate> rates) {

  /** Thirty days. A streaming job has no end of its own. */
  static final int MAX_MINUTES = 43_200;

  private static final int MAX_CANCELLATIONS = 1_000;

  private static final Pattern TAG_VALUE = Pattern.compile("[A-Za-z0-9 /_.:=+@-]{0,256}");

  private static final List<String> FIELDS =
      List.of(
          Configuration.STUCK_MINUTES,
          Configuration.STREAMING_MINUTES,
          Configuration.BATCH_MINUTES,
          Configuration.UNLESS_TAGGED,
          Configuration.MAX_CANCELLATIONS,
          Configuration.DRY_RUN,
          Configuration.RATES);

  /** Reads the part of the document; the reaper's tag protects job runs too. */
  static JobRunConfig parse(ConfigObject whole, KeepTag keepTag) {
    ConfigObject config = whole.object(Configuration.JOB_RUNS, FIELDS);
    return new JobRunConfig(
        new JobRunPolicy(keepTag, exemptions(config), rules(config)),
        new RoundContext.Limits(
            config.whole(Configuration.MAX_CANCELLATIONS, 1, MAX_CANCELLATIONS),
            config.flag(Configuration.DRY_RUN)),
        Rate.read(config, Subject.JOB_RUN));
  }

  Round<ListedJobRun, JobRun> round(SweepContext sweep, JobRuns jobRuns, Agenda agenda) {
    return new Round<>(
        new RoundContext<>(
            sweep,
            Subject.JOB_RUN,
            jobRuns,
            policy,
            limits,
            new RoundContext.Operations(
                Operation.LIST_JOB_RUNS, Operation.GET_JOB_RUN, Operation.CANCEL_JOB_RUN)),
        agenda);
  }

  private static List<JobRunRule> rules(ConfigObject config) {
    List<JobRunRule> rules = new ArrayList<>();
    addIfGiven(rules, config, Configuration.STUCK_MINUTES, JobRunRule.Kind.STUCK);
    addIfGiven(rules, config, Configuration.STREAMING_MINUTES, JobRunRule.Kind.STREAMING);
    addIfGiven(rules, config, Configuration.BATCH_MINUTES, JobRunRule.Kind.BATCH);
    if (rules.isEmpty()) {
      // Says that the first is missing.
      config.whole(Configuration.STUCK_MINUTES, 1, MAX_MINUTES);
    }
    return rules;
  }

  private static void addIfGiven(
      List<JobRunRule> rules, ConfigObject config, String field, JobRunRule.Kind kind) {
    if (config.has(field)) {
      rules.add(new JobRunRule(kind, Duration.ofMinutes(config.whole(field, 1, MAX_MINUTES))));
    }
  }

  private static List<Map.Entry<String, String>> exemptions(ConfigObject config) {
    if (!config.has(Configuration.UNLESS_TAGGED)) {
      return List.of();
    }
    List<String> fields = List.of(Configuration.TAG_KEY, Configuration.TAG_VALUE);
    return config.objects(Configuration.UNLESS_TAGGED, fields).stream()
        .map(
            tag ->
                Map.entry(
                    tag.text(Configuration.TAG_KEY, ConfigObject.TAG_KEY),
                    tag.text(Configuration.TAG_VALUE, TAG_VALUE)))
        .toList();
  }
}
