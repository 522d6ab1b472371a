package io.sparkgate.serverless;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Secrets;
import io.sparkgate.internal.Tokens;
import io.sparkgate.spark.Classification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The settings that sessions of an application start with, put together key by key from what
 * several writers say. Two may say the same; lists of Spark's own are joined; where writers say
 * different things otherwise, they clash.
 */
final class RuntimeConfiguration {

  /** What Spark splits at commas, and more than one feature may add to. */
  private static final List<String> LISTS =
      List.of(
          "spark.archives",
          "spark.files",
          "spark.jars",
          "spark.jars.packages",
          "spark.sql.extensions",
          "spark.submit.pyFiles");

  /** Names the class of a catalog, whose other settings have this before them, and a dot. */
  private static final Pattern CATALOG = Pattern.compile("spark\\.sql\\.catalog\\.[^.]+");

  private static final String METASTORE = "spark.hadoop.hive.metastore.";

  private final List<Written> all;

  private RuntimeConfiguration(List<Written> all) {
    this.all = all;
  }

  static RuntimeConfiguration empty() {
    return new RuntimeConfiguration(List.of());
  }

  /** Whether Spark splits a setting at commas. */
  static boolean isList(String key) {
    return LISTS.contains(key);
  }

  /**
   * Adds settings.
   *
   * @param writer who says so, in the words of an error, such as {@code sparkDefaults}
   */
  RuntimeConfiguration with(String writer, Classification classification) {
    Written added =
        new Written(
            requireNonNull(writer, "writer"), requireNonNull(classification, "classification"));
    return new RuntimeConfiguration(Stream.concat(all.stream(), Stream.of(added)).toList());
  }

  /** Each once, in the order in which they were first named; of settings that clash the first. */
  List<Classification> classifications() {
    Map<String, Map<String, String>> merged = new LinkedHashMap<>();
    for (Written written : all) {
      Map<String, String> settings =
          merged.computeIfAbsent(written.classification.name(), name -> new TreeMap<>());
      written
          .classification
          .properties()
          .forEach(
              (key, value) ->
                  settings.merge(
                      key, value, LISTS.contains(key) ? RuntimeConfiguration::join : (a, b) -> a));
    }
    return merged.entrySet().stream()
        .map(entry -> Classification.of(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static String join(String before, String more) {
    Set<String> entries = new LinkedHashSet<>(List.of(before.split(",")));
    entries.addAll(List.of(more.split(",")));
    return String.join(",", entries);
  }

  /** An error for each key that two writers give two values; plain secrets are not shown. */
  List<String> clashes() {
    Map<List<String>, Written> first = new LinkedHashMap<>();
    List<String> clashes = new ArrayList<>();
    for (Written written : all) {
      for (String key : written.classification.properties().keySet()) {
        Written earlier =
            first.computeIfAbsent(List.of(written.classification.name(), key), k -> written);
        if (!LISTS.contains(key) && !earlier.value(key).equals(written.value(key))) {
          clashes.add(
              "classification '%s' has two values of '%s': %s, and %s; keep one of them"
                  .formatted(
                      written.classification.name(), key, earlier.shown(key), written.shown(key)));
        } else if (!earlier.below(key).equals(written.below(key))) {
          clashes.add(
              """
              classification '%s' has two catalogs at '%s': %s has %s, and %s has %s; keep one of \
              them, or give one another name"""
                  .formatted(
                      written.classification.name(),
                      key,
                      earlier.writer,
                      earlier.below(key),
                      written.writer,
                      written.below(key)));
        }
      }
    }
    return clashes;
  }

  /** What the keys of a catalog's other settings begin with; empty if this names no catalog. */
  private static String group(String key) {
    if (key.equals(METASTORE + "client.factory.class")) {
      return METASTORE;
    }
    return CATALOG.matcher(key).matches() ? key + "." : "";
  }

  private record Written(String writer, Classification classification) {

    String value(String key) {
      return classification.properties().getOrDefault(key, "");
    }

    /**
     * The other settings of a catalog. Those that only one of two writers names clash too: the
     * other means its default by leaving it out, such as its own account.
     */
    List<String> below(String key) {
      String group = group(key);
      return group.isEmpty()
          ? List.of()
          : classification.properties().keySet().stream()
              .filter(other -> other.startsWith(group))
              .sorted()
              .toList();
    }

    String shown(String key) {
      String value = value(key);
      if (Secrets.isPlain(key, value)) {
        return writer + " sets one that is not shown because it looks like a secret";
      }
      return Tokens.isUnresolved(value)
          ? writer + " sets one that is known only when the stack is deployed"
          : writer + " sets '" + value + "'";
    }
  }
}
