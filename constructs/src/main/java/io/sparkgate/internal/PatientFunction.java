package io.sparkgate.internal;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.customresources.Provider;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Policy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * A function of ours behind custom resources, and the CDK's provider framework, which calls it
 * again and again for as long as it takes.
 */
public final class PatientFunction {

  /** What the framework waits beyond the function, which gives up before and says why. */
  private static final Duration BACK_STOP = Duration.minutes(2);

  private final Construct scope;
  private final Role role;
  private final Function function;
  private final Provider provider;

  /**
   * Makes the function, with children of its own names.
   *
   * @param scope the parent construct
   * @param handler the name of the class
   * @param description what it does
   * @param allowed what it may do from the first
   * @param longest for how long it asks for patience
   * @throws IllegalArgumentException if the stack's synthesizer takes no files
   */
  public PatientFunction(
      Construct scope,
      String handler,
      String description,
      List<Statement> allowed,
      Duration longest) {
    this.scope = scope;
    JarFunction made = JarFunction.of(scope, handler, description, RetentionDays.THREE_MONTHS);
    role = made.role();
    made.allow(allowed);
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
            .totalTimeout(longest.plus(BACK_STOP))
            .frameworkOnEventRole(asking)
            .frameworkCompleteAndTimeoutRole(waiting)
            .logGroup(made.logGroup())
            .build();
  }

  /** Returns the function. */
  public IFunction function() {
    return function;
  }

  /** Returns whom a custom resource names to be answered by the function. */
  public String serviceToken() {
    return provider.getServiceToken();
  }

  /** Returns what must be there before the function is asked anything. */
  public List<IConstruct> ready() {
    return List.of(role, function, provider);
  }

  /**
   * Allows more in a policy of its own, because it names a resource that waits for the function.
   *
   * @param id of the policy
   * @return the policy, to wait for before the function is asked to use it
   */
  public IConstruct allowLater(String id, List<Statement> statements) {
    return Policy.Builder.create(scope, id)
        .roles(List.<IRole>of(role))
        .statements(statements.stream().map(Statement::toPolicyStatement).toList())
        .build();
  }

  private Role role(String id, String description) {
    return Role.Builder.create(scope, id)
        .description(description)
        .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
        .build();
  }
}
