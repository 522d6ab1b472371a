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
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Stack;

/**
 * What of a resource a deployment may change, short enough to hand to a custom resource: a hash of
 * the text, and the references in it, which CloudFormation resolves. A changed security group
 * behind an unchanged reference is a change too.
 */
final class Fingerprint {

  private static final Set<String> REFERENCES =
      Set.of("Ref", "Fn::GetAtt", "Fn::ImportValue", "Fn::Sub");

  private final StringBuilder text = new StringBuilder();
  private final Set<Object> references = new LinkedHashSet<>();

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

  /** Parameters that must not be shown stay out. */
  static List<Object> references(Object content, Stack stack) {
    return new Fingerprint(content)
        .references.stream().filter(reference -> !isSecret(reference, stack)).toList();
  }

  private void read(Object value) {
    if (value instanceof Map<?, ?> map) {
      note(map);
      text.append('{');
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((key, entry) -> sorted.put(String.valueOf(key), entry));
      sorted.forEach(
          (key, entry) -> {
            text.append(key.length()).append(':').append(key).append('=');
            read(entry);
          });
      text.append('}');
    } else if (value instanceof Iterable<?> list) {
      text.append('[');
      list.forEach(this::read);
      text.append(']');
    } else {
      String scalar = String.valueOf(value);
      text.append(scalar.length()).append(':').append(scalar);
    }
  }

  private void note(Map<?, ?> map) {
    if (map.size() == 1 && REFERENCES.contains(map.keySet().iterator().next())) {
      Object target = map.values().iterator().next();
      if (!String.valueOf(target).startsWith("AWS::")) {
        references.add(map);
      }
    }
  }

  private static boolean isSecret(Object reference, Stack stack) {
    return ((Map<?, ?>) reference).get("Ref") instanceof String id
        && stack.getNode().tryFindChild(id) instanceof CfnParameter parameter
        && Boolean.TRUE.equals(parameter.getNoEcho());
  }
}
