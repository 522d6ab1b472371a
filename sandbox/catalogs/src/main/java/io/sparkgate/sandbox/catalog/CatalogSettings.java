package io.sparkgate.sandbox.catalog;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Spark settings ask of catalogs, and what stands in for it here: the same names, with other
 * ends. Settings that speak of no catalog stay as they are.
 */
public final class CatalogSettings {
  private static final String HIVE = "spark.hadoop.hive.metastore.";
  private static final String HIVE_DATABASE = "spark.hadoop.javax.jdo.option.";
  private static final String IMPLEMENTATION = "spark.sql.catalogImplementation";
  private static final String JARS = "spark.jars";

  /** What the image of the service has; here it comes by the class path. */
  private static final Pattern OF_THE_IMAGE =
      Pattern.compile("(local:/*|file:/*)?/usr/(share/aws/(iceberg|delta)|lib/(hudi|iceberg))/.*");

  private static final Pattern TABLE_BUCKET =
      Pattern.compile("arn:[^:]+:s3tables:[^:]*:[^:]*:bucket/([a-z0-9][a-z0-9-]*)");

  private final Map<String, String> asked;
  private final Map<String, String> local = new TreeMap<>();
  private final List<String> remarks = new ArrayList<>();
  private final Set<CatalogJars> jars = EnumSet.noneOf(CatalogJars.class);
  private final List<String> leadToMetastore = new ArrayList<>();

  private CatalogSettings(Map<String, String> asked) {
    this.asked = asked;
  }

  /** Reads the settings of an application, of a session or of a job run. */
  public static CatalogSettings of(Map<String, String> sparkConf) {
    var settings = new CatalogSettings(sparkConf);
    settings.read();
    return settings;
  }

  private void read() {
    local.putAll(asked);
    readHive();
    readDelta();
    asked.forEach(
        (key, value) -> {
          if (isIceberg(key, value)) {
            readIceberg(key.substring(IcebergKeys.PREFIX.length()));
          }
        });
    if (asked.getOrDefault("spark.sql.extensions", "").contains("org.apache.iceberg.")) {
      jars.add(CatalogJars.ICEBERG);
    }
    readJars();
  }

  private void readHive() {
    Set<String> hive =
        asked.keySet().stream()
            .filter(key -> key.startsWith(HIVE) || key.startsWith(HIVE_DATABASE))
            .collect(Collectors.toSet());
    if (hive.isEmpty() && !asked.getOrDefault(IMPLEMENTATION, "").equals("hive")) {
      return;
    }
    local.keySet().removeAll(hive);
    local.put(IMPLEMENTATION, "hive");
    leadToMetastore.add(HIVE + "uris");
    boolean glue = asked.getOrDefault(HIVE + "client.factory.class", "").contains(".glue.");
    remarks.add(
        "catalog spark_catalog: the sandbox's own Hive metastore instead of %s"
            .formatted(
                glue
                    ? "Glue; grants on Glue are not checked here, those on S3 are"
                    : "the one that the settings name"));
  }

  private void readDelta() {
    if (asked.values().stream().anyMatch(value -> value.contains("io.delta.sql."))
        || asked.values().stream().anyMatch(value -> value.contains(".spark.sql.delta."))) {
      jars.add(CatalogJars.DELTA);
    }
  }

  private static boolean isIceberg(String key, String value) {
    return key.matches("spark\\.sql\\.catalog\\.[^.]+")
        && value.startsWith("org.apache.iceberg.spark.Spark");
  }

