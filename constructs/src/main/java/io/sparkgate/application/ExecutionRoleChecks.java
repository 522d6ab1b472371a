package io.sparkgate.application;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Place;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.IResource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;

/** EMR Serverless must be able to assume the role that sessions run as. */
final class ExecutionRoleChecks {

  private static final String SERVICE = "emr-serverless.amazonaws.com";

  private ExecutionRoleChecks() {}

  static void check(Findings findings, IResource application, IRole executionRole) {
    Place needed = Place.of(application);
    findings.errorIf(
        Place.of(executionRole).isOfAnotherAccountThan(needed),
        () ->
            "execution role "
                + executionRole.getNode().getPath()
                + " is of account "
                + Place.of(executionRole).account()
                + ", but the application of "
                + needed.account()
                + ", and IAM passes no role to a service of another account; make it there with"
                + " SessionExecutionRole and let it assume the other role");
    PlaceChecks.checkReferable(
        findings,
        "execution role",
        executionRole,
        executionRole.getRoleArn(),
        "the role a name of its own",
        Stack.of(application));
    if (executionRole instanceof Role role) {
      // Trust may still be added to the role after the grant.
      application
          .getNode()
          .addValidation(() -> isTrusted(role) ? List.of() : List.of(problem(role)));
    } else {
      findings.warn(
          "importedExecutionRole",
          "execution role "
              + executionRole.getNode().getPath()
              + " is not made in this app, so its trust policy is not known here; make sure that it"
              + " lets "
              + SERVICE
              + " call sts:AssumeRole");
    }
  }

  private static String problem(Role role) {
    return "execution role "
        + role.getNode().getPath()
        + " does not trust "
        + SERVICE
        + ", so no session could start; make it with SessionExecutionRole, or with assumedBy(new"
        + " ServicePrincipal(\""
        + SERVICE
        + "\"))";
  }

  private static boolean isTrusted(Role role) {
    return Stack.of(role).resolve(role.getAssumeRolePolicy()) instanceof Map<?, ?> policy
        && list(policy.get("Statement"))
            .filter(Map.class::isInstance)
            .map(statement -> (Map<?, ?>) statement)
            .anyMatch(ExecutionRoleChecks::letsTheServiceIn);
  }

  private static boolean letsTheServiceIn(Map<?, ?> statement) {
    return "Allow".equals(statement.get("Effect"))
        && list(statement.get("Action"))
            .anyMatch(
                action ->
                    action.equals("sts:AssumeRole") || action.equals("sts:*") || action.equals("*"))
        && statement.get("Principal") instanceof Map<?, ?> principal
        && list(principal.get("Service"))
            .anyMatch(service -> service.equals(SERVICE) || Token.isUnresolved(service));
  }

  private static Stream<?> list(Object oneOrMany) {
    return oneOrMany instanceof Collection<?> many ? many.stream() : Stream.ofNullable(oneOrMany);
  }
}
