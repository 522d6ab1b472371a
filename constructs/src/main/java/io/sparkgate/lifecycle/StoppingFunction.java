package io.sparkgate.lifecycle;

import io.sparkgate.border.Handlers;
import io.sparkgate.internal.ApplicationArn;
import io.sparkgate.internal.JarFunction;
import io.sparkgate.internal.Permissions;
import io.sparkgate.internal.Statement;
import io.sparkgate.serverless.EmrServerlessApplication;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.customresources.Provider;
import software.amazon.awscdk.services.iam.Policy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * The function that stops the application, and the CDK's provider framework, which calls it again
 * and again for as long as it takes.
 */
final class StoppingFunction {

  /** What the function takes, beyond the wait, to stop the application or to give up on it. */
  private static final Duration STOPPING = Duration.minutes(15);

  private final Construct scope;
  private final Role role;
  private final Function function;
  private final Provider provider;

  StoppingFunction(Construct scope, String address, Duration longestWait) {
    this.scope = scope;
    JarFunction made =
        JarFunction.of(
            scope,
            Handlers.LIFECYCLE,
            "Stops the application before it is updated or deleted",
            RetentionDays.THREE_MONTHS);
    role = made.role();
    made.allow(Permissions.lifecycle(Stack.of(scope), address));
    function = made.props().timeout(Duration.minutes(2)).build();

    Role asking = role("AskingRole", "Asks the function to begin");
    Role waiting = role("WaitingRole", "Asks the function whether it is done");
    made.logGroup().grantWrite(asking);
    made.logGroup().grantWrite(waiting);
    provider =
        Provider.Builder.create(scope, "Provider")
            .onEventHandler(function)
            .isCompleteHandler(function)
            .queryInterval(Duration.seconds(10))
            // A back-stop: the function gives up before, and says why.
            .totalTimeout(longestWait.plus(STOPPING).plus(Duration.minutes(2)))
            .frameworkOnEventRole(asking)
            .frameworkCompleteAndTimeoutRole(waiting)
            .logGroup(made.logGroup())
            .build();
  }

  IFunction function() {
    return function;
  }

  String serviceToken() {
    return provider.getServiceToken();
  }

  /** What must be there before the function is asked anything. */
  List<IConstruct> ready() {
    return List.of(role, function, provider);
  }

  /**
   * Lets the function end the application's work. A policy of its own, because it names the
   * application, which waits for the function.
   */
  IConstruct mayEndWorkOf(EmrServerlessApplication application) {
    return Policy.Builder.create(scope, "EndWork")
        .roles(List.of(role))
        .statements(
            Permissions.lifecycleThatTerminates(new ApplicationArn(application.getApplicationArn()))
                .stream()
                .map(Statement::toPolicyStatement)
                .toList())
        .build();
  }

  private Role role(String id, String description) {
    return Role.Builder.create(scope, id)
        .description(description)
        .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
        .build();
  }
}
