package io.sparkgate.application;

import static java.util.Objects.requireNonNull;

import io.sparkgate.access.Persona;
import io.sparkgate.access.SessionOwner;
import io.sparkgate.internal.Findings;
import software.amazon.awscdk.Resource;
import software.amazon.awscdk.ResourceProps;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IRole;
import software.constructs.Construct;

/** Everything that needs no more than the ARN. */
abstract class EmrServerlessApplicationBase extends Resource implements IEmrServerlessApplication {

  EmrServerlessApplicationBase(Construct scope, String id) {
    super(scope, id);
  }

  /** Of what was made elsewhere, which is where it is and not where this stack is. */
  EmrServerlessApplicationBase(Construct scope, String id, ResourceProps place) {
    super(scope, id, place);
  }

  @Override
  public Grant grantDevelop(IGrantable developers, IRole executionRole) {
    return grantDevelop(developers, executionRole, SessionOwner.userId());
  }

  @Override
  public Grant grantDevelop(IGrantable developers, IRole executionRole, SessionOwner owner) {
    Persona developer = Persona.developer(executionRole, owner);
    Findings findings = new Findings(this);
    findings.warnIf(
        !owner.isRequired(),
        "sharedSessions",
        () ->
            "every developer reaches every session and, through it, whatever its execution role may"
                + " touch; use SessionOwner.userId() or another owner");
    ExecutionRoleChecks.check(findings, this, executionRole);
    return grant(developers, developer);
  }

  @Override
  public Grant grantOperate(IGrantable operators) {
    return grant(operators, Persona.operator());
  }

  @Override
  public Grant grantView(IGrantable viewers) {
    return grant(viewers, Persona.viewer());
  }

  @Override
  public Grant grant(IGrantable grantee, Persona persona) {
    return requireNonNull(persona, "persona").grant(grantee, getApplicationArn());
  }
}
