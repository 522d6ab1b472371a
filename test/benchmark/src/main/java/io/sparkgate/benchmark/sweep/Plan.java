package io.sparkgate.benchmark.sweep;

import io.sparkgate.benchmark.Options;
import java.util.List;

/**
 * What is measured.
 *
 * @param settings in their order
 * @param reference from which it is estimated how long one call at a time takes in settings with
 *     more applications; among the settings, and before those
 * @param all whether to measure also what takes many minutes
 */
record Plan(List<Setting> settings, Setting reference, boolean all) {

  private static final int SESSIONS = 25;
  private static final int ROUNDS = 3;

  static Plan of(Options options) {
    return options.brief() ? brief(options) : full(options);
  }

  private static Plan full(Options options) {
    Setting reference = new Setting(40, SESSIONS, 1, Limits.NONE);
    Limits documented = Limits.DOCUMENTED;
    List<Setting> settings =
        List.of(
            new Setting(1, SESSIONS, 5, Limits.NONE),
            new Setting(1, SESSIONS, 5, documented),
            reference,
            new Setting(40, SESSIONS, 1, documented),
            new Setting(1_000, SESSIONS, 1, Limits.NONE),
            // At the documented rates a sweep of so many takes longer than Lambda lets it.
            new Setting(1_000, SESSIONS, 1, documented.times(20)));
    return new Plan(settings, reference, options.all());
  }

  private static Plan brief(Options options) {
    Setting reference = new Setting(2, 5, 1, Limits.NONE);
    Setting limited = new Setting(2, 5, 1, Limits.of(20, 8, 20, 8));
    Setting larger = new Setting(4, 5, 1, Limits.NONE);
    return new Plan(List.of(reference, limited, larger), reference, options.all());
  }

  /** How often each strategy sweeps; only what takes a moment differs much from time to time. */
  int rounds(Setting setting, Options options) {
    return options.roundsOr(setting.applications() == 1 ? ROUNDS : 1, 1);
  }

  boolean isMeasured(Strategy strategy, Setting setting) {
    boolean limited = setting.limits().any();
    boolean large = setting.applications() > reference.applications();
    if (large && strategy.sequential()) {
      return limited && all;
    }
    return !(large && limited && strategy == Strategy.SDK_ADAPTIVE) || all;
  }
}
