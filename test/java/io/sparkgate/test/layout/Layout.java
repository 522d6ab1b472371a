package io.sparkgate.test.layout;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Stage;
import software.constructs.Construct;

/** The usual ways to spread a service over stacks: where the platform is, and where all else. */
enum Layout {
  ONE_STACK(
      (app, name) -> {
        Stack stack = stack(app, name + "All", false);
        return new Rooms(stack, kind -> stack);
      }),
  OTHER_STACK(
      (app, name) -> {
        Stack things = stack(app, name + "Things", false);
        return new Rooms(stack(app, name + "Spark", false), kind -> things);
      }),
  OTHER_STACK_OF_A_KNOWN_PLACE(
      (app, name) -> {
        Stack things = stack(app, name + "Things", true);
        return new Rooms(stack(app, name + "Spark", true), kind -> things);
      }),
  A_STACK_FOR_EACH_KIND(
      (app, name) -> {
        Map<String, Stack> stacks = new TreeMap<>();
        return new Rooms(
            stack(app, name + "Spark", true),
            kind -> stacks.computeIfAbsent(kind, id -> stack(app, name + id, true)));
      }),
  PLATFORM_IN_A_NESTED_STACK(
      (app, name) -> {
        Stack parent = stack(app, name + "Parent", false);
        return new Rooms(new NestedStack(parent, "Spark"), kind -> parent);
      }),
  THINGS_IN_A_NESTED_STACK(
      (app, name) -> {
        Stack parent = stack(app, name + "Parent", false);
        Stack things = new NestedStack(parent, "Things");
        return new Rooms(parent, kind -> things);
      }),
  NESTED_SIDE_BY_SIDE(
      (app, name) -> {
        Stack parent = stack(app, name + "Parent", true);
        Stack things = new NestedStack(parent, "Things");
        return new Rooms(new NestedStack(parent, "Spark"), kind -> things);
      }),
  STAGE(
      (app, name) -> {
        Stage stage = new Stage(app, name + "Prod");
        Stack things = stack(stage, "Things", true);
        return new Rooms(stack(stage, "Spark", true), kind -> things);
      });

  private final BiFunction<App, String, Rooms> build;

  Layout(BiFunction<App, String, Rooms> build) {
    this.build = build;
  }

  /** Makes the stacks of one platform, whose names begin so. */
  Rooms in(App app, String name) {
    return build.apply(app, name);
  }

  /**
   * Where things are made.
   *
   * @param platform the scope of the platform
   * @param of the scope of a kind of thing, such as Network
   */
  record Rooms(Construct platform, Function<String, Construct> of) {}

  private static Stack stack(Construct scope, String id, boolean known) {
    return known
        ? new Stack(
            scope,
            id,
            StackProps.builder()
                .env(Environment.builder().account("111122223333").region("eu-west-1").build())
                .build())
        : new Stack(scope, id);
  }
}
