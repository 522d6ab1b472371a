package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Spark configuration of a session or a job run. */
record SparkConf(Map<String, String> values) {

  private static final String CLASSIFICATION = "spark-defaults";
  private static final String RESERVED = "spark.connect.grpc.binding.address";

  /** What of a catalog only an application can say: a session's is ignored, AWS's samples warn. */
  private static final Pattern OF_A_CATALOG =
      Pattern.compile(
          "spark\\.sql\\.(catalog\\..*|catalogImplementation|extensions|defaultCatalog)"
              + "|spark\\.hadoop\\.hive\\.metastore\\..*");

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})([kmgt]?)b?");

  /**
   * The application's configuration under the session's. The service merges by classification: when
   * the session has its own spark-defaults, none of the application's remain but for its catalogs,
   * of which the session cannot say anything (that they remain: assumed, not seen).
   */
  static SparkConf of(JsonNode application, JsonNode session) {
    Map<String, String> values = merged(application, session, "runtimeConfiguration");
    Map<String, String> applications = new TreeMap<>();
    read(application.path("runtimeConfiguration"), applications);
    values.keySet().removeIf(SparkConf::isOfACatalog);
    applications.forEach(
        (key, value) -> {
          if (isOfACatalog(key)) {
            values.put(key, value);
          }
        });
    if (values.containsKey(RESERVED)) {
      throw Fault.validation(
          "Spark configuration " + RESERVED + " is reserved by the service. Remove it.");
    }
    return new SparkConf(values);
  }

  private static boolean isOfACatalog(String key) {
    return OF_A_CATALOG.matcher(key).matches();
  }

  /** The same for a job run, whose submit parameters win over both, property by property. */
  static SparkConf ofJob(JsonNode application, JsonNode run, Map<String, String> parameters) {
    Map<String, String> values = merged(application, run, "applicationConfiguration");
    values.putAll(parameters);
    return new SparkConf(values);
  }

  private static Map<String, String> merged(JsonNode application, JsonNode work, String overrides) {
    Map<String, String> values = new TreeMap<>();
    if (!read(work.path("configurationOverrides").path(overrides), values)) {
      read(application.path("runtimeConfiguration"), values);
    }
    return values;
  }

  private static boolean read(JsonNode configurations, Map<String, String> values) {
    boolean found = false;
    for (JsonNode configuration : configurations) {
      if (configuration.path("classification").asText().equals(CLASSIFICATION)) {
        found = true;
        for (Map.Entry<String, JsonNode> property : configuration.path("properties").properties()) {
          values.put(property.getKey(), property.getValue().asText());
        }
      }
    }
    return found;
  }

  /** A whole number, or the default where there is none: the driver will say what is wrong. */
  long whole(String key, long byDefault) {
    String value = values.getOrDefault(key, "");
    return value.matches("[0-9]{1,9}") ? Long.parseLong(value) : byDefault;
  }

  double factor(String key, double byDefault) {
    String value = values.getOrDefault(key, "");
    return value.matches("[0-9]{0,3}(\\.[0-9]{1,9})?") && !value.isEmpty()
        ? Double.parseDouble(value)
        : byDefault;
  }

  boolean flag(String key, boolean byDefault) {
    String value = values.getOrDefault(key, "");
    return value.isEmpty() ? byDefault : value.equalsIgnoreCase("true");
  }

  /** An amount of memory in MiB, which is also Spark's unit where none is written. */
  long mebibytes(String key, long byDefault) {
    Matcher size = SIZE.matcher(values.getOrDefault(key, "").toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      return byDefault;
    }
    long number = Long.parseLong(size.group(1));
    return switch (size.group(2)) {
      case "k" -> number / 1024;
      case "g" -> number * 1024;
      case "t" -> number * 1024 * 1024;
      default -> number;
    };
  }
}
