package io.sparkgate.sandbox.dashboard;

import java.util.Locale;

/** Texts and numbers as they stand in the page. */
final class Text {

  private Text() {}

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** With as many digits as a person reads. */
  static String number(double value) {
    double size = Math.abs(value);
    if (size >= 1e6) {
      return trimmed("%.1f", value / 1e6) + "M";
    }
    if (size >= 1e4) {
      return trimmed("%.1f", value / 1e3) + "k";
    }
    return trimmed(
        size >= 100 ? "%.0f" : size >= 1 ? "%.1f" : size >= 0.01 ? "%.2f" : "%.4f", value);
  }

  private static String trimmed(String format, double value) {
    String text = String.format(Locale.ROOT, format, value);
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }
}
