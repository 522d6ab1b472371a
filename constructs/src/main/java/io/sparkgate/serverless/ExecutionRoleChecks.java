package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Place;
import java.util.List;
import software.amazon.awscdk.IResource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;

/** EMR Serverless must be able to assume the role that sessions run as. */
final class ExecutionRoleChecks {

  private static final String SERVICE = "emr-serverless.amazonaws.com";

  private ExecutionRoleChecks() {}

  static void check(Findings findings, IResource application, IRole executionRole) {
    Place needed = Place.of(application);
    Place given = Place.of(executionRole);
    findings.errorIf(
        given.isOfAnotherAccountThan(needed),
        () ->
            """
        execution role %s is of account %s, but the application of %s, and IAM passes no role to a \
        service of another account; make it there with SessionExecutionRole and let it assume the \
        other role"""
                .formatted(executionRole.getNode().getPath(), given.account(), needed.account()));
    PlaceChecks.checkReferable(
        findings,
        "execution role",
        executionRole,
        executionRole.getRoleArn(),
        "the role a name of its own",
        Stack.of(application));
    if (executionRole instanceof Role role) {
      ServiceTrust trust = new ServiceTrust(SERVICE, needed.account());
      // Trust may still be added to the role after the grant.
      application
          .getNode()
          .addValidation(() -> trust.isIn(role) ? List.of() : List.of(problem(role)));
    } else {
      findings.warn(
          "importedExecutionRole",
          """
          execution role %s is not made in this app, so its trust policy is not known here; make \
          sure that it lets %s call sts:AssumeRole"""
              .formatted(executionRole.getNode().getPath(), SERVICE));
    }
  }

  private static String problem(Role role) {
    return """
    execution role %s does not trust %s, so no session could start (a Deny, another action, or \
    another account in aws:SourceAccount or aws:SourceArn counts too); make it with \
    SessionExecutionRole, or with assumedBy(new ServicePrincipal("%2$s"))"""
        .formatted(role.getNode().getPath(), SERVICE);
  }
}
