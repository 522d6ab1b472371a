package io.sparkgate.sandbox.spark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What Python functions need, of the whole set that a client of the release was seen to work with.
 *
 * @param constraints as pip reads them: exact versions, a line each
 */
record Requirements(String constraints) {
  /** As for a client: functions of {@code foreachBatch} are clients of their session. */
  static final String PACKAGES = "pyspark[connect]";

  private static final List<String> SHOWN = List.of("pyspark", "pandas", "pyarrow", "numpy");

  /** Those of the release that the sandbox plays, {@code client/constraints}. */
  static Requirements read() throws IOException {
    try (InputStream text = Requirements.class.getResourceAsStream("/constraints/emr-7.13.0.txt")) {
      if (text == null) {
        throw new IOException("client/constraints/emr-7.13.0.txt is missing in the sandbox's jar");
      }
      return new Requirements(new String(text.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** For people: what they see of it in their functions. */
  @Override
  public String toString() {
    List<String> pinned = constraints.lines().toList();
    return String.join(
        ", ",
        SHOWN.stream()
            .map(
                name ->
                    pinned.stream()
                        .filter(line -> line.startsWith(name + "=="))
                        .findFirst()
                        .orElse(name)
                        .replace("==", " "))
            .toList());
  }
}
