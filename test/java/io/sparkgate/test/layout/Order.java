package io.sparkgate.test.layout;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.serverless.Logs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awscdk.CfnElement;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.IRole;
import software.constructs.Construct;

/** A platform as a consumer asks for it, and what the templates must then let whom do. */
final class Order {

  final SparkConnectPlatform.Builder platform;

  /** Where the platform stands, for what stands beside it. */
  final Construct scope;

  /** Where the things are that are handed in. */
  Construct room;

  private Logs logs = Logs.managed();
  private final List<Consumer<SparkConnectPlatform>> afterwards = new ArrayList<>();
  private final List<Promise> promises = new ArrayList<>();

  /**
   * What a role must be allowed or denied.
   *
   * @param template the file name of the template that has the role
   * @param role the role's logical id there; empty for one that is made elsewhere
   * @param rule such as {@code Allow iam:PassRole}
   */
  record Promise(String template, String role, String rule) {}

  private Order(Construct scope) {
    this.scope = scope;
    this.room = scope;
    platform = SparkConnectPlatform.Builder.create(scope, "Platform");
  }

  /** Builds a platform to which these are handed, each made where the layout puts its kind. */
  static List<Promise> of(Layout.Rooms rooms, List<Handed> things) {
    Order order = new Order(rooms.platform());
    for (Handed thing : things) {
      order.room = rooms.of().apply(thing.kind());
      Construct room = order.room;
      int before = order.afterwards.size();
      thing.giveTo(order);
      for (int i = before; i < order.afterwards.size(); i++) {
        Consumer<SparkConnectPlatform> step = order.afterwards.get(i);
        order.afterwards.set(
            i,
            platform -> {
              order.room = room;
              step.accept(platform);
            });
      }
    }
    SparkConnectPlatform built = order.platform.build();
    List.copyOf(order.afterwards).forEach(step -> step.accept(built));
    return order.promises;
  }

  /** Of all that is handed in, because the application takes its logs as one value. */
  void log(UnaryOperator<Logs> more) {
    logs = more.apply(logs);
    platform.application(application -> application.logs(logs));
  }

  /** What can be done only once the platform is there. */
  void then(Consumer<SparkConnectPlatform> step) {
    afterwards.add(step);
  }

  /** Of a role that the template only names. */
  void expectIn(Construct scope, String... rules) {
    for (String rule : rules) {
      promises.add(new Promise(Stack.of(scope).getTemplateFile(), "", rule));
    }
  }

  void expect(IRole role, String... rules) {
    Stack stack = Stack.of(role);
    String id =
        String.valueOf(
            stack.resolve(((CfnElement) role.getNode().getDefaultChild()).getLogicalId()));
    for (String rule : rules) {
      promises.add(new Promise(stack.getTemplateFile(), id, rule));
    }
  }
}
