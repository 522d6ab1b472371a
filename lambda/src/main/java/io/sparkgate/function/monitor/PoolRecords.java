package io.sparkgate.function.monitor;

import io.sparkgate.function.Json;
import io.sparkgate.function.aws.Billed;
import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.aws.UsageObjects;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records of pools that wait: one for each application and hour, which grows by a slot with
 * each pass. A slot that is in it already changes nothing, whoever sees it again.
 */
final class PoolRecords {

  private static final String KIND = "pool";
  private static final int DIGITS = 9;
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HH").withZone(ZoneOffset.UTC);

  private record Hour(Instant begins, List<String> slots, Billed billed) {

    Hour plus(String slot, Billed more) {
      List<String> all = new ArrayList<>(slots);
      all.add(slot);
      return new Hour(begins, all, billed.plus(more));
    }
  }

  private final Duration every;
  private final String prefix;

  PoolRecords(Duration every, String prefix) {
    this.every = every;
    this.prefix = prefix;
  }

  /** Adds what waits in the slot of this moment. */
  void add(
      UsageObjects objects,
      String application,
      Pool pool,
      @Nullable String architecture,
      Instant now)
      throws ServiceCallException {
    Instant begins = now.truncatedTo(ChronoUnit.HOURS);
    long slots = Duration.between(begins, now).dividedBy(every);
    String slot = begins.plus(every.multipliedBy(slots)).toString();
    String id = "%s-%s".formatted(application, HOUR.format(begins));
    String key = prefix + UsageRecord.key(KIND, id, begins);
    // Each time: whoever else watches the application may have added to it.
    Hour hour = read(objects.get(key), begins);
    if (!hour.slots().contains(slot)) {
      // The last slot of an hour may be shorter.
      Duration left = Duration.ofHours(1).minus(every.multipliedBy(slots));
      Duration lasts = left.compareTo(every) < 0 ? left : every;
      hour = hour.plus(slot, share(pool.perHour(), lasts));
      objects.put(key, Json.write(fields(id, application, architecture, hour, now)));
    }
  }

  private static Billed share(Billed perHour, Duration lasts) {
    Billed minutes = perHour.times(BigDecimal.valueOf(lasts.toMinutes()));
    return new Billed(
        hours(minutes.vcpuHours()),
        hours(minutes.memoryGbHours()),
        hours(minutes.storageGbHours()));
  }

  private static BigDecimal hours(BigDecimal minutes) {
    return minutes
        .divide(BigDecimal.valueOf(60), DIGITS, RoundingMode.HALF_UP)
        .stripTrailingZeros();
  }

  private static Hour read(Optional<String> object, Instant begins) {
    Object fields = object.map(Json::parse).orElse(null);
    List<String> slots = new ArrayList<>();
    if (Json.field(fields, "slots") instanceof List<?> list) {
      list.forEach(slot -> slots.add(String.valueOf(slot)));
    }
    return new Hour(
        begins,
        slots,
        new Billed(
            number(fields, "vcpuHours"),
            number(fields, "memoryGbHours"),
            number(fields, "storageGbHours")));
  }

  private static BigDecimal number(@Nullable Object fields, String name) {
    return Json.field(fields, name) instanceof Number number
        ? new BigDecimal(number.toString())
        : BigDecimal.ZERO;
  }

  private static Map<String, Object> fields(
      String id, String application, @Nullable String architecture, Hour hour, Instant now) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", KIND);
    fields.put("id", id);
    fields.put("applicationId", application);
    fields.put("startedAt", hour.begins().toString());
    fields.put("endedAt", hour.begins().plus(1, ChronoUnit.HOURS).toString());
    fields.put("slots", hour.slots());
    UsageRecord.put(fields, "architecture", architecture);
    UsageRecord.hours(fields, hour.billed());
    fields.put("complete", false);
    fields.put("estimated", true);
    fields.put("recordedAt", now.toString());
    return fields;
  }
}
