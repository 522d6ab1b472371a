package io.sparkgate.cluster;

import static java.util.Map.entry;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Ordered;
import io.sparkgate.internal.Secrets;
import io.sparkgate.internal.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;

/**
 * The settings that the server starts with. They travel in the step and not in the cluster, because
 * a cluster is replaced when its own change.
 */
final class ServerConf {

  static final String STREAM = "spark.connect.execute.reattachable.senderMaxStreamDuration";

  private static final String PLUGINS = "spark.plugins";
  private static final String IDLE_STOP = "spark.sparkgate.idleStop";
  private static final String RESTART = "spark.sparkgate.restart";
  private static final String DRIVER_MEMORY = "spark.driver.memory";
  private static final String INTERCEPTORS = "spark.connect.grpc.interceptor.classes";
  private static final String PACKAGE = "io.sparkgate.server.";

  /** Settings that this library owns, and what says them. */
  private static final Map<String, String> OWNED =
      Ordered.map(
          entry(DRIVER_MEMORY, "ClusterCapacity.driverMemory"),
          entry(IDLE_STOP, "idleTermination"),
          entry(RESTART, "restart"),
          entry(INTERCEPTORS, "the endpoint's authentication"),
          entry("spark.connect.authenticate.token", "the endpoint's authentication"),
          entry("spark.connect.grpc.binding.port", "nothing: it is always 15002"),
          entry("spark.connect.grpc.binding.address", "nothing: the front must reach it"),
          entry("spark.master", "nothing: it is YARN"),
          entry("spark.submit.deployMode", "nothing: the server is the primary node's"));

  private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|min|h|d)?");

  private final Map<String, String> conf;

  private ServerConf(Map<String, String> conf) {
    this.conf = conf;
  }

  /** Adds up ours and theirs; what protects people is ours alone. */
  static ServerConf of(Findings findings, ClusterSettings settings) {
    Map<String, String> given = settings.serverSettings;
    long driverMib = settings.capacity.driverMib();
    Duration idle = settings.idleTermination;
    Map<String, String> conf = new TreeMap<>();
    conf.put("spark.dynamicAllocation.enabled", "true");
    conf.put("spark.dynamicAllocation.minExecutors", "0");
    // Spark's own is never, so that one forgotten df.cache() would be paid for ever.
    conf.put("spark.dynamicAllocation.cachedExecutorIdleTimeout", "30m");
    conf.put(STREAM, "2m");
    conf.put("spark.pyspark.python", "python3.11");
    given.forEach((key, value) -> check(findings, key, value, idle != null));
    conf.putAll(given);
    conf.put(DRIVER_MEMORY, driverMib % 1024 == 0 ? driverMib / 1024 + "g" : driverMib + "m");
    if (idle != null) {
      conf.put(PLUGINS, PACKAGE + "IdleStop");
      conf.put(IDLE_STOP, idle.toSeconds() + "s");
    }
    if (settings.restart != 0) {
      conf.put(RESTART, Integer.toString(settings.restart));
    }
    return new ServerConf(conf);
  }

  private static void check(Findings findings, String key, String value, boolean stopsWhenIdle) {
    findings.errorIf(
        !key.matches("spark\\.[^=:\\s]+"),
        "serverSettings received the key '%s', but takes settings of Spark, which begin with 'spark.' and have no space, '=' or ':'"
            .formatted(key));
    findings.errorIf(
        value.contains("\n") || value.contains("\r"),
        "serverSettings received a value of '%s' with a line break; use one line".formatted(key));
    findings.errorIf(
        OWNED.containsKey(key),
        "serverSettings received '%s', which is not its to set; it is said by %s"
            .formatted(key, OWNED.get(key)));
    findings.errorIf(
        stopsWhenIdle && key.equals(PLUGINS),
        "serverSettings received '%s', which idleTermination needs for the plugin that stops an idle server; leave out one of them"
            .formatted(key));
    findings.warnIf(
        Secrets.isPlain(key, value),
        "secretInPlainText",
        """
        serverSettings has '%s', which looks like a secret; everybody who may see the template or \
        the step reads it, use Secrets Manager"""
            .formatted(key));
  }

  /**
   * Returns all settings, in the order of their names.
   *
   * @param authentication of the endpoint; null where there is none, and so nobody calls but by the
   *     tunnel, which ends on the machine: an endpoint that is taken away, or comes back in a
   *     rollback, meets a server that lets nobody in rather than everybody
   */
  Map<String, String> settings(@Nullable Authentication authentication) {
    Map<String, String> all = new TreeMap<>(conf);
    List<String> interceptors =
        new ArrayList<>(List.of(PACKAGE + "VersionInterceptor", PACKAGE + "UploadInterceptor"));
    // gRPC asks the last one first: who calls comes before what they want.
    interceptors.add(
        PACKAGE + (authentication == null ? "LoopbackInterceptor" : authentication.interceptor()));
    all.put(INTERCEPTORS, String.join(",", interceptors));
    return all;
  }

  /** Returns after how many seconds the server ends an answer; empty if a token hides it. */
  OptionalLong streamSeconds() {
    return seconds(conf.get(STREAM));
  }

  static OptionalLong seconds(String time) {
    Matcher matcher = TIME.matcher(time.trim());
    if (Tokens.isUnresolved(time) || !matcher.matches()) {
      return OptionalLong.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2) == null ? "ms" : matcher.group(2);
    return OptionalLong.of(
        switch (unit) {
          case "ms" -> (number + 999) / 1000;
          case "s" -> number;
          case "h" -> number * 3600;
          case "d" -> number * 86400;
          default -> number * 60;
        });
  }
}
