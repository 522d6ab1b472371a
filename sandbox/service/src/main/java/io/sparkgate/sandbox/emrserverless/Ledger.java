package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the service itself would bill, written by it and by nobody else, so that what others make of
 * its answers can be compared with it: sessions and job runs when they end, and the pre-initialized
 * workers that nobody used, by the hour. AWS shows no such thing.
 *
 * <p>An entry of the same kind and id replaces the earlier one: a job run is written after each of
 * its attempts.
 */
public final class Ledger {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<Path> file;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private Ledger(Optional<Path> file) {
    this.file = file;
  }

  /** One for a test, in memory. */
  public static Ledger inMemory() {
    return new Ledger(Optional.empty());
  }

  /** One that also goes to a file, a JSON object a line, behind what is there. */
  public static Ledger in(Path file) {
    return new Ledger(Optional.of(file));
  }

  /** What is billed. */
  public enum Kind {
    SESSION,
    JOBRUN,
    /** Of pre-initialized workers that nobody used, in one hour. */
    POOL
  }

  /**
   * One thing that costs.
   *
   * @param id of the session or the job run; of a pool the application's and the hour, in UTC
   * @param name empty when it has none
   * @param createdBy the ARN of who started it; empty of a pool
   * @param state in which it ended; empty of a pool
   * @param endedAt by the sandbox's clock; of a pool the end of the hour, or earlier
   * @param vcpuHours rounded as the service rounds
   * @param storageGbHours beyond 20 GB a worker
   */
  public record Entry(
      Kind kind,
      String id,
      String applicationId,
      String name,
      String createdBy,
      String state,
      Instant endedAt,
      BigDecimal vcpuHours,
      BigDecimal memoryGbHours,
      BigDecimal storageGbHours) {}

  /** All, the last ones of each kind and id. */
  public synchronized List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  synchronized void write(Entry entry) {
    entries.put(entry.kind() + " " + entry.id(), entry);
    if (file.isPresent()) {
      try {
        Files.writeString(
            file.get(), json(entry) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static ObjectNode json(Entry entry) {
    ObjectNode json = JSON.createObjectNode();
    json.put("kind", entry.kind().name().toLowerCase(Locale.ROOT));
    json.put("id", entry.id());
    json.put("applicationId", entry.applicationId());
    json.put("name", entry.name());
    json.put("createdBy", entry.createdBy());
    json.put("state", entry.state());
    json.put("endedAt", entry.endedAt().toString());
    json.put("vcpuHours", entry.vcpuHours());
    json.put("memoryGbHours", entry.memoryGbHours());
    json.put("storageGbHours", entry.storageGbHours());
    return json;
  }
}
