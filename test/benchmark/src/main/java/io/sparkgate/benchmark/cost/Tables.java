package io.sparkgate.benchmark.cost;

import io.sparkgate.benchmark.Table;
import io.sparkgate.benchmark.cost.Study.Share;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The figures of a study. */
final class Tables {

  private static final List<Integer> LIMITS = List.of(60, 30, 20, 15, 10);
  private static final List<Integer> CADENCES = List.of(1, 5, 15);

  private static final Variant DEFAULT = new Variant(Callers.DEFAULT, null);
  private static final Variant RAISED = new Variant(Callers.MIXED, null);

  private final Study study;
  private final Bill byDefault;
  private final Bill raised;

  Tables(Study study) {
    this.study = study;
    byDefault = study.share(DEFAULT).bill();
    raised = study.share(RAISED).bill();
  }

  void print(PrintStream out) {
    variants().print(out);
    cadences().print(out);
    teams().print(out);
    upkeep().print(out);
    otherHabits().print(out);
  }

  private Table variants() {
    Table table =
        new Table(
            "USD per person and month, reaper every 5 minutes; gone: came back to no session",
            "what ends idle sessions",
            "idle",
            "busy",
            "starts",
            "total",
            "saved against default",
            "saved against 30% raised",
            "sessions",
            "gone, same day",
            "gone, another day",
            "minutes waited");
    row(table, "the service's 60 min (default)", DEFAULT);
    row(table, "no reaper, 30% raised", RAISED);
    row(table, "no reaper, all raised to 8 h", new Variant(Callers.ALL_EIGHT_HOURS, null));
    row(table, "no reaper, all raised to a million min", new Variant(Callers.ALL_MILLION, null));
    for (int limit : LIMITS) {
      row(table, "reaper " + limit + " min, 30% raised", reaped(limit, 5));
    }
    return table;
  }

  private void row(Table table, String name, Variant variant) {
    Share share = study.share(variant);
    Bill bill = share.bill();
    double total = bill.total();
    table.row(
        name,
        cents(bill.idle()),
        cents(bill.busy()),
        cents(bill.starts()),
        cents(total),
        cents(byDefault.total() - total),
        cents(raised.total() - total),
        tenths(share.sessions()),
        tenths(share.lostToday()),
        tenths(share.lostLater()),
        whole(share.waited() / 60));
  }

  private Table cadences() {
    Table table =
        new Table(
            "Idle USD per person and month / gone, same day",
            "limit",
            "every 1 min",
            "every 5 min",
            "every 15 min");
    for (int limit : LIMITS) {
      List<String> cells =
          CADENCES.stream()
              .map(every -> study.share(reaped(limit, every)))
              .map(share -> cents(share.bill().idle()) + " / " + tenths(share.lostToday()))
              .toList();
      table.row(limit + " min", cells.get(0), cells.get(1), cells.get(2));
    }
    return table;
  }

  private Table teams() {
    Table table =
        new Table(
            "USD per team and month, with the cheapest and the dearest month; net of the reaper",
            "people",
            "default",
            "30% raised",
            "reaper 60 min",
            "reaper 30 min",
            "reaper itself",
            "60 min saves against raised",
            "30 min saves against default");
    for (int people : List.of(5, 25, 100)) {
      Study team = Study.of(people, study.months().size());
      double upkeep = upkeep(5, people).total();
      List<Bill> standard = team.bills(DEFAULT);
      List<Bill> tolerant = team.bills(RAISED);
      List<Bill> hour = team.bills(reaped(60, 5));
      List<Bill> half = team.bills(reaped(30, 5));
      table.row(
          people,
          range(standard),
          range(tolerant),
          range(hour),
          range(half),
          cents(upkeep),
          whole(mean(tolerant) - mean(hour) - upkeep),
          whole(mean(standard) - mean(half) - upkeep));
    }
    return table;
  }

  private Table upkeep() {
    Table table =
        new Table(
            "The reaper itself, USD per month, " + study.people() + " people",
            "every",
            "sweeps",
            "Lambda",
            "Scheduler",
            "logs",
            "metrics and alarms",
            "total");
    for (int every : CADENCES) {
      Upkeep upkeep = upkeep(every, study.people());
      table.row(
          every + " min",
          upkeep.sweeps(),
          cents(upkeep.lambda()),
          cents(upkeep.scheduler()),
          cents(upkeep.logs()),
          cents(upkeep.watching()),
          cents(upkeep.total()));
    }
    return table;
  }

  private Upkeep upkeep(int every, int people) {
    return Upkeep.of(Reaper.of(60, every), people, Upkeep.Needs.DEFAULT, study.prices());
  }

  private Table otherHabits() {
    Table table =
        new Table(
            "If people are otherwise: total USD per person and month / gone, same day",
            "people who",
            "default",
            "30% raised",
            "reaper 60 min",
            "reaper 30 min",
            "reaper 15 min");
    OtherHabits.all(study).forEach((name, other) -> row(table, name, other));
    return table;
  }

  private static void row(Table table, String name, Study other) {
    List<String> cells =
        List.of(DEFAULT, RAISED, reaped(60, 5), reaped(30, 5), reaped(15, 5)).stream()
            .map(other::share)
            .map(share -> cents(share.bill().total()) + " / " + tenths(share.lostToday()))
            .toList();
    table.row(name, cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4));
  }

  private static Variant reaped(int limit, int every) {
    return new Variant(Callers.MIXED, Reaper.of(limit, every));
  }

  private static String range(List<Bill> bills) {
    double low = bills.stream().mapToDouble(Bill::total).min().orElseThrow();
    double high = bills.stream().mapToDouble(Bill::total).max().orElseThrow();
    return "%s (%s to %s)".formatted(whole(mean(bills)), whole(low), whole(high));
  }

  private static double mean(List<Bill> bills) {
    return bills.stream().mapToDouble(Bill::total).average().orElseThrow();
  }

  private static String cents(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String tenths(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }
}
