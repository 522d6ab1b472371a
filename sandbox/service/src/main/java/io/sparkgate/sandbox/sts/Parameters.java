package io.sparkgate.sandbox.sts;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The members of a request in AWS's query protocol: a form, in which lists are numbered. */
record Parameters(Map<String, String> values) {

  /** Reads forms joined by {@code &}. */
  static Parameters parse(String form) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : form.split("&")) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) {
        values.put(decoded(parts[0]), decoded(parts[1]));
      }
    }
    return new Parameters(values);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Empty when it is not there. */
  String text(String name) {
    return values.getOrDefault(name, "");
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** A list of keys and values, {@code Tags.member.1.Key} and so on. */
  Map<String, String> pairs(String name) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = 1; values.containsKey("%s.member.%d.Key".formatted(name, i)); i++) {
      String member = "%s.member.%d.".formatted(name, i);
      pairs.put(text(member + "Key"), text(member + "Value"));
    }
    return pairs;
  }

  /** Whose names, without what is numbered below them, are none of these. */
  Set<String> others(Predicate<String> known) {
    Set<String> others = new TreeSet<>();
    for (String name : values.keySet()) {
      String member = name.replaceFirst("\\..*", "");
      if (!known.test(member)) {
        others.add(member);
      }
    }
    return others;
  }
}
