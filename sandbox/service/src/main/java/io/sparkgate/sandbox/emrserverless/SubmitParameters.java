package io.sparkgate.sandbox.emrserverless;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sparkSubmitParameters of a job run: options of spark-submit in one text.
 *
 * @param mainClass empty when none is named
 * @param conf what the options say, as properties of Spark
 */
record SubmitParameters(String mainClass, Map<String, String> conf) {

  /** The options that have a property of Spark, which says the same. */
  private static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          Map.entry("--name", "spark.app.name"),
          Map.entry("--jars", "spark.jars"),
          Map.entry("--packages", "spark.jars.packages"),
          Map.entry("--exclude-packages", "spark.jars.excludes"),
          Map.entry("--repositories", "spark.jars.repositories"),
          Map.entry("--py-files", "spark.submit.pyFiles"),
          Map.entry("--files", "spark.files"),
          Map.entry("--archives", "spark.archives"),
          Map.entry("--driver-memory", "spark.driver.memory"),
          Map.entry("--driver-cores", "spark.driver.cores"),
          Map.entry("--executor-memory", "spark.executor.memory"),
          Map.entry("--executor-cores", "spark.executor.cores"),
          Map.entry("--num-executors", "spark.executor.instances"));

  static SubmitParameters parse(String text) {
    String mainClass = "";
    Map<String, String> conf = new LinkedHashMap<>();
    List<String> words = words(text);
    for (int i = 0; i < words.size(); i++) {
      String[] flagAndValue = words.get(i).split("=", 2);
      String flag = flagAndValue[0];
      boolean known = flag.equals("--class") || flag.equals("--conf") || flag.equals("-c");
      if (!known && !PROPERTIES.containsKey(flag)) {
        // The service's words, as users of Hive report them.
        throw Fault.validation("Flag '%s' is not supported".formatted(flag));
      }
      String value;
      if (flagAndValue.length == 2) {
        value = flagAndValue[1];
      } else if (++i < words.size()) {
        value = words.get(i);
      } else {
        throw Fault.validation("Flag '%s' has no value.".formatted(flag));
      }
      if (flag.equals("--class")) {
        mainClass = value;
      } else if (known) {
        put(value, conf);
      } else {
        conf.put(PROPERTIES.get(flag), value);
      }
    }
    return new SubmitParameters(mainClass, Map.copyOf(conf));
  }

  private static void put(String property, Map<String, String> conf) {
    String[] keyAndValue = property.split("=", 2);
    if (keyAndValue.length < 2) {
      // Its text may be a secret.
      throw Fault.validation("A --conf of sparkSubmitParameters is not of the form key=value.");
    }
    conf.put(keyAndValue[0], keyAndValue[1]);
  }

  /** Parted at spaces, as a shell does: quotes keep together, a backslash keeps what follows. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote == 0 && Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
        continue;
      }
      inWord = true;
      if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
        word.append(text.charAt(++i));
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      } else {
        word.append(c);
      }
    }
    if (quote != 0) {
      throw Fault.validation("The sparkSubmitParameters have a quote that does not end.");
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }
}
