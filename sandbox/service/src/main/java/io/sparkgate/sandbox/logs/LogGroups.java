package io.sparkgate.sandbox.logs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What was printed into log groups, in memory: the last lines of each. */
public final class LogGroups {

  private static final int MOST_LINES = 50_000;

  private final Map<String, List<LogEvent>> groups = new ConcurrentHashMap<>();
  private final Set<String> names;

  /** Groups without a line. */
  public LogGroups(Set<String> names) {
    this.names = Set.copyOf(names);
  }

  /**
   * A line.
   *
   * @param number its place in the order of all lines of the group, from 0
   * @param at by the sandbox's clock
   */
  record LogEvent(long number, Instant at, String message) {}

  /** Adds a line to a group. */
  public void print(String group, Instant at, String message) {
    List<LogEvent> lines = groups.computeIfAbsent(group, name -> new ArrayList<>());
    synchronized (lines) {
      long number = lines.isEmpty() ? 0 : lines.get(lines.size() - 1).number() + 1;
      lines.add(new LogEvent(number, at, message));
      if (lines.size() > MOST_LINES) {
        lines.subList(0, MOST_LINES / 2).clear();
      }
    }
  }

  boolean has(String group) {
    return names.contains(group);
  }

  List<LogEvent> events(String group) {
    List<LogEvent> lines = groups.getOrDefault(group, List.of());
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }
}
