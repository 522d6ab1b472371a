package io.sparkgate.server;

import java.time.Duration;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.Nullable;

/**
 * Ends the server, with exit status 76, when it has executed nothing for {@code
 * spark.sparkgate.idleStop}, an hour where nothing is said; a streaming query counts as long as it
 * is active. Its application is then over, so that EMR sees an idle cluster; systemd starts it no
 * more. A Spark plugin, named in {@code spark.plugins}.
 */
public final class IdleStop implements SparkPlugin {
  /** Of the process, and of {@code RestartPreventExitStatus} in the unit. */
  static final int STATUS = 76;

  private static final String SETTING = "spark.sparkgate.idleStop";
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Made by Spark, as {@code spark.plugins} says. */
  public IdleStop() {}

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public Map<String, String> init(SparkContext context, PluginContext plugin) {
        var unused = limit(plugin.conf()); // What is no time is said at the start.
        background("sparkgate-idle-stop", () -> watch(context, plugin.conf()));
        return Map.of();
      }
    };
  }

  @Override
  public @Nullable ExecutorPlugin executorPlugin() {
    return null;
  }

  /**
   * After how long the server ends.
   *
   * @throws IllegalArgumentException if the setting is no time, or less than a second
   */
  static Duration limit(SparkConf conf) {
    long seconds;
    try {
      seconds = conf.getTimeAsSeconds(SETTING, "60m");
    } catch (NumberFormatException e) {
      seconds = 0;
    }
    if (seconds <= 0) {
      throw new IllegalArgumentException(
          "IdleStop: %s is '%s', and takes a time such as 60m, of a second at least"
              .formatted(SETTING, conf.get(SETTING)));
    }
    return Duration.ofSeconds(seconds);
  }

  private static void watch(SparkContext context, SparkConf conf) {
    IdleClock clock = new IdleClock(System.nanoTime());
    try {
      do {
        Thread.sleep(PAUSE.toMillis());
      } while (clock.idle(Executions.now(), System.nanoTime()) < limit(conf).toNanos());
    } catch (InterruptedException e) {
      return; // The server ends for another reason.
    }
    System.err.printf(
        "sparkgate: nothing was executed for %d s, so the server ends%n", limit(conf).toSeconds());
    background("sparkgate-idle-halt", IdleStop::halt);
    context.stop();
    System.exit(STATUS);
  }

  /**
   * Where YARN does not answer, stopping may hang, and an application that hangs is an active one.
   */
  private static void halt() {
    try {
      Thread.sleep(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      return;
    }
    Runtime.getRuntime().halt(STATUS);
  }

  private static void background(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
