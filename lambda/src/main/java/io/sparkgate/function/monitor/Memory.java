package io.sparkgate.function.monitor;

import io.sparkgate.function.aws.ListedWork;
import io.sparkgate.function.reaper.Listed;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What one process of the function has seen. Without it, as after a cold start, everything is read
 * again, and what happened before the pass that came last is taken for told.
 */
final class Memory {

  private final Duration every;
  private final Map<String, Map<String, Known>> applications = new ConcurrentHashMap<>();
  private final Map<String, Instant> passes = new ConcurrentHashMap<>();
  private final Map<String, Reach> reaches = new ConcurrentHashMap<>();
  private final Map<String, Map<String, ListedWork>> toLookAt = new ConcurrentHashMap<>();
  private final Map<String, String> architectures = new ConcurrentHashMap<>();
  private final Map<String, MostOwners> owners = new ConcurrentHashMap<>();
  private final Set<String> told = new HashSet<>();
  private boolean left;
  private @Nullable Instant begun;

  Memory(Duration every) {
    this.every = every;
  }

  /** A pass begins. */
  void begin(Instant now) {
    begun = begun == null ? now : begun;
  }

  /** Whether a moment has to be counted, unless it was: the pass before could not see it. */
  boolean isNews(Instant moment) {
    return begun != null && moment.isAfter(begun.minus(every));
  }

  /** Whether a moment has to be told, unless it was: for longer, as telling twice does no harm. */
  boolean isWorthTelling(Instant moment) {
    return begun != null && moment.isAfter(begun.minus(every.multipliedBy(2)));
  }

  @Nullable Known known(String application, Listed one) {
    return of(application).get(key(one));
  }

  void remember(String application, Known known) {
    of(application).put(key(known.work().listed()), known);
  }

  void forget(String application, Known known) {
    of(application).remove(key(known.work().listed()));
  }

  Collection<Known> all(String application) {
    return of(application).values();
  }

  /** What of the application is not in these lists. */
  List<Known> missing(String application, Collection<ListedWork> listed) {
    Set<String> there = new HashSet<>();
    listed.forEach(one -> there.add(key(one.listed())));
    return all(application).stream()
        .filter(known -> !there.contains(key(known.work().listed())))
        .toList();
  }

  /** How long ago the application's pass before was; as long as it should be for the first. */
  Duration passed(String application, Instant now) {
    Instant before = passes.put(application, now);
    return before == null || before.isAfter(now) ? every : Duration.between(before, now);
  }

  /** How far the application's lists go back. */
  Reach reach(String application) {
    return reaches.computeIfAbsent(application, id -> new Reach());
  }

  /** What a list showed and no look did yet: the next list may not show it again. */
  Map<String, ListedWork> toLookAt(String application) {
    return toLookAt.computeIfAbsent(application, id -> new ConcurrentHashMap<>());
  }

  /** On what its workers run, as they are billed; null as long as that could not be read. */
  @Nullable String architecture(String application) {
    return architectures.get(application);
  }

  void architecture(String application, String architecture) {
    architectures.put(application, architecture);
  }

  /** Which owners have metrics of their own. */
  MostOwners owners(String application, int most) {
    return owners.computeIfAbsent(application, id -> new MostOwners(most));
  }

  /**
   * A pass is over.
   *
   * @param something whether it left something to the next
   * @return whether the one before left something too
   */
  boolean leftAgain(boolean something) {
    boolean again = left && something;
    left = something;
    return again;
  }

  /** What is told once by this process, of owners. */
  Set<String> told() {
    return told;
  }

  private Map<String, Known> of(String application) {
    return applications.computeIfAbsent(application, id -> new ConcurrentHashMap<>());
  }

  static String key(Listed one) {
    return one.subject() + " " + one.id();
  }
}
