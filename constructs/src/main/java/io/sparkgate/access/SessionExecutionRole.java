package io.sparkgate.access;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IManagedPolicy;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * The role that sessions run as: what it may read and write is what every session may.
 *
 * <p>It starts with no permission at all. Give it data with the ordinary grants of the CDK, for
 * example {@code bucket.grantRead(executionRole)}. Only EMR Serverless can assume it; no condition
 * on the source application is set, because AWS documents none for this call.
 */
public final class SessionExecutionRole extends Construct implements IGrantable {

  private final IRole role;

  private SessionExecutionRole(Builder props) {
    super(props.scope, props.id);
    role =
        Role.Builder.create(this, "Role")
            .description("Runs Spark Connect sessions on EMR Serverless")
            .assumedBy(new ServicePrincipal("emr-serverless.amazonaws.com"))
            .managedPolicies(props.managedPolicies)
            .build();
  }

  /**
   * Returns the role itself, to be passed when a session starts.
   *
   * @return the role
   */
  public IRole getRole() {
    return role;
  }

  @Override
  public IPrincipal getGrantPrincipal() {
    return role.getGrantPrincipal();
  }

  /** A fluent builder for {@link SessionExecutionRole}. */
  public static final class Builder implements software.amazon.jsii.Builder<SessionExecutionRole> {

    private final Construct scope;
    private final String id;
    private final List<IManagedPolicy> managedPolicies = new ArrayList<>();

    private Builder(Construct scope, String id) {
      this.scope = requireNonNull(scope, "scope");
      this.id = requireNonNull(id, "id");
    }

    /**
     * Starts a role.
     *
     * @param scope the parent construct
     * @param id the construct id
     * @return a new builder
     */
    public static Builder create(Construct scope, String id) {
      return new Builder(scope, id);
    }

    /**
     * Adds a managed policy, for permissions that are kept outside this app. Default: none.
     *
     * @param managedPolicy the policy
     * @return this builder
     */
    public Builder managedPolicy(IManagedPolicy managedPolicy) {
      managedPolicies.add(requireNonNull(managedPolicy, "managedPolicy"));
      return this;
    }

    @Override
    public SessionExecutionRole build() {
      return new SessionExecutionRole(this);
    }
  }
}
