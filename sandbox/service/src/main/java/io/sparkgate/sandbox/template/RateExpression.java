package io.sparkgate.sandbox.template;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** EventBridge's {@code rate(5 minutes)}. */
final class RateExpression {

  private static final Pattern RATE =
      Pattern.compile("rate\\(\\s*(\\d{1,6})\\s+(minute|hour|day)s?\\s*\\)");

  private RateExpression() {}

  /** Empty for cron(…), at(…) and anything else. */
  static Optional<Duration> parse(String expression) {
    Matcher rate = RATE.matcher(expression.strip());
    if (!rate.matches() || Long.parseLong(rate.group(1)) == 0) {
      return Optional.empty();
    }
    long count = Long.parseLong(rate.group(1));
    return Optional.of(
        switch (rate.group(2)) {
          case "minute" -> Duration.ofMinutes(count);
          case "hour" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        });
  }
}
