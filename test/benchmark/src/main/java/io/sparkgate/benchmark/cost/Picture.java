package io.sparkgate.benchmark.cost;

import io.sparkgate.benchmark.cost.Study.Share;
import io.sparkgate.benchmark.cost.Svg.Anchor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Bars side by side: what idle sessions cost, and how often people find theirs gone. */
final class Picture {

  private static final int WIDTH = 1180;
  private static final int HEIGHT = 643;
  private static final int TOP = 126;
  private static final int BAR = 20;
  private static final int STEP = 29;

  /** Above what is of another kind. */
  private static final int GAP = 30;

  private static final String NO_REAPER = "No reaper";
  private static final String REAPER = "Reaper, every 5 minutes";
  private static final String OFFERS = "Reaper of %d minutes, and".formatted(Offers.LIMIT);

  private final List<Row> rows;
  private final Study study;

  private Picture(Study study) {
    this.study = study;
    this.rows = rows(study);
  }

  /** The same study gives the same text, byte for byte. */
  static String draw(Study study) {
    return new Picture(study).draw();
  }

  /**
   * A bar in each chart.
   *
   * @param group what stands above it where it is the first of its kind
   */
  private record Row(String group, String label, double y, Share share) {
    boolean reaped() {
      return !group.equals(NO_REAPER);
    }
  }

  /** One of the two charts. */
  private record Panel(
      String title,
      String unit,
      int x,
      int width,
      ToDoubleFunction<Share> value,
      ToDoubleFunction<Share> pool) {}

  private static List<Row> rows(Study study) {
    List<Row> rows = new ArrayList<>();
    add(rows, study, NO_REAPER, "30% raise the timeout", new Variant(Callers.MIXED, null));
    Variant one = new Variant(Callers.MIXED, null).with(OwnerLimit.of(1));
    add(rows, study, NO_REAPER, "30%, at most 1 session each", one);
    add(rows, study, NO_REAPER, "timeout of 60 minutes", new Variant(Callers.DEFAULT, null));
    for (int limit : new int[] {60, 30, 20, 15, 10}) {
      Variant reaped = new Variant(Callers.MIXED, Reaper.of(limit, 5));
      add(rows, study, REAPER, "limit of " + limit + " minutes", reaped);
    }
    Offers.all().forEach((name, variant) -> add(rows, study, OFFERS, name, variant));
    return rows;
  }

  private static void add(List<Row> rows, Study study, String group, String label, Variant of) {
    double y = TOP;
    if (!rows.isEmpty()) {
      Row last = rows.get(rows.size() - 1);
      y = last.y() + STEP + (last.group().equals(group) ? 0 : GAP);
    }
    rows.add(new Row(group, label, y, study.share(of)));
  }

  private String draw() {
    Svg svg = new Svg(WIDTH, HEIGHT, "What idle sessions cost", description());
    svg.text("h", 16, 32, Anchor.START, "What idle sessions cost, and what it costs to end them");
    svg.text("s", 16, 52, Anchor.START, "Per person and month. A simulation with assumed habits.");
    String group = "";
    for (Row row : rows) {
      if (!row.group().equals(group)) {
        group = row.group();
        svg.text("h", 16, row.y() - 10, Anchor.START, group);
      }
      svg.text("b", 230, row.y() + 15, Anchor.END, row.label());
    }
    panel(
        svg,
        new Panel(
            "Paid while no statement runs",
            study.prices().currency() + " per person and month; orange: warm drivers that wait",
            244,
            380,
            share -> share.bill().unused(),
            share -> share.bill().pool()));
    panel(
        svg,
        new Panel(
            "Came back, session gone",
            "times per person and month",
            690,
            190,
            Share::lost,
            share -> 0));
    panel(
        svg,
        new Panel(
            "Waited for sessions",
            "minutes per person and month",
            946,
            180,
            share -> share.waited() / 60,
            share -> 0));
    svg.text("s", 16, HEIGHT - 14, Anchor.START, footer());
    return svg.end();
  }

  private void panel(Svg svg, Panel panel) {
    double most = rows.stream().map(Row::share).mapToDouble(panel.value()).max().orElseThrow();
    double step = step(most);
    double end = Math.ceil(most / step) * step;
    double bottom = rows.get(rows.size() - 1).y() + BAR + 10;
    svg.text("h", panel.x(), 94, Anchor.START, panel.title());
    for (double tick = step; tick <= end; tick += step) {
      double x = panel.x() + tick / end * panel.width();
      svg.vertical("grid", x, TOP - 10, bottom);
      svg.text("s", x, bottom + 16, Anchor.MIDDLE, whole(tick));
    }
    svg.text("s", panel.x(), bottom + 16, Anchor.MIDDLE, "0");
    svg.text("s", panel.x() + panel.width() / 2.0, bottom + 34, Anchor.MIDDLE, panel.unit());
    for (Row row : rows) {
      double value = panel.value().applyAsDouble(row.share());
      double width = value / end * panel.width();
      double pool = panel.pool().applyAsDouble(row.share()) / end * panel.width();
      svg.bar(row.reaped() ? "reap" : "plain", panel.x(), row.y(), width - pool, BAR);
      if (pool > 0) {
        svg.bar("pool", panel.x() + width - pool, row.y(), pool, BAR);
      }
      String label = whole(value);
      svg.text("h", panel.x() + width + 6, row.y() + 15, Anchor.START, label);
    }
    svg.vertical("axis", panel.x(), TOP - 10, bottom);
  }

  /** A round number that divides the axis into two to five. */
  private static double step(double most) {
    double power = 1;
    while (power * 10 < most) {
      power *= 10;
    }
    return most > 5 * power ? 2 * power : most > 2 * power ? power : power / 2;
  }

  private String description() {
    StringBuilder text = new StringBuilder("Bar charts, per person and month.");
    for (Row row : rows) {
      text.append(
          String.format(
              Locale.ROOT,
              " %s, %s: %.0f %s unused, %.0f times gone, %.0f minutes waited.",
              row.group(),
              row.label(),
              row.share().bill().unused(),
              study.prices().currency(),
              row.share().lost(),
              row.share().waited() / 60));
    }
    return text.toString();
  }

  private String footer() {
    Worker driver = study.service().driver();
    return String.format(
        Locale.ROOT,
        "15%% raise it to 8 hours, 15%% to a million minutes. A driver of %d vCPU and %d GB stays:"
            + " %s %.2f an hour (list price, %s). %d people, %d months of 22 working days.",
        driver.vcpu(),
        driver.gb(),
        study.prices().currency(),
        driver.cost(3600, study.prices()),
        study.prices().region(),
        study.people(),
        study.months().size());
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }
}
