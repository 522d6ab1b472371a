package io.sparkgate.benchmark.cost;

import io.sparkgate.benchmark.Table;
import io.sparkgate.benchmark.cost.Study.Share;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The figures of warm pools, warm hours and limits of owners. */
final class OfferTables {

  /** Of a start by a warm driver; the last was seen. */
  private static final List<Integer> WARM_STARTS = List.of(10, 30, 61);

  private final Study study;

  OfferTables(Study study) {
    this.study = study;
  }

  void print(PrintStream out) {
    offers().print(out);
    sizes().print(out);
    warmStarts().print(out);
  }

  private Table offers() {
    Table table =
        new Table(
            "USD per person and month, a reaper of %d min and what may be beside it; 30%% raised"
                .formatted(Offers.LIMIT),
            "what there is",
            "idle",
            "warm pool",
            "busy",
            "starts",
            "total",
            "sessions",
            "warm starts",
            "gone",
            "minutes waited");
    row(table, "the reaper", Offers.REAPER);
    Offers.all().forEach((name, variant) -> row(table, "and " + name, variant));
    Variant raised = new Variant(Callers.MIXED, null);
    row(table, "no reaper", raised);
    for (int sessions : List.of(2, 1)) {
      row(
          table,
          "no reaper, at most %d each".formatted(sessions),
          raised.with(OwnerLimit.of(sessions)));
    }
    return table;
  }

  private void row(Table table, String name, Variant variant) {
    Share share = study.share(variant);
    Bill bill = share.bill();
    table.row(
        name,
        cents(bill.idle()),
        cents(bill.pool()),
        cents(bill.busy()),
        cents(bill.starts()),
        cents(bill.total()),
        text("%.1f", share.sessions()),
        text("%.0f%%", 100 * share.warm()),
        text("%.1f", share.lost()),
        text("%.0f", share.waited() / 60));
  }

  private Table sizes() {
    Table table =
        new Table(
            "Warm drivers, of %d people: USD of the team and month for drivers that wait"
                .formatted(study.people()),
            "warm drivers",
            "always",
            "in warm hours",
            "warm hours save",
            "warm starts",
            "minutes waited, per person");
    for (int drivers : Offers.sizes()) {
      Share always = study.share(Offers.REAPER.with(new WarmPool(drivers, null)));
      Share hours = study.share(Offers.REAPER.with(new WarmPool(drivers, WarmPool.Hours.OFFICE)));
      double everybody = always.bill().pool() * study.people();
      double office = hours.bill().pool() * study.people();
      table.row(
          drivers,
          text("%.0f", everybody),
          text("%.0f", office),
          text("%.0f", everybody - office),
          text("%.0f%%", 100 * hours.warm()),
          text("%.0f", hours.waited() / 60));
    }
    return table;
  }

  private Table warmStarts() {
    Table table =
        new Table(
            "If a warm start takes another time: minutes waited, per person and month",
            "a warm start",
            "the reaper",
            "and %d in warm hours".formatted(Offers.DRIVERS));
    for (int seconds : WARM_STARTS) {
      Study other = study.with(study.service().withWarmStart(Duration.ofSeconds(seconds)));
      table.row(
          seconds + " s",
          text("%.0f", other.share(Offers.REAPER).waited() / 60),
          text("%.0f", other.share(Offers.REAPER.with(Offers.HOURS)).waited() / 60));
    }
    return table;
  }

  private static String cents(double value) {
    return text("%.2f", value);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
