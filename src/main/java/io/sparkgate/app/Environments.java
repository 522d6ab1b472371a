package io.sparkgate.app;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

  /** All environments, or the one that {@code -c environment=NAME} names. */
  static Map<String, Settings> in(Construct app) {
    Settings all = all(app);
    Object chosen = app.getNode().tryGetContext(ONE);
    if (chosen != null && !all.names().contains(chosen)) {
      throw new BadSetting(
          "-c environment received '%s', but cdk.json has the environments %s; choose one of them or add it"
              .formatted(chosen, all.names()));
    }
    Map<String, Settings> environments = new TreeMap<>();
    for (String name : all.names()) {
      if (chosen == null || chosen.equals(name)) {
        if (!name.matches("[A-Za-z][A-Za-z0-9-]{0,63}")) {
          throw new BadSetting(
              "cdk.json: environments has the name '%s', but a name becomes part of the stack's; use up to 64 letters, digits and hyphens, a letter first"
                  .formatted(name));
        }
        environments.put(name, all.section(name).orElseThrow());
      }
    }
    return environments;
  }
}
