package io.sparkgate.lifecycle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Stack;
import software.constructs.Node;

/**
 * What of a resource a deployment may change, short enough to hand to a custom resource: a hash of
 * the text, and the intrinsic functions in it, which CloudFormation resolves. A changed security
 * group behind an unchanged reference is a change too, and so is a condition that holds no more.
 */
final class Fingerprint {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]+");

  private final StringBuilder text = new StringBuilder();
  private final Set<Map<?, ?>> references = new LinkedHashSet<>();

  private Fingerprint(Object content) {
    read(content);
  }

  static String hash(Object content) {
    String text = new Fingerprint(content).text.toString();
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What would show a secret stays out: parameters without echo, and dynamic references. */
  static List<Object> references(Object content, Stack stack) {
    Node children = stack.getNode();
    return new Fingerprint(content)
        .references.stream()
            .filter(reference -> !showsSecret(reference, children))
            .<Object>map(reference -> reference)
            .toList();
  }

  private void read(Object value) {
    read(value, true);
  }

  /** Of a function within a function CloudFormation may resolve nothing by itself. */
  private void read(Object value, boolean outermost) {
    if (value instanceof Map<?, ?> map) {
      boolean noted = outermost && note(map);
      text.append('{');
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((key, entry) -> sorted.put(String.valueOf(key), entry));
      sorted.forEach(
          (key, entry) -> {
            text.append(key.length()).append(':').append(key).append('=');
            read(entry, outermost && !noted);
          });
      text.append('}');
    } else if (value instanceof Iterable<?> list) {
      text.append('[');
      list.forEach(entry -> read(entry, outermost));
      text.append(']');
    } else {
      String scalar = String.valueOf(value);
      text.append(scalar.length()).append(':').append(scalar);
    }
  }

  /** Whether the map is a function that is handed on whole; what joins texts is taken apart. */
  private boolean note(Map<?, ?> map) {
    if (map.size() != 1) {
      return false;
    }
    String function = String.valueOf(map.keySet().iterator().next());
    if (function.equals("Fn::Join") || !function.matches("Ref|Fn::.+")) {
      return false;
    }
    if (!String.valueOf(map.values().iterator().next()).startsWith("AWS::")) {
      references.add(map);
    }
    return true;
  }

  /** An attribute is a resource's, so nothing in its address names a parameter. */
  private static boolean showsSecret(Map<?, ?> reference, Node children) {
    if (reference.containsKey("Fn::GetAtt")) {
      return false;
    }
    String text = reference.values().toString();
    return text.contains("{{resolve:")
        || NAME.matcher(text)
            .results()
            .map(MatchResult::group)
            .distinct()
            .anyMatch(
                id ->
                    children.tryFindChild(id) instanceof CfnParameter parameter
                        && Boolean.TRUE.equals(parameter.getNoEcho()));
  }
}
