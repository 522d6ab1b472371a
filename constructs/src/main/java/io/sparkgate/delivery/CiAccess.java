package io.sparkgate.delivery;

import static java.util.Objects.requireNonNull;

import io.sparkgate.connection.ConnectionParameters;
import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Permissions;
import io.sparkgate.internal.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.interfaces.iam.IOIDCProviderRef;
import software.amazon.awscdk.services.iam.CompositePrincipal;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;
import software.constructs.Construct;

/**
 * Two roles by which a CI deploys one environment: <em>gate</em> compares the deployed stack with
 * what would be deployed, <em>deploy</em> deploys and tests. Both may become roles of {@code cdk
 * bootstrap} of the stack's own account and Region, each by its whole ARN, and nothing else.
 *
 * <table>
 * <caption>What each may become</caption>
 * <tr><th>role</th><th>of the bootstrap</th></tr>
 * <tr><td>gate</td><td>lookup role</td></tr>
 * <tr><td>deploy</td><td>deploy, file publishing and lookup role; after {@link #grantSmokeTest} the
 * developer role</td></tr>
 * </table>
 *
 * <p>Whoever becomes the deploy role has the rights of the bootstrap's execution role, by default
 * all in the account. Whom {@link Builder#gitHub} and {@link Builder#deployedBy} let in is
 * therefore the boundary of the environment. Nothing here was tried on AWS.
 *
 * <p>The first deployment is by hand, as it makes these roles. What else a stack needs, its own
 * code lets the roles assume: the bootstrap's image publishing role for Docker assets, or roles of
 * other names that its synthesizer was given.
 */
public final class CiAccess extends Construct {

  /**
   * The credentials of a web identity are not renewed, and those of the bootstrap's roles, which
   * last an hour, are renewed with them. A drain waits up to 40 minutes, and CloudFormation stops,
   * updates and rolls back besides.
   */
  private static final Duration DEPLOYMENT = Duration.hours(2);

  private final String sessionName;
  private final Role gate;
  private final Role deploy;

  private CiAccess(Builder props) {
    super(props.scope, props.id);
    Findings findings = new Findings(this);
    checkEnvironment(findings, props.environmentName);
    checkNames(findings, props.roleNamePrefix);
    CiPrincipals.check(props.gatedBy, "gatedBy", this, findings);
    CiPrincipals.check(props.deployedBy, "deployedBy", this, findings);
    findings.errorIf(
        props.gitHub == null && props.deployedBy.isEmpty(),
        "deployedBy received nobody, so no CI could come in; call gitHub(…) or deployedBy(…)");
    BootstrapRoles bootstrap = BootstrapRoles.of(Stack.of(this), props.qualifier, findings);

    List<IPrincipal> deployers = new ArrayList<>(props.deployedBy);
    List<IPrincipal> gates = new ArrayList<>(props.gatedBy);
    if (props.gitHub != null) {
      String provider = provider(props, findings);
      deployers.add(GitHubProvider.jobs(provider, props.gitHub, props.environmentName));
      gates.add(GitHubProvider.jobs(provider, props.gitHub, props.environmentName + "-gate"));
    }
    sessionName = "sparkgate-" + props.environmentName;
    gate =
        role(props, "Gate", "Compares what is deployed with what would be", Duration.hours(1))
            .assumedBy(named(gates.isEmpty() ? deployers : gates))
            .build();
    gate.addToPolicy(Permissions.becoming(bootstrap.forGate()).toPolicyStatement());
    deploy =
        role(props, "Deploy", "Deploys and tests", DEPLOYMENT).assumedBy(named(deployers)).build();
    deploy.addToPolicy(Permissions.becoming(bootstrap.forDeploy()).toPolicyStatement());
  }

  private Role.Builder role(Builder props, String id, String purpose, Duration signIn) {
    Role.Builder role =
        Role.Builder.create(this, id)
            .description("%s (CI of %s)".formatted(purpose, props.environmentName))
            .maxSessionDuration(signIn);
    return props.roleNamePrefix == null ? role : role.roleName(props.roleNamePrefix + id);
  }

  private String provider(Builder props, Findings findings) {
    return props.gitHubProvider == null
        ? GitHubProvider.made(this, findings)
        : GitHubProvider.given(props.gitHubProvider, this, findings);
  }

  /** A developer role takes a caller's name as its own, so nobody may come in as a colleague. */
  private IPrincipal named(List<IPrincipal> principals) {
    Map<String, Object> name = Map.of("StringEquals", Map.of(CiPrincipals.NAME, sessionName));
    return new CompositePrincipal(
        principals.stream()
            .map(principal -> new PrincipalWithConditions(principal, name))
            .toArray(IPrincipal[]::new));
  }

