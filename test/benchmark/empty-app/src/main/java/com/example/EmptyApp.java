package com.example;

import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;

/** What {@code cdk init app --language java} leaves before anything is added. */
public final class EmptyApp {

  private EmptyApp() {}

  public static void main(String... args) {
    App app = new App();
    new Stack(app, "Empty");
    app.synth();
  }
}
