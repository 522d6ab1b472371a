package io.sparkgate.benchmark.synthesis;

import java.util.List;

/**
 * An app that can be synthesized.
 *
 * @param command its command; empty for the one of cdk.json
 * @param stacks whose templates it writes
 */
record Variant(String name, String command, List<String> stacks) {

  static final Variant OURS =
      new Variant("Sparkgate", "", List.of("SparkConnect-dev", "SparkConnect-prod"));

  /** The shortest way to start it, on the class path of ours. */
  static final Variant EMPTY =
      empty(
          "empty app, java -cp",
          System.getProperty("java.home")
              + "/bin/java -cp 'test/benchmark/empty-app/target/classes:src/target/lib/*'"
              + " com.example.EmptyApp");

  /** The way to start it that {@code cdk init app --language java} writes. */
  static final Variant EMPTY_BY_MAVEN =
      empty("empty app, Maven", "./mvnw -f test/benchmark/empty-app -e -q compile exec:java");

  static final List<Variant> ALL = List.of(OURS, EMPTY, EMPTY_BY_MAVEN);

  private static Variant empty(String name, String command) {
    // As in src/run: what jsii would write there costs time, and no run could read it.
    return new Variant(name, "env -u NODE_COMPILE_CACHE " + command, List.of("Empty"));
  }
}
