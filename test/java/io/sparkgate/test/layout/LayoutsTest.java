package io.sparkgate.test.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

/**
 * A platform in each usual layout of stacks, with each thing that can be handed to it, alone and
 * with all the others: no template refers to what it lacks or runs in a circle, and nobody loses a
 * permission.
 */
class LayoutsTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void isWholeWithEachThing(Layout layout) {
    App app = app();
    List<Order.Promise> promises = new ArrayList<>();
    for (Handed thing : Handed.values()) {
      promises.addAll(Order.of(layout.in(app, thing.id()), List.of(thing)));
    }

    requireWhole(app, promises);
  }

  @ParameterizedTest
  @EnumSource
  void isWholeWithAllThingsTogether(Layout layout) {
    App app = app();
    List<Order.Promise> promises = new ArrayList<>();
    promises.addAll(Order.of(layout.in(app, "One"), everythingWith(Handed.PRIVATE_NETWORK)));
    promises.addAll(Order.of(layout.in(app, "Other"), everythingWith(Handed.SUBNETS_AND_GROUPS)));

    requireWhole(app, promises);
  }

  private App app() {
    return new App(
        AppProps.builder().outdir(directory.toString()).analyticsReporting(false).build());
  }

  private void requireWhole(App app, List<Order.Promise> promises) {
    app.synth();
    Templates templates = new Templates(directory);

    assertThat(templates.problems()).isEmpty();
    for (Order.Promise promise : promises) {
      assertThat(templates.rulesOf(promise.template(), promise.role()))
          .as("%s in %s", promise.role(), promise.template())
          .contains(promise.rule());
    }
  }

  /**
   * With one of the networks. People are of a stack that the platform's refers to, and what watches
   * is made after the platform, as with any construct of the CDK.
   */
  private static List<Handed> everythingWith(Handed network) {
    EnumSet<Handed> things =
        EnumSet.complementOf(
            EnumSet.of(
                Handed.NETWORK,
                Handed.PRIVATE_NETWORK,
                Handed.VPC,
                Handed.SUBNETS_AND_GROUPS,
                Handed.PEOPLE,
                Handed.JOBS,
                Handed.WATCHERS,
                Handed.LOOKS,
                Handed.IMPORTED));
    things.add(network);
    return List.copyOf(things);
  }
}
