package io.sparkgate.function.monitor;

import io.sparkgate.function.aws.Billed;
import io.sparkgate.function.aws.Work;
import io.sparkgate.function.reaper.Listed;
import io.sparkgate.function.reaper.Owner;
import io.sparkgate.function.reaper.Subject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one session or job run used, as it is kept: hours and no dollars, because prices change. The
 * same one has the same key, whoever writes it and however often.
 */
final class UsageRecord {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("'month='yyyy-MM/'day='dd").withZone(ZoneOffset.UTC);

  private UsageRecord() {}

  /**
   * The key below the prefix.
   *
   * @param ended by which it belongs to a day, in UTC
   */
  static String key(String kind, String id, Instant ended) {
    return "%s/%s-%s.json".formatted(DAY.format(ended), kind, id);
  }

  static String kind(Work work) {
    return work.listed().subject() == Subject.SESSION ? "session" : "jobrun";
  }

  static String key(Known known) {
    return key(kind(known.work()), known.work().id(), known.endedAt());
  }

  /**
   * The record.
   *
   * @param architecture by which it is billed; null where that could not be read
   */
  static Map<String, Object> of(Known known, @Nullable String architecture, Instant now) {
    Work work = known.work();
    Listed listed = work.listed();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", kind(work));
    fields.put("id", work.id());
    fields.put("applicationId", listed.applicationId());
    put(fields, "name", listed.name());
    fields.put("owner", Owner.of(work.seen()));
    put(fields, "createdBy", listed.createdBy());
    put(fields, "executionRole", listed.executionRole());
    fields.put("state", work.state());
    fields.put("createdAt", listed.createdAt().toString());
    Instant started = work.startedAt();
    if (started != null) {
      fields.put("startedAt", started.toString());
    }
    fields.put("endedAt", known.endedAt().toString());
    if (started != null) {
      fields.put("readySeconds", Listed.between(listed.createdAt(), started).toSeconds());
    }
    put(fields, "architecture", architecture);
    hours(fields, known.billed());
    fields.put("complete", known.isComplete());
    fields.put("tags", work.tags());
    fields.put("recordedAt", now.toString());
    return fields;
  }

  static void hours(Map<String, Object> fields, Billed billed) {
    fields.put("vcpuHours", billed.vcpuHours());
    fields.put("memoryGbHours", billed.memoryGbHours());
    fields.put("storageGbHours", billed.storageGbHours());
  }

  static void put(Map<String, Object> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, value);
    }
  }
}
