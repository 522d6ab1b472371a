package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Tokens;
import io.sparkgate.spark.Classification;
import java.util.List;
import java.util.regex.Pattern;

/** The shape of the runtime configuration: names, numbers, lengths. */
final class ClassificationChecks {

  private static final List<String> KNOWN =
      List.of(
          SparkConf.CLASSIFICATION,
          "spark",
          "spark-driver-log4j2",
          "spark-executor-log4j2",
          "core-site",
          "hive-site",
          "emrfs-site",
          "tez-site");
  private static final List<String> RESERVED_LOG4J2 =
      List.of(
          "rootLogger.appenderRef.stdout.ref",
          "appender.console.type",
          "appender.console.name",
          "appender.console.target",
          "appender.console.layout.type",
          "appender.console.layout.pattern");
  private static final Pattern KEY = Pattern.compile("[a-zA-Z]+[-a-zA-Z0-9_.]*");
  private static final int MAX = 100;
  private static final int MAX_LENGTH = 1024;

  private ClassificationChecks() {}

  static void check(Findings findings, RuntimeConfiguration runtime) {
    List<Classification> classifications = runtime.classifications();
    findings.errorIf(!runtime.clashes().isEmpty(), String.join("; ", runtime.clashes()));
    findings.errorIf(
        classifications.size() > MAX,
        "there are %s classifications; use at most %s".formatted(classifications.size(), MAX));
    for (Classification classification : classifications) {
      String name = classification.name();
      findings.warnIf(
          !KNOWN.contains(name) && !Tokens.isUnresolved(name),
          "unknownClassification",
          "classification '%s' is not one that is known to reach Spark: %s; check its spelling"
              .formatted(name, KNOWN.stream().sorted().toList()));
      findings.errorIf(
          classification.properties().size() > MAX,
          "classification '%s' has %s properties; use at most %s"
              .formatted(name, classification.properties().size(), MAX));
      classification.properties().forEach((key, value) -> check(findings, name, key, value));
    }
  }

  private static void check(Findings findings, String name, String key, String value) {
    findings.errorIf(
        !Tokens.isUnresolved(key) && (key.length() > MAX_LENGTH || !KEY.matcher(key).matches()),
        """
        classification '%s' has key '%s'; use at most %s letters, digits or -_. and start with a \
        letter"""
            .formatted(name, key, MAX_LENGTH));
    findings.errorIf(
        !Tokens.isUnresolved(value)
            && (value.length() > MAX_LENGTH || !value.isEmpty() && value.isBlank()),
        """
        classification '%s' has a value of %s characters under '%s'; use at most %s, not only \
        spaces"""
            .formatted(name, value.length(), key, MAX_LENGTH));
    findings.errorIf(
        name.endsWith("-log4j2") && RESERVED_LOG4J2.contains(key),
        "classification '%s' sets '%s', which EMR Serverless keeps for itself; remove it"
            .formatted(name, key));
  }
}
