package io.sparkgate.sandbox.emrserverless;

import io.sparkgate.sandbox.emrserverless.Ledger.Entry;
import io.sparkgate.sandbox.emrserverless.Ledger.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * Looks each minute of the sandbox's clock at the pre-initialized workers that nobody uses, and
 * writes into the ledger what they cost in an hour. The estate is held.
 */
final class PoolMeter {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HH").withZone(ZoneOffset.UTC);

  private final Estate estate;
  private final Ledger ledger;
  private final Map<String, ResourceUse> hour = new TreeMap<>();
  private Instant next;

  PoolMeter(Estate estate, Ledger ledger, Instant start) {
    this.estate = estate;
    this.ledger = ledger;
    this.next = start.truncatedTo(ChronoUnit.MINUTES).plus(MINUTE);
  }

  /** Counts the minutes that have passed; those of a long pause are as they are now. */
  void tick(Instant now) {
    while (!next.isAfter(now)) {
      for (Application application : estate.applications()) {
        if (application.state() == ApplicationState.STARTED) {
          hour.merge(application.id(), Workers.wasted(application, MINUTE), ResourceUse::plus);
        }
      }
      Instant end = next;
      next = next.plus(MINUTE);
      if (end.truncatedTo(ChronoUnit.HOURS).equals(end)) {
        close(end);
      }
    }
  }

  /** Writes what is counted. */
  void close(Instant end) {
    hour.forEach(
        (applicationId, use) -> {
          if (use.cpuHours().signum() > 0) {
            ledger.write(
                new Entry(
                    Kind.POOL,
                    applicationId + "-" + HOUR.format(end.minusMillis(1)),
                    applicationId,
                    "",
                    "",
                    "",
                    end,
                    use.cpuHours(),
                    use.memoryGbHours(),
                    use.storageGbHours()));
          }
        });
    hour.clear();
  }
}
