package io.sparkgate.sandbox.template;

import io.sparkgate.sandbox.template.Blueprint.Parameter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a client has to know to connect, as the platform writes it to Parameter Store: a parameter
 * for each, below one path.
 *
 * @param path for example {@code /sparkgate/dev}
 * @param values by the last parts of the parameters' names, for example {@code application-id}
 */
public record Contract(String path, Map<String, String> values) {

  /** Where clients look for a name. */
  private static final String DEFAULT = "/sparkgate/";

  private static final String APPLICATION = "/application-id";

  private static final String CLUSTER = "/cluster-id";

  /** The one of the application, if the template has one. */
  public static Optional<Contract> of(Blueprint blueprint) {
    return blueprint
        .application()
        .flatMap(application -> beside(APPLICATION, application.id(), blueprint));
  }

  /** The one of the cluster, if the template has one. */
  public static Optional<Contract> ofCluster(Blueprint blueprint) {
    return blueprint.cluster().flatMap(cluster -> beside(CLUSTER, cluster.id(), blueprint));
  }

  private static Optional<Contract> beside(String name, String id, Blueprint blueprint) {
    return new TreeMap<>(blueprint.parameters())
        .entrySet().stream()
            .filter(parameter -> parameter.getKey().endsWith(name))
            .filter(parameter -> parameter.getValue().value().equals(id))
            .map(parameter -> parameter.getKey().replaceFirst(name + "$", ""))
            .map(path -> new Contract(path, below(path + "/", blueprint.parameters())))
            .findFirst();
  }

  private static Map<String, String> below(String path, Map<String, Parameter> parameters) {
    Map<String, String> values = new TreeMap<>();
    parameters.forEach(
        (name, parameter) -> {
          if (name.startsWith(path)) {
            values.put(name.substring(path.length()), parameter.value());
          }
        });
    return values;
  }

  /** What clients call the environment: its name, or the whole path where it is another. */
  public String environment() {
    return path.matches(DEFAULT + "[^/]+") ? path.substring(DEFAULT.length()) : path;
  }
}
