package io.sparkgate.sandbox.cloudformation;

import io.sparkgate.sandbox.template.BadInput;
import io.sparkgate.sandbox.template.StackTemplate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One order in which CloudFormation may make resources, out of the many that dependencies leave
 * open: the one in which permissions come as late as they may, so that a missing dependency shows.
 */
final class Order {

  private Order() {}

  static List<String> of(StackTemplate template) throws BadInput {
    List<String> rest = new ArrayList<>(template.resources());
    List<String> order =
        sort(rest, template::dependencies, id -> template.type(id).startsWith("AWS::IAM::"));
    if (!rest.isEmpty()) {
      throw template.problem("Circular dependency between resources: %s", rest);
    }
    return order;
  }

  /** Each after those of the others that it depends on; several of a logical id stay together. */
  static List<Resource> of(Collection<Resource> resources) {
    Map<String, List<Resource>> byId =
        resources.stream().collect(Collectors.groupingBy(Resource::logicalId));
    List<String> rest =
        new ArrayList<>(resources.stream().map(Resource::logicalId).distinct().toList());
    return sort(
            rest,
            id -> byId.getOrDefault(id, List.of()).get(0).dependencies(),
            id -> byId.getOrDefault(id, List.of()).get(0).type().startsWith("AWS::IAM::"))
        .stream()
        .flatMap(id -> byId.getOrDefault(id, List.of()).stream())
        .toList();
  }

  /** Takes out of the rest what can be put in order. */
  private static List<String> sort(
      List<String> rest,
      Function<String, Set<String>> dependencies,
      Function<String, Boolean> late) {
    List<String> order = new ArrayList<>();
    while (true) {
      List<String> ready =
          rest.stream()
              .filter(id -> dependencies.apply(id).stream().noneMatch(rest::contains))
              .toList();
      Optional<String> next =
          ready.stream()
              .filter(id -> !late.apply(id))
              .findFirst()
              .or(() -> ready.stream().findFirst());
      if (next.isEmpty()) {
        return order;
      }
      order.add(next.get());
      rest.remove(next.get());
    }
  }
}
