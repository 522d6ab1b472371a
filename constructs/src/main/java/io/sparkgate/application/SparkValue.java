package io.sparkgate.application;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Spark 3.5 reads from the text of a setting; each form is empty where Spark would refuse it.
 */
final class SparkValue {

  private static final Pattern WITH_UNIT = Pattern.compile("(\\d+)([a-z]*)");
  private static final Pattern FRACTION = Pattern.compile("\\d*\\.\\d+[a-z]*");
  private static final Map<String, Long> BYTES = bytes();

  private final String text;

  SparkValue(String text) {
    this.text = text.trim().toLowerCase(Locale.ROOT);
  }

  /** A size; without a unit it is in MiB, as that of all memory. */
  Optional<Long> mib() {
    Matcher size = WITH_UNIT.matcher(text);
    if (!size.matches() || !BYTES.containsKey(size.group(2))) {
      return Optional.empty();
    }
    try {
      long bytes = Math.multiplyExact(Long.parseLong(size.group(1)), BYTES.get(size.group(2)));
      return Optional.of(bytes >> 20);
    } catch (ArithmeticException | NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }

  Optional<Integer> integer() {
    try {
      return Optional.of(Integer.parseInt(text));
    } catch (NumberFormatException notWhole) {
      return Optional.empty();
    }
  }

  Optional<Double> decimal() {
    try {
      return Optional.of(Double.parseDouble(text)).filter(Double::isFinite);
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  Optional<Boolean> flag() {
    return switch (text) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  boolean isDuration() {
    return text.matches("-?\\d{1,18}(us|ms|s|m|min|h|d)?");
  }

  /** Legal elsewhere, but never in a size or a duration. */
  boolean isFraction() {
    return FRACTION.matcher(text).matches();
  }

  String text() {
    return text;
  }

  private static Map<String, Long> bytes() {
    Map<String, Long> bytes = new TreeMap<>();
    bytes.put("", 1L << 20);
    bytes.put("b", 1L);
    String units = "kmgtp";
    for (int i = 0; i < units.length(); i++) {
      long size = 1L << (10 * (i + 1));
      bytes.put(units.substring(i, i + 1), size);
      bytes.put(units.charAt(i) + "b", size);
    }
    return bytes;
  }
}
