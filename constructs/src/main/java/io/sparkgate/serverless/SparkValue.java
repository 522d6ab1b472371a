package io.sparkgate.serverless;

import static java.util.Map.entry;

import io.sparkgate.internal.Ordered;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Spark 3.5 reads from the text of a setting; each form is empty where Spark would refuse it.
 */
final class SparkValue {

  private static final Pattern WITH_UNIT = Pattern.compile("(-?\\d+)([a-z]*)");
  private static final Pattern FRACTION = Pattern.compile("\\d*\\.\\d+[a-z]*");
  private static final Pattern JVM_HEAP = Pattern.compile("\\d+[kmgt]");
  private static final Map<String, Long> BYTES = bytes();
  private static final Map<String, TimeUnit> TIMES =
      Ordered.map(
          entry("us", TimeUnit.MICROSECONDS),
          entry("ms", TimeUnit.MILLISECONDS),
          entry("s", TimeUnit.SECONDS),
          entry("m", TimeUnit.MINUTES),
          entry("min", TimeUnit.MINUTES),
          entry("h", TimeUnit.HOURS),
          entry("d", TimeUnit.DAYS));

  private final String text;

  SparkValue(String text) {
    this.text = text.trim().toLowerCase(Locale.ROOT);
  }

  /** A size; without a unit it is in MiB. Spark reads it in bytes too, and these must fit. */
  Optional<Long> mib() {
    Matcher size = WITH_UNIT.matcher(text);
    if (!size.matches() || !BYTES.containsKey(size.group(2))) {
      return Optional.empty();
    }
    try {
      long bytes = Math.multiplyExact(Long.parseLong(size.group(1)), BYTES.get(size.group(2)));
      return Optional.of(bytes >> 20).filter(mib -> mib >= 0);
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

  /** Of a duration, what is whole in a unit, which is also that of a number alone. */
  Optional<Long> in(TimeUnit unit) {
    Matcher duration = WITH_UNIT.matcher(text);
    if (!duration.matches()) {
      return Optional.empty();
    }
    TimeUnit given = duration.group(2).isEmpty() ? unit : TIMES.get(duration.group(2));
    try {
      return Optional.ofNullable(given)
          .map(known -> unit.convert(Long.parseLong(duration.group(1)), known));
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }

  boolean hasUnit() {
    return !text.matches("\\d+");
  }

  /** What Java takes as the size of its heap: Spark hands it that of a driver as it is written. */
  boolean isJvmHeap() {
    return JVM_HEAP.matcher(text).matches();
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