  /** It ends a token's subject, where a wildcard or a colon would mean something else. */
  private static void checkEnvironment(Findings findings, String name) {
    findings.errorIf(
        !name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,53}"),
        """
        environmentName received '%s', but takes 1 to 54 of a-z A-Z 0-9 . _ -, a letter or digit \
        first, known at synthesis; name the environment as the CI does"""
            .formatted(name));
  }

  private static void checkNames(Findings findings, @Nullable String prefix) {
    findings.errorIf(
        prefix != null && !Tokens.isUnresolved(prefix) && !prefix.matches("[\\w+=,.@-]{1,58}"),
        """
        roleNamePrefix received '%s', but takes 1 to 58 of a-z A-Z 0-9 + = , . @ _ -, because \
        'Deploy' is added and IAM takes 64; write a shorter one"""
            .formatted(prefix));
  }

  /**
   * Lets the deploy role test what it deployed as a developer would: read how to connect, and
   * become the developer role. That one must trust it: a {@code DeveloperRole} of this account
   * does, unless {@code assumedBy} names others; then name the deploy role in {@code
   * alsoAssumedBy}: in one stack {@link #getDeployRole}; in two, of which each would wait for the
   * other, its ARN as text, such as {@code …:role/SparkConnect-prod-Deplo?}, by a wildcard because
   * IAM trusts no role by name before it is there.
   *
   * @param developer the role that people assume; of another account too
   * @param parameters what it reads first; of this account
   * @return the grant
   * @throws IllegalArgumentException if the parameters are of another account
   */
  public Grant grantSmokeTest(IRole developer, ConnectionParameters parameters) {
    Grant reading = parameters.grantRead(deploy);
    deploy.addToPolicy(Permissions.becoming(List.of(developer.getRoleArn())).toPolicyStatement());
    return reading;
  }

  /** {@return the role that compares; it signs in for an hour at most} */
  public IRole getGateRole() {
    return gate;
  }

  /** {@return the role that deploys and tests; it signs in for two hours at most} */
  public IRole getDeployRole() {
    return deploy;
  }

  /**
   * Returns the role session name under which a CI has to come in, {@code sparkgate-} and the
   * environment's name; the trust of both roles asks for it by {@code sts:RoleSessionName}. It is
   * the same each time, so that the next smoke test owns, and ends, what an earlier one left over.
   *
   * @return such as {@code sparkgate-prod}
   */
  public String getSessionName() {
    return sessionName;
  }

  /** A fluent builder for {@link CiAccess}. */
  public static final class Builder implements software.amazon.jsii.Builder<CiAccess> {

    private final Construct scope;
    private final String id;
    private final String environmentName;
    private @Nullable GitHubRepository gitHub;
    private @Nullable String gitHubProvider;
    private List<IPrincipal> gatedBy = List.of();
    private List<IPrincipal> deployedBy = List.of();
    private @Nullable String qualifier;
    private @Nullable String roleNamePrefix;

    private Builder(Construct scope, String id, String environmentName) {
      this.scope = requireNonNull(scope, "scope");
      this.id = requireNonNull(id, "id");
      this.environmentName = requireNonNull(environmentName, "environmentName");
    }

    /**
     * Starts the access of one environment.
     *
     * @param scope the parent construct, in the stack's account and Region
     * @param id the construct id
     * @param environmentName what the CI calls the environment, such as prod; ends the subject of
     *     GitHub's tokens
     * @return a new builder
     */
    public static Builder create(Construct scope, String id, String environmentName) {
      return new Builder(scope, id, environmentName);
    }

    /**
     * Lets workflows of a repository in: jobs with {@code environment: prod} deploy, and those with
     * {@code environment: prod-gate} gate. Default: none.
     *
     * @param repository the repository; see {@link GitHubRepository} for the two forms of its name
     * @return this builder
     */
    public Builder gitHub(GitHubRepository repository) {
      this.gitHub = requireNonNull(repository, "repository");
      return this;
    }

    /**
     * Sets the provider through which workflows come in. Default: one is made, once in a stack. An
     * account has it once, so give it wherever another stack, app or person made it.
     *
     * @param provider an OpenIdConnectProvider or OidcProviderNative for
     *     token.actions.githubusercontent.com, with sts.amazonaws.com among its client ids
     * @return this builder
     */
    public Builder gitHubProvider(IOIDCProviderRef provider) {
      return gitHubProvider(provider.getOidcProviderRef().getOidcProviderArn());
    }

    /**
     * Sets the provider likewise, by its ARN.
     *
     * @param arn such as {@code
     *     arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com}; may be a
     *     token
     * @return this builder
     */
    public Builder gitHubProvider(String arn) {
      this.gitHubProvider = requireNonNull(arn, "arn");
      return this;
    }

    /**
     * Sets who else gates. Default: those of {@link #gitHub}; without it those of {@link
     * #deployedBy}, as the gate role may do less.
     *
     * @param principals roles or users by their ARNs; an account under a condition such as {@code
     *     ArnEquals aws:PrincipalArn}, which may name a role that is not made yet; a provider of
     *     OpenID Connect with conditions on aud and sub, or of SAML on {@code SAML:aud}. Not
     *     everybody, nor a whole account, nor a service
     * @return this builder
     */
    public Builder gatedBy(IPrincipal... principals) {
      this.gatedBy = List.of(principals);
      return this;
    }

    /**
     * Sets who else deploys. Default: those of {@link #gitHub}.
     *
     * @param principals as in {@link #gatedBy}
     * @return this builder
     */
    public Builder deployedBy(IPrincipal... principals) {
      this.deployedBy = List.of(principals);
      return this;
    }

    /**
     * Sets which bootstrap it is. Default: that of the stack's synthesizer; required where the
     * stack was given one, which in Java does not tell.
     *
     * @param qualifier 1 to 10 letters, digits, hyphens or underscores, as in {@code cdk bootstrap
     *     --qualifier}
     * @return this builder
     */
    public Builder qualifier(String qualifier) {
      this.qualifier = requireNonNull(qualifier, "qualifier");
      return this;
    }

    /**
     * Sets how the roles are called: the prefix, then Gate or Deploy. Default: names of
     * CloudFormation's. A name is there once in an account, whatever the Region.
     *
     * @param prefix at most 58 characters of role names, such as {@code SparkConnect-prod-}; may be
     *     a token
     * @return this builder
     */
    public Builder roleNamePrefix(String prefix) {
      this.roleNamePrefix = requireNonNull(prefix, "prefix");
      return this;
    }

    @Override
    public CiAccess build() {
      return new CiAccess(this);
    }
  }
}
