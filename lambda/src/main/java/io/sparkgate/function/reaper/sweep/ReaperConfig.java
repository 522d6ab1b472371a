package io.sparkgate.function.reaper.sweep;

import io.sparkgate.border.Configuration;
import io.sparkgate.function.ConfigObject;
import io.sparkgate.function.aws.EventBus;
import io.sparkgate.function.aws.Sessions;
import io.sparkgate.function.reaper.IdlePolicy;
import io.sparkgate.function.reaper.KeepTag;
import io.sparkgate.function.reaper.ListedSession;
import io.sparkgate.function.reaper.Session;
import io.sparkgate.function.reaper.Subject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the function is told, in one JSON document. There are no defaults: what the document leaves
 * out is off, and what it must say is required.
 *
 * @param applications the ids of the applications to sweep, in order
 * @param maxTerminations per sweep, over all applications
 * @param dryRun whether to stop short of terminating
 * @param rates for each operation on sessions, how fast it may be called
 * @param jobRuns what it is told of job runs; null where it does not look after any
 * @param eventBus on which it tells what it ended; null where it tells nobody
 * @param document the document itself, for the record of each sweep
 */
record ReaperConfig(
    List<String> applications,
    IdlePolicy policy,
    int maxTerminations,
    boolean dryRun,
    Map<Operation, Rate> rates,
    @Nullable JobRunConfig jobRuns,
    @Nullable String eventBus,
    Map<?, ?> document) {

  /** The environment variable that carries the document. */
  static final String VARIABLE = Configuration.REAPER;

  static final int MAX_TERMINATIONS = 1_000;

  private static final List<String> FIELDS =
      List.of(
          Configuration.APPLICATIONS,
          Configuration.IDLE_MINUTES,
          Configuration.IDLE_TAG,
          Configuration.KEEP_TAG,
          Configuration.MAX_AGE_MINUTES,
          Configuration.STARTING_MINUTES,
          Configuration.UNUSED_MINUTES,
          Configuration.MAX_TERMINATIONS,
          Configuration.DRY_RUN,
          Configuration.RATES,
          Configuration.JOB_RUNS,
          Configuration.EVENT_BUS);

  /**
   * Reads the document.
   *
   * @throws IllegalArgumentException with one sentence on the first thing that is wrong
   */
  static ReaperConfig parse(@Nullable String text) {
    ConfigObject config = ConfigObject.parse(VARIABLE, text, FIELDS);
    KeepTag keepTag = new KeepTag(config.text(Configuration.KEEP_TAG, ConfigObject.TAG_KEY));
    return new ReaperConfig(
        config.texts(Configuration.APPLICATIONS, ConfigObject.ID),
        SessionRules.read(config, keepTag),
        config.whole(Configuration.MAX_TERMINATIONS, 1, MAX_TERMINATIONS),
        config.flag(Configuration.DRY_RUN),
        Rate.read(config, Subject.SESSION),
        config.has(Configuration.JOB_RUNS) ? JobRunConfig.parse(config, keepTag) : null,
        config.has(Configuration.EVENT_BUS)
            ? config.text(Configuration.EVENT_BUS, EventBus.NAME)
            : null,
        config.values());
  }

  /** The rates of all operations that it uses. */
  Map<Operation, Rate> allRates() {
    Map<Operation, Rate> all = new EnumMap<>(rates);
    if (jobRuns != null) {
      all.putAll(jobRuns.rates());
    }
    return all;
  }

  Round<ListedSession, Session> round(SweepContext sweep, Sessions sessions, Agenda agenda) {
    return new Round<>(
        new RoundContext<>(
            sweep,
            Subject.SESSION,
            sessions,
            policy,
            new RoundContext.Limits(maxTerminations, dryRun),
            new RoundContext.Operations(
                Operation.LIST_SESSIONS, Operation.GET_SESSION, Operation.TERMINATE_SESSION)),
        agenda);
  }
}
