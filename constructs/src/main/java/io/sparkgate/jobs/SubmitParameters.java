package io.sparkgate.jobs;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Tokens;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Options of spark-submit in one text, as StartJobRun takes them. Each setting is a {@code --conf},
 * because the configuration of a run replaces a whole classification of the application, catalogs
 * included. That the service splits the text as a shell does is assumed, not seen.
 */
final class SubmitParameters {

  private static final int MOST = 102_400;

  private SubmitParameters() {}

  static String of(@Nullable String mainClass, Map<String, String> conf) {
    String text =
        Stream.concat(
                Stream.ofNullable(mainClass).map(name -> "--class " + quoted(name)),
                conf.entrySet().stream()
                    .map(set -> "--conf " + quoted(set.getKey() + "=" + set.getValue())))
            .collect(Collectors.joining(" "));
    if (text.length() > MOST) {
      throw new IllegalArgumentException(
          """
          SparkJob: conf has %s characters, but the service takes %s; put settings into the \
          application, or into a file"""
              .formatted(text.length(), MOST));
    }
    return text;
  }

  static String requireQuotable(String property, String value) {
    requireNonNull(value, property);
    boolean bothQuotes = value.contains("\"") && value.contains("'");
    if (!Tokens.isUnresolved(value) && (bothQuotes || value.matches("(?s).*[\\r\\n\\\\].*"))) {
      throw new IllegalArgumentException(
          """
          SparkJob: %s has a line break, a backslash or both kinds of quotes, which cannot be \
          written for spark-submit; set it in the entry point"""
              .formatted(property));
    }
    if (value.contains("{%")) {
      throw new IllegalArgumentException(
          """
          SparkJob: %s has an expression of JSONata, which Step Functions fills in only where it \
          is the whole text; make it an argument, and read it in the entry point"""
              .formatted(property));
    }
    return value;
  }

  private static String quoted(String text) {
    if (!Tokens.isUnresolved(text) && text.matches("[^\\s'\"]+")) {
      return text;
    }
    return text.contains("\"") ? "'" + text + "'" : "\"" + text + "\"";
  }
}
