package io.sparkgate.sandbox.iam;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;

/** An operator of a condition, such as {@code ForAnyValue:StringNotLikeIfExists}. */
public final class Operator {

  private static final Map<String, BiPredicate<Glob, String>> TESTS =
      Map.of(
          "stringequals",
          (pattern, value) -> pattern.plain().equals(value),
          "stringequalsignorecase",
          (pattern, value) -> pattern.plain().equalsIgnoreCase(value),
          "stringlike",
          Glob::matches,
          "arnequals",
          Glob::matchesArn,
          "arnlike",
          Glob::matchesArn,
          "bool",
          (pattern, value) -> pattern.plain().equalsIgnoreCase(value));

  private static final String IF_EXISTS = "ifexists";

  private enum Quantifier {
    NONE,
    FOR_ALL_VALUES,
    FOR_ANY_VALUE
  }

  private final Quantifier quantifier;
  private final boolean ifExists;
  private final boolean negated;
  private final BiPredicate<Glob, String> test;

  private Operator(
      Quantifier quantifier, boolean ifExists, boolean negated, BiPredicate<Glob, String> test) {
    this.quantifier = quantifier;
    this.ifExists = ifExists;
    this.negated = negated;
    this.test = test;
  }

  static Operator parse(String written) throws Unknown {
    String name = written.toLowerCase(Locale.ROOT);
    Quantifier quantifier = Quantifier.NONE;
    if (name.startsWith("forallvalues:")) {
      quantifier = Quantifier.FOR_ALL_VALUES;
    } else if (name.startsWith("foranyvalue:")) {
      quantifier = Quantifier.FOR_ANY_VALUE;
    }
    name = name.substring(name.indexOf(':') + 1);
    boolean ifExists = name.endsWith(IF_EXISTS);
    if (ifExists) {
      name = name.substring(0, name.length() - IF_EXISTS.length());
    }
    boolean negated = name.matches("(string|arn)not.+");
    BiPredicate<Glob, String> test = TESTS.get(negated ? name.replaceFirst("not", "") : name);
    if (test == null) {
      throw new Unknown("the condition operator " + written);
    }
    return new Operator(quantifier, ifExists, negated, test);
  }

  /** Whether it was written to compare more than one value of a request. */
  boolean takesManyValues() {
    return quantifier != Quantifier.NONE;
  }

  /** Alternatives that a request's values, none if it lacks the key, are compared with. */
  boolean holds(List<Glob> patterns, List<String> values) {
    if (values.isEmpty()) {
      return ifExists
          || switch (quantifier) {
            case NONE -> negated;
            case FOR_ALL_VALUES -> true;
            case FOR_ANY_VALUE -> false;
          };
    }
    return quantifier == Quantifier.FOR_ANY_VALUE
        ? values.stream().anyMatch(value -> holds(patterns, value))
        : values.stream().allMatch(value -> holds(patterns, value));
  }

  /** One of the alternatives must match or, negated, none may. */
  private boolean holds(List<Glob> patterns, String value) {
    return negated != patterns.stream().anyMatch(pattern -> test.test(pattern, value));
  }
}
