package io.sparkgate.sandbox.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.metrics.Line;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lines over time, or areas one upon the other, in SVG.
 *
 * @param width in units of the picture, which are about pixels
 */
record Graph(
    JsonNode properties, List<Line> lines, Instant from, Instant to, int width, int height) {

  private static final int LEFT = 44;
  private static final int RIGHT = 10;
  private static final int TOP = 16;
  private static final int BOTTOM = 20;

  /** Of the time axis, in minutes. */
  private static final int[] STEPS = {1, 5, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 10080};

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM", Locale.ROOT).withZone(ZoneOffset.UTC);

  String svg() {
    boolean stacked = properties.path("stacked").asBoolean();
    List<Line> drawn = stacked ? stacked() : lines;
    Scale scale = scale(drawn);
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">"
            .formatted(width, height, Text.escaped(properties.path("title").asText())));
    grid(scale, svg);
    // The last one is the highest of a stack, so it is drawn first and the others over it.
    for (int i = 0; i < drawn.size(); i++) {
      int index = stacked ? drawn.size() - 1 - i : i;
      draw(drawn.get(index), index, stacked, scale, svg);
    }
    for (JsonNode mark : properties.at("/annotations/horizontal")) {
      double y = y(mark.path("value").asDouble(), scale);
      svg.append(
          "<line class=\"mark\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
              .formatted(LEFT, width - RIGHT, y, y));
      text(width - RIGHT, y - 3, "end", mark.path("label").asText(), svg);
    }
    return svg.append("</svg>").toString();
  }

  private Scale scale(List<Line> drawn) {
    JsonNode axis = properties.at("/yAxis/left");
    double least = axis.path("min").asDouble(Double.MAX_VALUE);
    double most = axis.path("max").asDouble(-Double.MAX_VALUE);
    for (Line line : drawn) {
      for (double value : line.values().values()) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    for (JsonNode mark : properties.at("/annotations/horizontal")) {
      most = Math.max(most, mark.path("value").asDouble());
    }
    return most < least ? Scale.of(0, 1) : Scale.of(least, most);
  }

  private void grid(Scale scale, StringBuilder svg) {
    for (double value : scale.lines()) {
      double y = y(value, scale);
      svg.append(
          "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
              .formatted(LEFT, width - RIGHT, y, y));
      text(LEFT - 6, y + 4, "end", Text.number(value), svg);
    }
    text(2, 9, "start", properties.at("/yAxis/left/label").asText(), svg);
    Duration step = timeStep();
    Instant time = from.truncatedTo(ChronoUnit.DAYS);
    for (; !time.isAfter(to); time = time.plus(step)) {
      if (!time.isBefore(from) && x(time) < width - RIGHT - 12 && x(time) > LEFT + 8) {
        boolean day = step.toDays() > 0 || TIME.format(time).equals("00:00");
        text(x(time), height - 5, "middle", (day ? DAY : TIME).format(time), svg);
      }
    }
  }

  private Duration timeStep() {
    long minutes = Math.max(1, Duration.between(from, to).toMinutes());
    for (int step : STEPS) {
      if (minutes / step <= width / 70) {
        return Duration.ofMinutes(step);
      }
    }
    return Duration.ofDays(30);
  }

  private void draw(Line line, int index, boolean area, Scale scale, StringBuilder svg) {
    Duration gap = Duration.ofSeconds(Math.round(period(line) * 1.5));
    List<List<Instant>> runs = new ArrayList<>();
    for (Instant time : line.values().keySet()) {
      List<Instant> run = runs.isEmpty() ? null : runs.get(runs.size() - 1);
      if (run == null || Duration.between(run.get(run.size() - 1), time).compareTo(gap) > 0) {
        run = new ArrayList<>();
        runs.add(run);
      }
      run.add(time);
    }
    for (List<Instant> run : runs) {
      StringBuilder points = new StringBuilder();
      for (Instant time : run) {
        points.append(
            "%s%.1f %.1f"
                .formatted(
                    points.isEmpty() ? "M" : "L",
                    x(time),
                    y(line.values().getOrDefault(time, 0.0), scale)));
      }
      String title = "<title>" + Text.escaped(line.label()) + "</title>";
      if (run.size() == 1) {
        // A line of one point would not be seen.
        svg.append(
            "<circle class=\"c%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\">%s</circle>"
                .formatted(
                    index % Palette.SIZE,
                    x(run.get(0)),
                    y(line.values().getOrDefault(run.get(0), 0.0), scale),
                    title));
        continue;
      }
      if (area) {
        svg.append(
            "<path class=\"area c%d\" d=\"%sL%.1f %.1fL%.1f %.1fZ\">%s</path>"
                .formatted(
                    index % Palette.SIZE,
                    points,
                    x(run.get(run.size() - 1)),
                    y(scale.low(), scale),
                    x(run.get(0)),
                    y(scale.low(), scale),
                    title));
      }
      svg.append(
          "<path class=\"line c%d\" d=\"%s\">%s</path>"
              .formatted(index % Palette.SIZE, points, title));
    }
  }

  private static double period(Line line) {
    Instant before = null;
    double least = 60_000;
    for (Instant time : line.values().keySet()) {
      if (before != null) {
        least = Math.min(least, Duration.between(before, time).toSeconds());
      }
      before = time;
    }
    return least;
  }

  /** Each upon those before it; where one has nothing it adds nothing. */
  private List<Line> stacked() {
    Map<Instant, Double> sums = new HashMap<>();
    lines.forEach(line -> line.values().keySet().forEach(time -> sums.put(time, 0.0)));
    List<Line> all = new ArrayList<>();
    for (Line line : lines) {
      var upon = new TreeMap<Instant, Double>();
      if (!line.values().isEmpty()) {
        sums.replaceAll((time, sum) -> sum + line.values().getOrDefault(time, 0.0));
        upon.putAll(sums);
      }
      all.add(new Line(line.label(), upon));
    }
    return all;
  }

  private static void text(double x, double y, String anchor, String text, StringBuilder svg) {
    if (!text.isEmpty()) {
      svg.append(
          "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>"
              .formatted(x, y, anchor, Text.escaped(text)));
    }
  }

  private double x(Instant time) {
    double share =
        (double) Duration.between(from, time).toMillis() / Duration.between(from, to).toMillis();
    return LEFT + share * (width - LEFT - RIGHT);
  }

  private double y(double value, Scale scale) {
    return TOP + (1 - scale.at(value)) * (height - TOP - BOTTOM);
  }
}
