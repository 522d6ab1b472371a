package io.sparkgate.sandbox.dashboard;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The little Markdown that text widgets have: headings, paragraphs, lists, bold, code, links. */
final class Markdown {

  private static final Pattern INLINE =
      Pattern.compile("`([^`]+)`|\\*\\*(.+?)\\*\\*|\\[([^\\]]+)]\\((https://[^)\\s]+)\\)");

  private Markdown() {}

  static String html(String text) {
    StringBuilder html = new StringBuilder();
    for (String block : text.strip().split("\\n(\\s*\\n)+")) {
      for (String part : block.split("\\n(?=#)|(?<=^#.{0,200})\\n")) {
        append(part.strip(), html);
      }
    }
    return html.toString();
  }

  private static void append(String part, StringBuilder html) {
    Matcher heading = Pattern.compile("(#{1,4}) (.*)", Pattern.DOTALL).matcher(part);
    if (heading.matches()) {
      int level = heading.group(1).length() + 1;
      html.append("<h%d>%s</h%d>".formatted(level, inline(heading.group(2)), level));
    } else if (part.startsWith("* ") || part.startsWith("- ")) {
      html.append("<ul>");
      for (String item : part.split("\\n")) {
        html.append("<li>").append(inline(item.replaceFirst("^[*-] ", ""))).append("</li>");
      }
      html.append("</ul>");
    } else if (!part.isEmpty()) {
      html.append("<p>").append(inline(part)).append("</p>");
    }
  }

  private static String inline(String text) {
    return INLINE
        .matcher(Text.escaped(text))
        .replaceAll(
            found -> {
              String html;
              if (found.group(1) != null) {
                html = "<code>" + found.group(1) + "</code>";
              } else if (found.group(2) != null) {
                html = "<strong>" + found.group(2) + "</strong>";
              } else {
                html = "<a href=\"%s\">%s</a>".formatted(found.group(4), found.group(3));
              }
              return Matcher.quoteReplacement(html);
            });
  }
}
