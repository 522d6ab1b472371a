package io.sparkgate.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** The stacks of the environments that are asked for: an application, a cluster, or both. */
final class EnvironmentStacks {

  private final Construct app;
  private final Delivery delivery;
  private final List<Stack> stacks = new ArrayList<>();

  private EnvironmentStacks(Construct app, Delivery delivery) {
    this.app = app;
    this.delivery = delivery;
  }

  static List<Stack> add(Construct app, Delivery delivery, Map<String, Settings> environments) {
    EnvironmentStacks made = new EnvironmentStacks(app, delivery);
    environments.forEach(made::add);
    return made.stacks;
  }

  private void add(String name, Settings settings) {
    Optional<Settings> cluster = settings.section("cluster");
    boolean hasApplication = !cluster.map(ClusterSettings::isOnly).orElse(false);
    if (!hasApplication && delivery.promotion().contains(name)) {
      throw new BadSetting(
          "cdk.json: promotion has '%s', but this environment has a cluster only, which a CI deploys as '%s' by commands of its own; leave it out (docs/pipeline.md)"
              .formatted(name, name + ClusterSettings.SUFFIX));
    }
    if (hasApplication && Environments.wants(app, name)) {
      stacks.add(
          blaming(name, Blame::of, () -> new SparkConnectStack(app, name, settings, delivery)));
    }
    if (cluster.isPresent() && Environments.wants(app, name + ClusterSettings.SUFFIX)) {
      stacks.add(
          blaming(
              name, Blame::ofCluster, () -> new ClusterStack(app, name, settings, cluster.get())));
    }
  }

  /** What a construct refuses came from a setting, so the error begins with that. */
  private static Stack blaming(String name, UnaryOperator<String> blame, Supplier<Stack> stack) {
    try {
      return stack.get();
    } catch (BadSetting e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "cdk.json: environments." + name + blame.apply(e.getMessage()) + ": " + e.getMessage(),
          e);
    }
  }
}
