package io.sparkgate.sandbox.spark;

import io.sparkgate.sandbox.emrserverless.JobDrivers.Job;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A job run's Spark conf, made fit for one process on this machine: as a session's is, see {@link
 * LocalConf}, but what lies in S3 stays, for there is a spark-submit that fetches it.
 */
final class JobConf {
  private static final List<String> FETCHED =
      List.of("spark.jars", "spark.files", "spark.archives", "spark.submit.pyFiles");

  private static final Pattern S3 = Pattern.compile("\\s*s3[an]?://.*");
  private static final String NAME = "spark.app.name";

  /** How the service lets a run set variables of its driver. */
  private static final String DRIVER_ENV = "spark.emr-serverless.driverEnv.";

  /** They name what is in the service's image, or in an archive that no driver here unpacks. */
  private static final Set<String> OF_THE_IMAGE =
      Set.of("JAVA_HOME", "SPARK_HOME", "PYSPARK_PYTHON", "PYSPARK_DRIVER_PYTHON");

  private JobConf() {}

  /** The conf for an attempt that keeps its files in a directory. */
  static Map<String, String> of(Job job, Path directory) {
    Map<String, String> asked = job.sparkConf();
    var conf = new TreeMap<>(LocalConf.of(asked, job.jobRunId(), directory));
    if (!asked.containsKey(NAME)) {
      conf.remove(NAME); // Spark names it after its entry point.
    }
    for (String key : FETCHED) {
      String entries = withS3(conf.getOrDefault(key, ""), asked.getOrDefault(key, ""));
      if (!entries.isEmpty()) {
        conf.put(key, entries);
      }
    }
    conf.put("spark.plugins", JobPlugin.class.getName());
    return conf;
  }

  private static String withS3(String local, String asked) {
    var entries = new LinkedHashSet<String>();
    for (String entry : (local + "," + asked).split(",")) {
      if (!entry.isBlank() && (local.contains(entry) || S3.matcher(entry).matches())) {
        entries.add(entry.strip());
      }
    }
    return String.join(",", entries);
  }

  /** The variables that a run asks for. */
  static Map<String, String> environment(Job job) {
    var variables = new TreeMap<String, String>();
    job.sparkConf()
        .forEach(
            (key, value) -> {
              String name = key.substring(Math.min(key.length(), DRIVER_ENV.length()));
              if (key.startsWith(DRIVER_ENV) && !OF_THE_IMAGE.contains(name)) {
                variables.put(name, value);
              }
            });
    return variables;
  }
}
