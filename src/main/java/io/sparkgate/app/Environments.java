package io.sparkgate.app;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.constructs.Construct;

/** The environments of cdk.json by their names. */
final class Environments {

  private static final String ALL = "environments";
  private static final String ONE = "environment";

  private Environments() {}

  /** The names of all, whichever are asked for. */
  static Set<String> names(Construct app) {
    return all(app).names();
  }

  /** Whether only the stack of one is wanted. */
  static boolean isOneAskedFor(Construct app) {
    return app.getNode().tryGetContext(ONE) != null;
  }

  private static Settings all(Construct app) {
    return Settings.ofContext(app.getNode().tryGetContext(ALL), ALL);
  }

  /** Whether a stack is wanted: all are, or the one that {@code -c environment=NAME} names. */
  static boolean wants(Construct app, String name) {
    Object chosen = app.getNode().tryGetContext(ONE);
    return chosen == null || chosen.equals(name);
  }

  /** All environments, or the one of which {@code -c environment=NAME} names a stack. */
  static Map<String, Settings> in(Construct app) {
    Settings all = all(app);
    Map<String, Settings> environments = new TreeMap<>();
    Set<String> stacks = new TreeSet<>();
    for (String name : all.names()) {
      requireLegal(name);
      Settings settings = all.section(name).orElseThrow();
      for (String stack : stacksOf(name, settings)) {
        if (!stacks.add(stack)) {
          throw new BadSetting(
              "cdk.json: environments has '%s' and the cluster of '%s', whose stack has that name too; call one of them otherwise"
                  .formatted(
                      stack, stack.substring(0, stack.length() - ClusterSettings.SUFFIX.length())));
        }
        if (wants(app, stack)) {
          environments.put(name, settings);
        }
      }
    }
    Object chosen = app.getNode().tryGetContext(ONE);
    if (chosen != null && environments.isEmpty()) {
      throw new BadSetting(
          "-c environment received '%s', but cdk.json has the environments %s; choose one of them or add it"
              .formatted(chosen, stacks));
    }
    return environments;
  }

  private static List<String> stacksOf(String name, Settings settings) {
    Optional<Settings> cluster = settings.section("cluster");
    if (cluster.isEmpty()) {
      return List.of(name);
    }
    return ClusterSettings.isOnly(cluster.get())
        ? List.of(name + ClusterSettings.SUFFIX)
        : List.of(name, name + ClusterSettings.SUFFIX);
  }

  private static void requireLegal(String name) {
    if (!name.matches("[A-Za-z][A-Za-z0-9-]{0,63}")) {
      throw new BadSetting(
          "cdk.json: environments has the name '%s', but a name becomes part of the stack's; use up to 64 letters, digits and hyphens, a letter first"
              .formatted(name));
    }
  }
}
