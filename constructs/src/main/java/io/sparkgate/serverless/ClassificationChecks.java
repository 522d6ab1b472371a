package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import io.sparkgate.spark.Classification;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.awscdk.Token;

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
          "emrfs-site");
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

  static void check(Findings findings, List<Classification> classifications) {
    findings.errorIf(
        classifications.size() > MAX,
        () -> "there are " + classifications.size() + " classifications; use at most " + MAX);
    Set<String> seen = new TreeSet<>();
    for (Classification classification : classifications) {
      String name = classification.name();
      findings.errorIf(
          !seen.add(name),
          () ->
              "classification '"
                  + name
                  + "' is there twice; put all its properties into one (sparkDefaults is the"
                  + " classification spark-defaults)");
      findings.warnIf(
          !KNOWN.contains(name) && !Token.isUnresolved(name),
          "unknownClassification",
          () ->
              "classification '"
                  + name
                  + "' is not one that is known to reach Spark: "
                  + KNOWN.stream().sorted().toList()
                  + "; check its spelling");
      findings.errorIf(
          classification.properties().size() > MAX,
          () ->
              "classification '"
                  + name
                  + "' has "
                  + classification.properties().size()
                  + " properties; use at most "
                  + MAX);
      classification.properties().forEach((key, value) -> check(findings, name, key, value));
    }
  }

  private static void check(Findings findings, String name, String key, String value) {
    findings.errorIf(
        !Token.isUnresolved(key) && (key.length() > MAX_LENGTH || !KEY.matcher(key).matches()),
        () ->
            "classification '"
                + name
                + "' has key '"
                + key
                + "'; use at most "
                + MAX_LENGTH
                + " letters, digits or -_. and start with a letter");
    findings.errorIf(
        !Token.isUnresolved(value)
            && (value.length() > MAX_LENGTH || !value.isEmpty() && value.isBlank()),
        () ->
            "classification '"
                + name
                + "' has a value of "
                + value.length()
                + " characters under '"
                + key
                + "'; use at most "
                + MAX_LENGTH
                + ", not only spaces");
    findings.errorIf(
        name.endsWith("-log4j2") && RESERVED_LOG4J2.contains(key),
        () ->
            "classification '"
                + name
                + "' sets '"
                + key
                + "', which EMR Serverless keeps for itself; remove it");
  }
}
