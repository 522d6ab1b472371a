package io.sparkgate.spark;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Ordered;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What drivers and executors log, of release 6.8.0 and later.
 *
 * <pre>{@code
 * application.with(
 *     Log4j2.root(Log4j2.Level.WARN).executor("org.apache.spark.sql", Log4j2.Level.DEBUG));
 * }</pre>
 *
 * <p>Where logs go is {@code Logs}'; the console, through which the service takes them, is its own
 * (docs/checks.md).
 */
public final class Log4j2 implements Feature {

  private static final Pattern LOGGER = Pattern.compile("[A-Za-z_$][\\w$]*(\\.[A-Za-z_$][\\w$]*)*");

  private final Map<String, String> driver;
  private final Map<String, String> executor;

  private Log4j2(Map<String, String> driver, Map<String, String> executor) {
    this.driver = Ordered.sorted(driver);
    this.executor = Ordered.sorted(executor);
  }

  /** How much is logged, in the words of Log4j 2. */
  public enum Level {
    /** Nothing. */
    OFF,
    /** What ends a process. */
    FATAL,
    /** What failed. */
    ERROR,
    /** What may fail. */
    WARN,
    /** What happens. */
    INFO,
    /** How it happens. */
    DEBUG,
    /** Each step. */
    TRACE,
    /** Everything. */
    ALL
  }

  /**
   * What everything logs, in drivers and executors.
   *
   * @param level how much
   * @return the setting
   */
  public static Log4j2 root(Level level) {
    return root(level, level);
  }

  /**
   * What everything logs.
   *
   * @param driver how much in drivers
   * @param executor how much in executors
   * @return the setting
   */
  public static Log4j2 root(Level driver, Level executor) {
    return new Log4j2(
        Map.of("rootLogger.level", spelled(driver)), Map.of("rootLogger.level", spelled(executor)));
  }

  /**
   * Sets what one logger logs in drivers.
   *
   * @param logger a class or a package
   * @param level how much
   * @return the same, with this logger
   * @throws IllegalArgumentException if this is no name of a class or package
   */
  public Log4j2 driver(String logger, Level level) {
    return new Log4j2(with(driver, logger, level), executor);
  }

  /**
   * Sets what one logger logs in executors.
   *
   * @param logger a class or a package
   * @param level how much
   * @return the same, with this logger
   * @throws IllegalArgumentException if this is no name of a class or package
   */
  public Log4j2 executor(String logger, Level level) {
    return new Log4j2(driver, with(executor, logger, level));
  }

  private static Map<String, String> with(Map<String, String> before, String logger, Level level) {
    if (!LOGGER.matcher(requireNonNull(logger, "logger")).matches()) {
      throw new IllegalArgumentException(
          "Log4j2: '%s' is no class or package; use one such as org.apache.spark.sql"
              .formatted(logger));
    }
    // Dots would end the name of the setting.
    String id = "logger." + logger.replace('.', '_').replace('$', '_');
    Map<String, String> more = new TreeMap<>(before);
    more.put(id + ".name", logger);
    more.put(id + ".level", spelled(level));
    return more;
  }

  private static String spelled(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<Classification> settings(FeatureTarget target) {
    List<Classification> settings = new ArrayList<>();
    settings.add(Classification.of("spark-driver-log4j2", driver));
    settings.add(Classification.of("spark-executor-log4j2", executor));
    return settings;
  }

  @Override
  public List<String> problems(FeatureTarget target) {
    return SparkDefaults.before("6.8.0", target, this);
  }

  @Override
  public String toString() {
    return "Log4j2";
  }
}
