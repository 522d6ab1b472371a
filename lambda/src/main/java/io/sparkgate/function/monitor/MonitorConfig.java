package io.sparkgate.function.monitor;

import io.sparkgate.border.Configuration;
import io.sparkgate.function.ConfigObject;
import io.sparkgate.function.aws.EventBus;
import io.sparkgate.function.reaper.IdlePolicy;
import io.sparkgate.function.reaper.KeepTag;
import io.sparkgate.function.reaper.sweep.Operation;
import io.sparkgate.function.reaper.sweep.Rate;
import io.sparkgate.function.reaper.sweep.SessionRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the function is told, in one JSON document: what it leaves out is off.
 *
 * @param every from one pass to the next
 * @param policy by which the reaper ends sessions; null where nobody is to be warned
 * @param warn how long before that
 * @param usage where records of usage go; null where there are none
 * @param eventBus null where there are no events
 * @param parameterPrefix where clients read how to connect; null where a warning does not say
 * @param prices null where there are no dollars
 * @param owners null where they may have anything
 * @param mostOwners that have metrics of their own, of each application
 */
record MonitorConfig(
    List<String> applications,
    Duration every,
    KeepTag keepTag,
    @Nullable IdlePolicy policy,
    Duration warn,
    @Nullable Usage usage,
    @Nullable String eventBus,
    @Nullable String parameterPrefix,
    List<String> subnets,
    @Nullable Prices prices,
    @Nullable OwnerLimits owners,
    int mostOwners,
    Map<Operation, Rate> rates) {

  /** A place for objects in S3. */
  record Usage(String bucket, String prefix) {}

  /** The environment variable that carries the document. */
  static final String VARIABLE = Configuration.MONITOR;

  private static final int MOST_MINUTES = 15;
  static final int MOST_WARN_MINUTES = 1_440;
  private static final int MOST_OWNERS = 100;
  private static final int OWNERS = 10;

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9!_.*'()=-]+/)*");
  private static final Pattern PARAMETERS = Pattern.compile("(/[A-Za-z0-9_.-]+){1,15}");
  private static final Pattern SUBNET = Pattern.compile("subnet-[0-9a-z]{1,32}");

  private static final List<String> FIELDS =
      List.of(
          Configuration.APPLICATIONS,
          Configuration.EVERY,
          Configuration.KEEP_TAG,
          Configuration.POLICY,
          Configuration.WARN_MINUTES,
          Configuration.USAGE,
          Configuration.EVENT_BUS,
          Configuration.PARAMETER_PREFIX,
          Configuration.SUBNETS,
          Configuration.PRICES,
          Configuration.OWNERS,
          Configuration.MOST_OWNERS,
          Configuration.RATES);

  /** What another operation of its kind has, where the document does not say. */
  private static final Map<Operation, Operation> KINDS =
      Map.of(
          Operation.LIST_JOB_RUNS, Operation.LIST_SESSIONS,
          Operation.TERMINATE_SESSION, Operation.LIST_SESSIONS,
          Operation.GET_JOB_RUN, Operation.GET_SESSION,
          Operation.GET_APPLICATION, Operation.GET_SESSION);

  /**
   * Reads the document.
   *
   * @throws IllegalArgumentException with one sentence on the first thing that is wrong
   */
  static MonitorConfig parse(@Nullable String text) {
    ConfigObject config = ConfigObject.parse(VARIABLE, text, FIELDS);
    KeepTag keepTag = new KeepTag(config.text(Configuration.KEEP_TAG, ConfigObject.TAG_KEY));
    OwnerLimits owners = config.has(Configuration.OWNERS) ? OwnerLimits.read(config) : null;
    boolean budget = owners != null && owners.dailyDollars() != null;
    boolean warns = config.has(Configuration.POLICY);
    return new MonitorConfig(
        config.texts(Configuration.APPLICATIONS, ConfigObject.ID),
        Duration.ofMinutes(config.whole(Configuration.EVERY, 1, MOST_MINUTES)),
        keepTag,
        warns
            ? SessionRules.read(config.object(Configuration.POLICY, SessionRules.FIELDS), keepTag)
            : null,
        warns
            ? Duration.ofMinutes(config.whole(Configuration.WARN_MINUTES, 1, MOST_WARN_MINUTES))
            : Duration.ZERO,
        config.has(Configuration.USAGE) ? usage(config) : null,
        config.has(Configuration.EVENT_BUS)
            ? config.text(Configuration.EVENT_BUS, EventBus.NAME)
            : null,
        config.has(Configuration.PARAMETER_PREFIX)
            ? config.text(Configuration.PARAMETER_PREFIX, PARAMETERS)
            : null,
        config.has(Configuration.SUBNETS) ? config.texts(Configuration.SUBNETS, SUBNET) : List.of(),
        // A budget without prices is missed as they are.
        config.has(Configuration.PRICES) || budget ? Prices.read(config) : null,
        owners,
        config.has(Configuration.MOST_OWNERS)
            ? config.whole(Configuration.MOST_OWNERS, 0, MOST_OWNERS)
            : OWNERS,
        rates(config));
  }

  /** Whether sessions that live have to be read in each pass, for what they cost so far. */
  boolean hasBudget() {
    return owners != null && owners.dailyDollars() != null;
  }

  private static Usage usage(ConfigObject whole) {
    ConfigObject config =
        whole.object(Configuration.USAGE, List.of(Configuration.BUCKET, Configuration.PREFIX));
    return new Usage(
        config.text(Configuration.BUCKET, BUCKET), config.text(Configuration.PREFIX, PREFIX));
  }

  private static Map<Operation, Rate> rates(ConfigObject config) {
    List<Operation> all =
        List.of(
            Operation.LIST_SESSIONS,
            Operation.GET_SESSION,
            Operation.TERMINATE_SESSION,
            Operation.LIST_JOB_RUNS,
            Operation.GET_JOB_RUN,
            Operation.GET_APPLICATION);
    ConfigObject given =
        config.object(Configuration.RATES, all.stream().map(Operation::field).toList());
    List<Operation> read = new ArrayList<>(all);
    read.removeIf(each -> KINDS.containsKey(each) && !given.has(each.field()));
    Map<Operation, Rate> rates = new EnumMap<>(Rate.readOf(given, read));
    KINDS.forEach((one, like) -> rates.putIfAbsent(one, rates.get(like)));
    return rates;
  }
}
