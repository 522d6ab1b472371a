package io.sparkgate.app;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;

/** Entry point of cdk.json. */
public final class SparkgateApp {

  private SparkgateApp() {}

  /**
   * Synthesizes the stacks of each environment, or the one that {@code -c environment=NAME} names.
   *
   * @param args none
   */
  public static void main(String... args) {
    try {
      App app = quiet(AppProps.builder());
      NoStaging.refuse(app);
      addStacks(app);
      DanglingReferences.refuse(app.synth());
    } catch (IllegalArgumentException e) {
      // A mistake in cdk.json; the stack trace would only hide the sentence that says which.
      System.err.println("Error: " + e.getMessage());
      System.exit(1);
    }
  }

  /** Stack traces name but the file of jsii in which all constructs are made. */
  static App quiet(AppProps.Builder props) {
    return new App(props.context(FeatureFlags.unchanged()).stackTraces(false).build());
  }

  /**
   * Adds the stacks of the environments to an app, and that of a pipeline if cdk.json asks for one
   * and no environment is named.
   *
   * @param app the app with the context of cdk.json
   * @return the stacks of the environments, in the order of their environments' names
   * @throws IllegalArgumentException if an environment is unknown or one of its settings is wrong
   */
  public static List<Stack> addStacks(App app) {
    Delivery delivery = Delivery.in(app);
    Map<String, Settings> environments = Environments.in(app);
    List<Stack> stacks = EnvironmentStacks.add(app, delivery, environments);
    if (!Environments.isOneAskedFor(app)) {
      delivery
          .pipeline()
          .ifPresent(
              pipeline -> new PipelineStack(app, pipeline, delivery.promotion(), environments));
    }
    return stacks;
  }
}
