package io.sparkgate.serverless;

import static java.util.Objects.requireNonNull;

import io.sparkgate.access.Persona;
import io.sparkgate.access.SessionOwner;
import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Grantee;
import java.util.Optional;
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
    return grant(developers, Persona.developer(executionRole, owner));
  }

  @Override
  public Grant grantOperate(IGrantable operators) {
    return grant(operators, Persona.operator());
  }

  @Override
  public Grant grantView(IGrantable viewers) {
    return grant(viewers, Persona.viewer());
  }

  /**
   * The one way in. A caller who may not use the key of the logs cannot start anything that logs.
   */
  @Override
  public Grant grant(IGrantable grantee, Persona persona) {
    Findings findings = new Findings(this);
    findings.warnIf(
        requireNonNull(persona, "persona")
            .getOwner()
            .filter(owner -> !owner.isRequired())
            .isPresent(),
        "sharedSessions",
        () ->
            "every developer reaches every session and, through it, whatever its execution role may"
                + " touch; use SessionOwner.userId() or another owner");
    persona.getExecutionRole().ifPresent(role -> ExecutionRoleChecks.check(findings, this, role));
    Grant granted = persona.grant(grantee, this, getApplicationArn());
    return persona
        .getExecutionRole()
        .flatMap(role -> logKey())
        .map(key -> granted.combine(Grantee.of(grantee, this).require(key.grantUse(grantee))))
        .orElse(granted);
  }

  /** The key of the logs, if it is known and a customer's. */
  abstract Optional<LogKey> logKey();
}
