package io.sparkgate.benchmark.cost;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a platform can have beside a reaper of 30 minutes: the same in tables and picture. */
final class Offers {

  /** What the reaper ends after, in the offers. */
  static final int LIMIT = 30;

  /** Warm drivers for 25 people. */
  static final int DRIVERS = 10;

  static final Variant REAPER = new Variant(Callers.MIXED, Reaper.of(LIMIT, 5));

  static final WarmPool ALWAYS = new WarmPool(DRIVERS, null);
  static final WarmPool HOURS = new WarmPool(DRIVERS, WarmPool.Hours.OFFICE);

  private Offers() {}

  /** By a name that completes "a reaper, and". */
  static Map<String, Variant> all() {
    Map<String, Variant> all = new LinkedHashMap<>();
    all.put("%d warm drivers, always".formatted(DRIVERS), REAPER.with(ALWAYS));
    all.put("%d in warm hours".formatted(DRIVERS), REAPER.with(HOURS));
    all.put("at most 2 sessions each", REAPER.with(OwnerLimit.of(2)));
    all.put("at most 1 session each", REAPER.with(OwnerLimit.of(1)));
    all.put("warm hours, at most 2", REAPER.with(HOURS).with(OwnerLimit.of(2)));
    return all;
  }

  static List<Integer> sizes() {
    return List.of(2, 5, DRIVERS, 20, 30);
  }
}
