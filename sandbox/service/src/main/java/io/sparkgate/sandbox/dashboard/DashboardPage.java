package io.sparkgate.sandbox.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.metrics.Line;
import io.sparkgate.sandbox.metrics.MetricStore;
import io.sparkgate.sandbox.metrics.WidgetLines;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A dashboard as a page: one file of HTML with SVG in it, without a script and without anything
 * from elsewhere.
 *
 * @param name of the dashboard
 * @param body as {@code DashboardBody} has it
 * @param store where the data is
 * @param from when the page begins, by the clock of the data
 * @param quota what SERVICE_QUOTA says of the account's vCPU; {@link WidgetLines#QUOTA} unless it
 *     was raised
 */
public record DashboardPage(
    String name, JsonNode body, MetricStore store, Instant from, Instant to, double quota) {

  private static final int COLUMN = 50;
  private static final int ROW = 44;
  private static final int HEADING = 64;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM uuuu HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String STYLE =
      """
      :root{--page:#f6f7f9;--box:#fff;--text:#1b1f24;--soft:#667080;--grid:#e6e9ee;--bad:#c4231c;%s}
      @media(prefers-color-scheme:dark){:root{--page:#0e1116;--box:#171b22;--text:#e6e9ee;
      --soft:#98a2b3;--grid:#2a303a;--bad:#ff7b72;%s}}
      *{box-sizing:border-box}
      body{margin:0;padding:20px;background:var(--page);color:var(--text);
      font:14px/1.4 system-ui,sans-serif}
      header{display:flex;flex-wrap:wrap;gap:4px 16px;align-items:baseline;margin:0 4px 14px}
      h1{font-size:20px;margin:0}header p{margin:0;color:var(--soft)}
      main{display:grid;grid-template-columns:repeat(24,1fr);gap:10px;max-width:1440px}
      section{background:var(--box);border:1px solid var(--grid);border-radius:8px;
      padding:10px 12px;min-width:0;grid-column:var(--at)}
      h2{font-size:16px;margin:0 0 4px}h3{font-size:13px;font-weight:600;margin:0 0 6px}
      p,ul{margin:4px 0}a{color:var(--c0)}code{font-size:12px}
      svg{display:block;width:100%%;height:auto}
      svg text{font-size:11px;fill:var(--soft)}
      .grid{stroke:var(--grid)}.mark{stroke:var(--bad);stroke-dasharray:4 3}
      .line{fill:none;stroke:var(--own);stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
      circle{fill:var(--own)}
      .area{fill:color-mix(in srgb,var(--own) 30%%,var(--box));stroke:none}
      .legend{display:flex;flex-wrap:wrap;gap:2px 14px;margin:6px 0 0;padding:0;list-style:none;
      color:var(--soft);font-size:12px}
      .legend i{display:inline-block;width:10px;height:10px;border-radius:3px;margin-right:5px;
      background:var(--own)}.legend b{color:var(--text);font-weight:600}
      .number{font-size:30px;font-weight:600;line-height:1.2}
      .none{color:var(--bad);font-weight:600}
      %s
      @media(max-width:900px){section{grid-column:1/-1}}
      """;

  /** The whole page. */
  public String html() {
    StringBuilder html = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head>");
    html.append("<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">");
    html.append("<title>").append(Text.escaped(name)).append("</title><style>");
    html.append(
        STYLE.formatted(Palette.variables(false), Palette.variables(true), Palette.classes()));
    html.append("</style></head><body><header><h1>").append(Text.escaped(name));
    html.append("</h1><p>").append(TIME.format(from)).append(" to ").append(TIME.format(to));
    html.append(" UTC</p></header>\n<main>\n");
    for (JsonNode widget : body.path("widgets")) {
      int width = widget.path("width").asInt(6);
      html.append(
          "<section class=\"%s\" style=\"--at:%d/span %d\">"
              .formatted(
                  Text.escaped(widget.path("type").asText()), widget.path("x").asInt() + 1, width));
      html.append(content(widget)).append("</section>\n");
    }
    return html.append("</main></body></html>\n").toString();
  }

  /**
   * The titles of the widgets of metrics for which nothing was emitted, even where the page shows
   * zeros for it.
   */
  public List<String> empty() {
    List<String> titles = new ArrayList<>();
    for (JsonNode widget : body.path("widgets")) {
      if (widget.path("type").asText().equals("metric")
          && new WidgetLines(store, from, to, quota)
              .emitted(widget.path("properties")).stream()
                  .allMatch(line -> line.values().isEmpty())) {
        titles.add(widget.at("/properties/title").asText());
      }
    }
    return titles;
  }

  private List<Line> lines(JsonNode properties) {
    return new WidgetLines(store, from, to, quota).of(properties);
  }

  private String content(JsonNode widget) {
    JsonNode properties = widget.path("properties");
    return switch (widget.path("type").asText()) {
      case "text" -> Markdown.html(properties.path("markdown").asText());
      case "metric" -> title(properties) + metrics(widget, properties);
      default ->
          title(properties)
              + "<p>The sandbox does not draw widgets of type %s.</p>"
                  .formatted(Text.escaped(widget.path("type").asText()));
    };
  }

  private static String title(JsonNode properties) {
    return "<h3>" + Text.escaped(properties.path("title").asText()) + "</h3>";
  }

  private String metrics(JsonNode widget, JsonNode properties) {
    List<Line> lines;
    try {
      lines = lines(properties);
    } catch (IllegalArgumentException e) {
      return "<p class=\"none\">" + Text.escaped(String.valueOf(e.getMessage())) + "</p>";
    }
    if (lines.stream().allMatch(line -> line.values().isEmpty())) {
      return "<p class=\"none\">no data</p>";
    }
    String view = properties.path("view").asText("timeSeries");
    if (view.equals("singleValue")) {
      return numbers(lines);
    }
    int width = widget.path("width").asInt(6) * COLUMN;
    int height = Math.max(120, widget.path("height").asInt(6) * ROW - HEADING);
    return new Graph(properties, lines, from, to, width, height).svg() + legend(lines);
  }

  private static String numbers(List<Line> lines) {
    StringBuilder html = new StringBuilder();
    for (Line line : lines) {
      html.append("<p>%s<br><span class=\"number\">".formatted(Text.escaped(line.label())));
      html.append(last(line)).append("</span></p>");
    }
    return html.toString();
  }

  /** With the last value of each, as one asks for that first. */
  private static String legend(List<Line> lines) {
    StringBuilder html = new StringBuilder("<ul class=\"legend\">");
    for (int i = 0; i < lines.size(); i++) {
      html.append(
          "<li class=\"c%d\"><i></i>%s <b>%s</b></li>"
              .formatted(i % Palette.SIZE, Text.escaped(lines.get(i).label()), last(lines.get(i))));
    }
    return html.append("</ul>").toString();
  }

  private static String last(Line line) {
    return line.values().isEmpty()
        ? "<span class=\"none\">no data</span>"
        : Text.number(line.values().lastEntry().getValue());
  }
}
