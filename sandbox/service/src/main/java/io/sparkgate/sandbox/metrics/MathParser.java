package io.sparkgate.sandbox.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an expression of metric math. */
final class MathParser {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:([0-9]+(?:\\.[0-9]+)?)|([A-Za-z_][A-Za-z0-9_]*)|'([^']*)'|\"([^\"]*)\"|(>=|<=|==|!=|[-+*/()\\[\\],<>]))");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int next;

  private record Token(String kind, String text) {}

  /** A part of an expression. */
  sealed interface Node {}

  record Constant(double value) implements Node {}

  record Text(String value) implements Node {}

  record Name(String id) implements Node {}

  record Binary(String operator, Node left, Node right) implements Node {}

  record Function(String name, List<Node> arguments) implements Node {}

  /** In square brackets. */
  record Array(List<Node> elements) implements Node {}

  private MathParser(String text) {
    this.text = text;
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      end = matcher.end();
      if (matcher.group(1) != null) {
        tokens.add(new Token("number", matcher.group(1)));
      } else if (matcher.group(2) != null) {
        tokens.add(new Token("name", matcher.group(2)));
      } else if (matcher.group(5) != null) {
        tokens.add(new Token("sign", matcher.group(5)));
      } else {
        tokens.add(
            new Token("text", matcher.group(3) != null ? matcher.group(3) : matcher.group(4)));
      }
    }
    if (!text.substring(end).isBlank()) {
      throw problem();
    }
  }

  /**
   * Reads all of it.
   *
   * @throws IllegalArgumentException if it is not what the sandbox knows
   */
  static Node parse(String text) {
    MathParser parser = new MathParser(text);
    Node node = parser.comparison();
    if (parser.next < parser.tokens.size()) {
      throw parser.problem();
    }
    return node;
  }

  private Node comparison() {
    Node left = sum();
    for (String sign : List.of(">=", "<=", "==", "!=", ">", "<")) {
      if (take(sign)) {
        return new Binary(sign, left, sum());
      }
    }
    return left;
  }

  private Node sum() {
    Node left = product();
    while (true) {
      if (take("+")) {
        left = new Binary("+", left, product());
      } else if (take("-")) {
        left = new Binary("-", left, product());
      } else {
        return left;
      }
    }
  }

  private Node product() {
    Node left = factor();
    while (true) {
      if (take("*")) {
        left = new Binary("*", left, factor());
      } else if (take("/")) {
        left = new Binary("/", left, factor());
      } else {
        return left;
      }
    }
  }

  private Node factor() {
    if (take("-")) {
      return new Binary("-", new Constant(0), factor());
    }
    if (take("(")) {
      Node inner = comparison();
      require(")");
      return inner;
    }
    if (take("[")) {
      return new Array(list("]"));
    }
    if (next == tokens.size()) {
      throw problem();
    }
    Token token = tokens.get(next++);
    return switch (token.kind()) {
      case "number" -> new Constant(Double.parseDouble(token.text()));
      case "text" -> new Text(token.text());
      case "name" -> take("(") ? new Function(token.text(), list(")")) : new Name(token.text());
      default -> throw problem();
    };
  }

  private List<Node> list(String end) {
    List<Node> all = new ArrayList<>();
    if (take(end)) {
      return all;
    }
    do {
      all.add(comparison());
    } while (take(","));
    require(end);
    return all;
  }

  private boolean take(String sign) {
    boolean there =
        next < tokens.size()
            && tokens.get(next).kind().equals("sign")
            && tokens.get(next).text().equals(sign);
    next += there ? 1 : 0;
    return there;
  }

  private void require(String sign) {
    if (!take(sign)) {
      throw problem();
    }
  }

  private IllegalArgumentException problem() {
    return new IllegalArgumentException(
        "The sandbox does not understand the metric math %s; it knows numbers, ids, + - * / ( ), comparisons, IF, FILL, SUM, MAX, MIN, AVG, METRICS, SERVICE_QUOTA and SEARCH"
            .formatted(text));
  }
}
