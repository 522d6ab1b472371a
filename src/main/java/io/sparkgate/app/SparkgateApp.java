package io.sparkgate.app;

import software.amazon.awscdk.App;

/** Entry point of cdk.json. */
public final class SparkgateApp {

  private SparkgateApp() {}

  /**
   * Synthesizes the stack of each environment, or of the one that {@code -c environment=NAME} names.
   *
   * @param args none
   */
  public static void main(String... args) {
    try {
      synthesize(new App());
    } catch (IllegalArgumentException e) {
      // A mistake in cdk.json; the stack trace would only hide the sentence that says which.
      System.err.println("Error: " + e.getMessage());
      System.exit(1);
    }
  }

  /**
   * Adds the stacks to an app and synthesizes it.
   *
   * @param app the app with the context of cdk.json
   * @throws IllegalArgumentException if an environment is unknown or one of its settings is wrong
   */
  public static void synthesize(App app) {
    Environments.in(app)
        .forEach((name, environment) -> new SparkConnectStack(app, name, environment));
    app.synth();
  }
}
