package io.sparkgate.benchmark.cost;

import java.util.Locale;

/** Writes a picture in the look of docs/deployed.svg; coordinates are pixels from the top left. */
final class Svg {

  private final StringBuilder lines = new StringBuilder();

  /** A white page with a title and a description for those who cannot see it. */
  Svg(int width, int height, String title, String description) {
    line(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
            + " font-family=\"Helvetica, Arial, DejaVu Sans, sans-serif\" font-size=\"14\""
            + " role=\"img\" aria-labelledby=\"t d\">",
        width, height);
    line("  <title id=\"t\">%s</title>", escaped(title));
    line("  <desc id=\"d\">%s</desc>", escaped(description));
    line("  <style>");
    line("    .plain { fill: #fff3e2; stroke: #c46a12; stroke-width: 1.4 }");
    line("    .reap { fill: #eaf5ee; stroke: #2c7a4b; stroke-width: 1.4 }");
    line("    .pool { fill: #f2b36b; stroke: #c46a12; stroke-width: 1.4 }");
    line("    .axis { stroke: #445; stroke-width: 1.4 }");
    line("    .grid { stroke: #d5dbea; stroke-width: 1 }");
    line("    .h { font-weight: bold; fill: #1d2433 }");
    line("    .b { fill: #1d2433 }");
    line("    .s { font-size: 12px; fill: #46506a }");
    line("  </style>");
    line("  <rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>", width, height);
  }

  /** What a text's x is: where it begins, its middle, or its end. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  Svg text(String style, double x, double y, Anchor anchor, String text) {
    String where = anchor.name().toLowerCase(Locale.ROOT);
    line(
        "  <text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>",
        style, number(x), number(y), where, escaped(text));
    return this;
  }

  Svg bar(String style, double x, double y, double width, double height) {
    line(
        "  <rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>",
        style, number(x), number(y), number(width), number(height));
    return this;
  }

  Svg vertical(String style, double x, double from, double to) {
    line("  <path class=\"%s\" d=\"M%s %sV%s\"/>", style, number(x), number(from), number(to));
    return this;
  }

  /** The whole document. */
  String end() {
    return lines + "</svg>\n";
  }

  private void line(String format, Object... values) {
    lines.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value).replaceFirst("\\.0$", "");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
