package io.sparkgate.function.reaper.sweep;

import io.sparkgate.border.Configuration;
import io.sparkgate.function.ConfigObject;
import io.sparkgate.function.reaper.IdlePolicy;
import io.sparkgate.function.reaper.IdleTag;
import io.sparkgate.function.reaper.KeepTag;
import io.sparkgate.function.reaper.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The rules on sessions as a document gives them, the reaper's own or one that foretells it. */
public final class SessionRules {

  /** The fields of the document. */
  public static final List<String> FIELDS =
      List.of(
          Configuration.IDLE_MINUTES,
          Configuration.IDLE_TAG,
          Configuration.MAX_AGE_MINUTES,
          Configuration.STARTING_MINUTES,
          Configuration.UNUSED_MINUTES);

  /** A week. The service ends a session after a day by default; more is a mistake in the unit. */
  private static final int MAX_MINUTES = 10_080;

  private SessionRules() {}

  /** Reads those that the object gives: idleMinutes is required, what is left out is off. */
  public static IdlePolicy read(ConfigObject config, KeepTag keepTag) {
    return new IdlePolicy(keepTag, rules(config));
  }

  private static List<Rule> rules(ConfigObject config) {
    List<Rule> rules = new ArrayList<>();
    Duration idle = minutes(config, Configuration.IDLE_MINUTES, 1);
    rules.add(new Rule.Idle(idle, config.has(Configuration.IDLE_TAG) ? idleTag(config) : null));
    addIfGiven(rules, config, Configuration.MAX_AGE_MINUTES, Rule.MaxAge::new);
    addIfGiven(rules, config, Configuration.STARTING_MINUTES, Rule.Starting::new);
    addIfGiven(rules, config, Configuration.UNUSED_MINUTES, Rule.Unused::new);
    return rules;
  }

  private static void addIfGiven(
      List<Rule> rules, ConfigObject config, String field, Function<Duration, Rule> rule) {
    if (config.has(field)) {
      rules.add(rule.apply(minutes(config, field, 1)));
    }
  }

  private static IdleTag idleTag(ConfigObject config) {
    ConfigObject tag =
        config.object(
            Configuration.IDLE_TAG,
            List.of(
                Configuration.IDLE_TAG_KEY,
                Configuration.IDLE_TAG_MIN_MINUTES,
                Configuration.IDLE_TAG_MAX_MINUTES));
    String key = tag.text(Configuration.IDLE_TAG_KEY, ConfigObject.TAG_KEY);
    Duration min = minutes(tag, Configuration.IDLE_TAG_MIN_MINUTES, 1);
    return new IdleTag(
        key, min, minutes(tag, Configuration.IDLE_TAG_MAX_MINUTES, (int) min.toMinutes()));
  }

  private static Duration minutes(ConfigObject config, String field, int min) {
    return Duration.ofMinutes(config.whole(field, min, MAX_MINUTES));
  }
}
