package io.sparkgate.internal;

import java.util.List;
import software.amazon.awscdk.BootstraplessSynthesizer;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * One of our functions in the making: a role that may write its log and nothing else yet, the log,
 * which outlives it, and the settings that all have in common.
 *
 * @param role to be given what the function needs
 * @param logGroup its log
 * @param props with code, runtime, memory, role and log; lacks what is the function's own
 */
public record JarFunction(Role role, LogGroup logGroup, Function.Builder props) {

  /**
   * Starts a function, with children {@code Logs}, {@code Role} and, once built, {@code Function}.
   *
   * @param scope the parent construct
   * @param handler the name of the class
   * @param description what it does; also of the role
   * @param logRetention how long its log is kept
   * @return the function in the making
   * @throws IllegalArgumentException if the stack's synthesizer takes no files
   */
  public static JarFunction of(
      Construct scope, String handler, String description, RetentionDays logRetention) {
    Stack stack = Stack.of(scope);
    new Findings(scope)
        .errorIf(
            stack.getSynthesizer() instanceof BootstraplessSynthesizer,
            () ->
                """
            the code of its function is a file to upload, and the synthesizer of stack %s takes \
            none; give the stack one that does, such as DefaultStackSynthesizer, or leave this \
            construct out of it"""
                    .formatted(stack.getNode().getPath()));
    LogGroup logGroup =
        LogGroup.Builder.create(scope, "Logs")
            .retention(logRetention)
            .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
            .build();
    Role role =
        Role.Builder.create(scope, "Role")
            .description(description)
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    logGroup.grantWrite(role);
    return new JarFunction(
        role,
        logGroup,
        Function.Builder.create(scope, "Function")
            .description(description)
            .handler(handler)
            .code(FunctionJar.code())
            .runtime(Runtime.JAVA_25)
            .architecture(Architecture.ARM_64)
            .memorySize(512)
            .role(role)
            .logGroup(logGroup));
  }

  /** Lets the function do what it is for. */
  public void allow(List<Statement> statements) {
    statements.forEach(statement -> role.addToPolicy(statement.toPolicyStatement()));
  }
}