  private void readIceberg(String name) {
    jars.add(CatalogJars.ICEBERG);
    var keys = new IcebergKeys(name);
    String type = asked.getOrDefault(keys.of("type"), "");
    if (type.equals("hadoop")) {
      return; // Files alone, as everywhere.
    }
    Optional<String> tableBucket = tableBucket(asked.getOrDefault(keys.of("warehouse"), ""));
    boolean s3Tables = tableBucket.isPresent() || asked.containsKey(keys.of("glue.id"));
    boolean glue =
        type.equals("glue") || asked.getOrDefault(keys.of("catalog-impl"), "").contains(".glue.");
    local.keySet().removeIf(keys::leadsToAws);
    local.put(keys.of("type"), "hive");
    local.put(keys.of("io-impl"), "org.apache.iceberg.hadoop.HadoopFileIO");
    tableBucket.ifPresent(bucket -> local.put(keys.of("warehouse"), "s3://" + bucket));
    leadToMetastore.add(keys.of("uri"));
    String instead = s3Tables ? "S3 Tables" : glue ? "Glue" : "the one that the settings name";
    remarks.add(
        "catalog %s: Iceberg on the sandbox's own metastore instead of %s%s"
            .formatted(
                name,
                instead,
                s3Tables
                    ? ", in the bucket s3://%s; grants on Glue and on namespaces are not checked here, those on the tables' data are"
                        .formatted(tableBucket.orElse("…"))
                    : glue ? "; grants on Glue are not checked here, those on S3 are" : ""));
  }

  private void readJars() {
    String written = asked.get(JARS);
    if (written == null) {
      return;
    }
    String others =
        Stream.of(written.split(","))
            .map(String::strip)
            .filter(jar -> !OF_THE_IMAGE.matcher(jar).matches())
            .collect(Collectors.joining(","));
    if (others.isEmpty()) {
      local.remove(JARS);
    } else {
      local.put(JARS, others);
    }
  }

  private static Optional<String> tableBucket(String warehouse) {
    Matcher arn = TABLE_BUCKET.matcher(warehouse);
    return arn.matches() ? Optional.of(arn.group(1)) : Optional.empty();
  }

  /** What a person has to know, a sentence for each catalog that is replaced. */
  public List<String> remarks() {
    return refusal().map(List::of).orElse(List.copyOf(remarks));
  }

  /** Why no session with these settings can be played; empty if it can. */
  public Optional<String> refusal() {
    return asked.entrySet().stream()
            .anyMatch(
                one ->
                    one.getKey().startsWith("spark.")
                        && (one.getValue().contains("org.apache.spark.sql.hudi.")
                            || one.getValue().contains("/hudi-spark")))
        ? Optional.of(
            "Hudi is not played by the sandbox; sessions of this application start on AWS alone, or here without the settings of Catalog.hudi()")
        : Optional.empty();
  }

  /** Whether a metastore has to run. */
  public boolean needMetastore() {
    return !leadToMetastore.isEmpty() && refusal().isEmpty();
  }

  /** ARNs of table buckets of S3 Tables, by the names of the buckets that stand for them. */
  public Map<String, String> tableBuckets() {
    var buckets = new TreeMap<String, String>();
    asked.forEach(
        (key, value) -> {
          if (key.startsWith(IcebergKeys.PREFIX)) {
            tableBucket(value).ifPresent(name -> buckets.put(name, value));
          }
        });
    return buckets;
  }

  /** The settings without those that end at AWS; {@link #ends} are still missing. */
  public Map<String, String> settings() {
    return Map.copyOf(local);
  }

  /**
   * What leads to the metastore.
   *
   * @param metastore where it listens
   */
  public Map<String, String> ends(URI metastore) {
    var ends = new TreeMap<String, String>();
    leadToMetastore.forEach(key -> ends.put(key, metastore.toString()));
    return ends;
  }

  /** The jars that the settings ask for, as entries of a class path. */
  public List<String> classPath() {
    var all = EnumSet.noneOf(CatalogJars.class);
    all.addAll(jars);
    if (needMetastore()) {
      all.add(CatalogJars.HIVE);
    }
    return all.stream().map(CatalogJars::classPath).toList();
  }

  /** The properties of one of Iceberg's catalogs. */
  private record IcebergKeys(String name) {
    static final String PREFIX = "spark.sql.catalog.";

    private static final List<String> OF_AWS =
        List.of("glue.", "client.", "s3.", "rest.", "lakeformation.", "dynamodb.");

    private static final List<String> REPLACED = List.of("type", "catalog-impl", "io-impl", "uri");

    String of(String property) {
      return PREFIX + name + "." + property;
    }

    boolean leadsToAws(String key) {
      return REPLACED.stream().anyMatch(one -> key.equals(of(one)))
          || OF_AWS.stream().anyMatch(one -> key.startsWith(of(one)));
    }
  }
}
