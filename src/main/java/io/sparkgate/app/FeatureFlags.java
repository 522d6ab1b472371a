package io.sparkgate.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The feature flags of aws-cdk-lib 2.263.0, each as it is if nobody says anything. The library is
 * tested with these, and the CLI would otherwise say at each synthesis that they are not
 * configured. What cdk.json says of a flag counts more, and a flag that is newer is news.
 */
final class FeatureFlags {

  private FeatureFlags() {}

  static Map<String, Object> unchanged() {
    Map<String, Object> flags = new TreeMap<>();
    try (BufferedReader names =
        new BufferedReader(
            new InputStreamReader(
                FeatureFlags.class.getResourceAsStream("feature-flags.txt"),
                StandardCharsets.UTF_8))) {
      names.lines().forEach(name -> flags.put(name, false));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    flags.put("@aws-cdk/core:defaultCrossStackReferences", "strong");
    // A list or this word, says the CDK's own check.
    flags.put("@aws-cdk/core:target-partitions", "undefined");
    return flags;
  }
}
