package io.sparkgate.function.cluster.reaper;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the function is told, as the construct writes it. */
final class Configs {

  private Configs() {}

  static String of(int maxTerminations, boolean dryRun, String... clusters) {
    List<Map<String, String>> watched =
        Stream.of(clusters)
            .map(
                id -> {
                  Map<String, String> each = new LinkedHashMap<>();
                  each.put("clusterId", id);
                  each.put("targetGroupArn", "arn:aws:e:r:1:targetgroup/spark/" + id.substring(2));
                  return each;
                })
            .toList();
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("clusters", watched);
    config.put("idleMinutes", 60);
    config.put("keepTag", "sparkgate:keep-until");
    config.put("maxTerminations", maxTerminations);
    config.put("dryRun", dryRun);
    try {
      return JSON.std.asString(config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
