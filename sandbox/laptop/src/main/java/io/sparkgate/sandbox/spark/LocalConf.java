package io.sparkgate.sandbox.spark;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A session's Spark conf, made fit for one process on this machine.
 *
 * <ul>
 *   <li>What asks for a cluster is replaced or left out; the session starts all the same.
 *   <li>What asks for a size stays, so that Spark judges it; only the driver's memory has an
 *       effect, see {@link SessionMemory}.
 *   <li>Everything else is the session's word, and goes to Spark as it is.
 * </ul>
 */
final class LocalConf {

  /** Of a cluster, of the service's image, or a way to listen beyond loopback. */
  private static final List<String> LEFT_OUT =
      List.of(
          "spark.submit.",
          "spark.eventLog.",
          "spark.plugins", // Spark Connect's plugin would open a second server, to the network.
          "spark.task.cpus",
          "spark.task.resource.",
          "spark.executor.resource.",
          "spark.driver.resource.",
          "spark.driver.port",
          "spark.driver.blockManager.port",
          "spark.blockManager.port",
          "spark.shuffle.service.",
          "spark.dynamicAllocation.",
          "spark.executor.instances",
          "spark.hadoop.fs.defaultFS");

  /** On the service they reach the driver by spark-submit, which there is none of here. */
  private static final List<String> FETCHED =
      List.of("spark.jars", "spark.files", "spark.archives");

  private static final String WAREHOUSE = "spark.sql.warehouse.dir";
  private static final String IMPLEMENTATION = "spark.sql.catalogImplementation";
  private static final String HIVE = "hive";

  private static final Pattern S3 = Pattern.compile("\\bs3[an]?://");

  private LocalConf() {}

  /**
   * The conf for a session that keeps its files in a directory.
   *
   * @param sparkConf with catalogs that are here, see {@link Catalogs}
   */
  static Map<String, String> of(Map<String, String> sparkConf, String sessionId, Path directory) {
    var conf = new TreeMap<String, String>();
    conf.put("spark.app.name", sessionId);
    conf.put("spark.sql.shuffle.partitions", "2");
    boolean hive = HIVE.equals(sparkConf.get(IMPLEMENTATION));
    if (!hive) {
      // So that CREATE TABLE works without Hive, which is not on the class path.
      conf.put("spark.sql.legacy.createHiveTableByDefault", "false");
    }
    sparkConf.forEach(
        (key, value) -> {
          if (key.startsWith("spark.") && !isLeftOut(key, value)) {
            conf.put(key, value);
          }
        });
    conf.put("spark.master", "local[2]");
    conf.put("spark.driver.host", "127.0.0.1");
    conf.put("spark.driver.bindAddress", "127.0.0.1");
    conf.put("spark.ui.enabled", "true");
    conf.put("spark.ui.port", "0");
    conf.put("spark.eventLog.enabled", "true");
    conf.put("spark.eventLog.dir", eventsOf(directory).toUri().toString());
    conf.put("spark.local.dir", directory.resolve("local").toString());
    // As on the service, gone with the session, unless its application says where in S3.
    if (!hive || !S3.matcher(conf.getOrDefault(WAREHOUSE, "")).lookingAt()) {
      conf.put(WAREHOUSE, directory.resolve("warehouse").toString());
    }
    conf.put(IMPLEMENTATION, hive ? HIVE : "in-memory");
    return conf;
  }

  /** Where a session writes its events, in its own directory. */
  static Path eventsOf(Path sessionDirectory) {
    return sessionDirectory.resolve("events");
  }

  private static boolean isLeftOut(String key, String value) {
    return LEFT_OUT.stream()
            .anyMatch(name -> name.endsWith(".") ? key.startsWith(name) : key.equals(name))
        || FETCHED.contains(key) && S3.matcher(value).find();
  }
}
