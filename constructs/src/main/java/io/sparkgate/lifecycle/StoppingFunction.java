package io.sparkgate.lifecycle;

import io.sparkgate.border.Handlers;
import io.sparkgate.internal.ApplicationArn;
import io.sparkgate.internal.PatientFunction;
import io.sparkgate.internal.Permissions;
import io.sparkgate.serverless.EmrServerlessApplication;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.lambda.IFunction;
import software.constructs.Construct;
import software.constructs.IConstruct;

/** The function that stops the application. */
final class StoppingFunction {

  /** What the function takes, beyond the wait, to stop the application or to give up on it. */
  private static final Duration STOPPING = Duration.minutes(15);

  private final PatientFunction patient;

  StoppingFunction(Construct scope, String address, Duration longestWait) {
    patient =
        new PatientFunction(
            scope,
            Handlers.LIFECYCLE,
            "Stops the application before it is updated or deleted",
            Permissions.lifecycle(Stack.of(scope), address),
            longestWait.plus(STOPPING));
  }

  IFunction function() {
    return patient.function();
  }

  String serviceToken() {
    return patient.serviceToken();
  }

  /** What must be there before the function is asked anything. */
  List<IConstruct> ready() {
    return patient.ready();
  }

  /** Lets the function end the application's work. */
  IConstruct mayEndWorkOf(EmrServerlessApplication application) {
    return patient.allowLater(
        "EndWork",
        Permissions.lifecycleThatTerminates(new ApplicationArn(application.getApplicationArn())));
  }
}
