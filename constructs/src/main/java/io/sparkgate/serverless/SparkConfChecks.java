package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Secrets;
import io.sparkgate.spark.Classification;
import io.sparkgate.spark.CpuArchitecture;
import io.sparkgate.spark.ReleaseLabel;
import java.util.List;
import java.util.Locale;

/** Settings that sessions refuse, ignore or should not show. */
final class SparkConfChecks {

  private static final String RESERVED = "spark.connect.grpc.binding.address";
  private static final String LAKE_FORMATION = "spark.emr-serverless.lakeformation.enabled";
  private static final ReleaseLabel WITHOUT_DELTA_CORE = ReleaseLabel.of("emr-7.0.0");
  private static final List<String> JAVA_HOMES =
      List.of("spark.emr-serverless.driverEnv.JAVA_HOME", "spark.executorEnv.JAVA_HOME");

  private SparkConfChecks() {}

  static void check(Findings findings, ApplicationSettings settings) {
    for (Classification classification : settings.runtime.classifications()) {
      classification
          .properties()
          .forEach(
              (key, value) -> {
                if (settings.type.takesSessions()) {
                  checkOfSessions(findings, key, value);
                }
                check(findings, key, value, settings);
              });
      checkExecutors(findings, classification);
      checkIceberg(findings, classification);
    }
  }

  private static void checkOfSessions(Findings findings, String key, String value) {
    String lower = value.trim().toLowerCase(Locale.ROOT);
    findings.errorIf(
        key.equals(RESERVED),
        "'%s' is reserved by EMR Serverless for sessions; remove it".formatted(key));
    findings.errorIf(
        key.equals(LAKE_FORMATION) && lower.equals("true"),
        "'%s' is true, but sessions do not support Lake Formation; remove it".formatted(key));
    findings.errorIf(
        key.toLowerCase(Locale.ROOT).contains("serverlessstorage") && lower.equals("true"),
        "'%s' is true, but sessions do not support serverless storage; remove it".formatted(key));
  }

  private static void check(
      Findings findings, String key, String value, ApplicationSettings settings) {
    String lower = value.trim().toLowerCase(Locale.ROOT);
    findings.errorIf(
        key.equals("spark.jars")
            && value.contains("/usr/share/aws/delta/lib/delta-core")
            && !settings.releaseLabel.isBefore(WITHOUT_DELTA_CORE),
        """
        'spark.jars' names delta-core, which releases since 7.0.0 do not have; use \
        /usr/share/aws/delta/lib/delta-spark.jar""");
    checkJavaHome(findings, key, value, settings.architecture);
    findings.warnIf(
        Secrets.isPlain(key, value),
        "plainTextSecret",
        """
        '%s' looks like a secret in plain text, and everybody who may call GetApplication reads \
        it; store it in Secrets Manager and use EMR.secret@<secret-name>"""
            .formatted(key));
  }

  /** EMR Serverless User Guide, Lake Formation: considerations. */
  private static void checkIceberg(Findings findings, Classification classification) {
    var conf = classification.properties();
    if (!"true".equalsIgnoreCase(conf.get(LAKE_FORMATION))) {
      return;
    }
    conf.forEach(
        (key, value) ->
            findings.errorIf(
                value.equals("org.apache.iceberg.spark.SparkCatalog")
                    && !key.equals("spark.sql.catalog.spark_catalog"),
                """
                '%s' is an Iceberg catalog with a name of its own, but '%s' is true, and \
                fine-grained access knows Iceberg tables of spark_catalog only; leave out one of \
                them"""
                    .formatted(key, LAKE_FORMATION)));
  }

  static void checkJavaHome(
      Findings findings, String key, String value, CpuArchitecture architecture) {
    String foreign = architecture == CpuArchitecture.ARM64 ? "x86_64" : "aarch64";
    findings.errorIf(
        JAVA_HOMES.contains(key) && value.toLowerCase(Locale.ROOT).contains(foreign),
        "'%s' is '%s', but architecture is %s; use the Java of that architecture"
            .formatted(key, value, architecture));
  }

  private static void checkExecutors(Findings findings, Classification classification) {
    var conf = classification.properties();
    findings.warnIf(
        "false".equalsIgnoreCase(conf.get("spark.dynamicAllocation.enabled"))
            && conf.containsKey("spark.dynamicAllocation.maxExecutors"),
        "maxExecutorsWithoutDynamicAllocation",
        """
        spark.dynamicAllocation.maxExecutors has no effect while spark.dynamicAllocation.enabled \
        is false; set spark.executor.instances instead, or keep dynamic allocation on""");
  }
}
