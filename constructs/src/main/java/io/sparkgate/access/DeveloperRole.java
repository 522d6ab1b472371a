package io.sparkgate.access;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Known;
import io.sparkgate.internal.PolicySize;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.TimeConversionOptions;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.CompositePrincipal;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.Role;
import software.constructs.Construct;

/**
 * A role that people assume to work with their own sessions or job runs, under the name that they
 * already have.
 *
 * <p>Ownership compares a session's tag with the caller's identity, so the trust policy decides
 * what ownership is worth. IAM users must use their user name, and callers that are themselves a
 * role session (of IAM Identity Center, or of a role that SAML leads to) the session name they
 * already have: as the role session name, or as the source identity where {@link
 * SessionOwner#sourceIdentity()} is chosen. That IAM accepts the policy variable for role sessions
 * is documented by AWS in general; it was not tried on AWS for this role.
 *
 * <p>A {@code SamlPrincipal} leads here without another role: its provider sets session name and
 * source identity, so nothing more is asked. A token of OpenID Connect ({@code
 * OpenIdConnectPrincipal}) sets the source identity only.
 *
 * <p>A name is worth as much as the role that it comes from. Whoever may assume some trusted role
 * under a session name of their choice chooses their name here too, so list in {@link
 * Builder#assumedBy} only roles whose session names the identity provider sets.
 */
public final class DeveloperRole extends Construct implements IGrantable {

  /** IAM's default quota, without whitespace. */
  private static final int TRUST_CHARACTERS = 2_048;

  private final IRole role;
  private final SessionOwner owner;

  private DeveloperRole(Builder props) {
    super(props.scope, props.id);
    checkSignIn(new Findings(this), props.maxSessionDuration);
    owner = props.owner;
    People people =
        props.assumedBy != null ? props.assumedBy : People.of(new AccountRootPrincipal());
    if (props.alsoAssumedBy != null) {
      people = people.and(props.alsoAssumedBy);
    }
    Trust trust = Trust.of(props.owner, this);

    Role role =
        Role.Builder.create(this, "Role")
            .description(props.description)
            .assumedBy(trust.assumedBy(people))
            .maxSessionDuration(props.maxSessionDuration)
            .build();
    PolicyDocument policy = role.getAssumeRolePolicy();
    trust.otherStatements(people).forEach(policy::addStatements);
    warnOfLength(new Findings(this), policy);
    this.role = role;
  }

  /** A copy, because to resolve a policy freezes its statements. */
  private void warnOfLength(Findings findings, PolicyDocument trust) {
    int length = PolicySize.of(Stack.of(this).resolve(PolicyDocument.fromJson(trust.toJSON())));
    findings.warnIf(
        length > TRUST_CHARACTERS,
        "longTrustPolicy",
        """
        assumedBy and alsoAssumedBy make a trust policy of about %s characters, but IAM takes %s \
        unless the account's quota (Role trust policy length) was raised; name fewer roles, or \
        those whose names are alike by one wildcard"""
            .formatted(length, TRUST_CHARACTERS));
  }

  private static void checkSignIn(Findings findings, Duration signIn) {
    findings.errorIf(signIn.isUnresolved(), "maxSessionDuration" + Known.received("a duration"));
    findings.errorIf(
        !isPossible(signIn),
        () ->
            "maxSessionDuration is %s; use whole seconds, 1 to 12 hours"
                .formatted(signIn.toHumanString()));
  }

  private static boolean isPossible(Duration signIn) {
    double seconds =
        signIn.toSeconds(TimeConversionOptions.builder().integral(false).build()).doubleValue();
    return seconds == Math.rint(seconds) && seconds >= 3_600 && seconds <= 43_200;
  }

  /**
   * Returns the role itself.
   *
   * @return the role
   */
  public IRole getRole() {
    return role;
  }

  /** {@return how the owner of a session is recognised, for which the role's trust vouches} */
  public SessionOwner getSessionOwner() {
    return owner;
  }

  @Override
  public IPrincipal getGrantPrincipal() {
    return role.getGrantPrincipal();
  }

  /** A fluent builder for {@link DeveloperRole}. */
  public static final class Builder implements software.amazon.jsii.Builder<DeveloperRole> {

    private final Construct scope;
    private final String id;
    private @Nullable People assumedBy;
    private @Nullable People alsoAssumedBy;
    private SessionOwner owner = SessionOwner.userId();
    private Duration maxSessionDuration = Duration.hours(12);
    private String description = "Starts Spark Connect sessions and reaches its own";

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
     * Sets who may assume the role. Default: every principal of the account whose own policies
     * allow it.
     *
     * @param assumedBy for example the role that a provider of identities assumes
     * @return this builder
     * @throws IllegalArgumentException if it names everybody, has a wildcard, or is no whole ARN;
     *     from {@link #build()}, where sessions have owners, if nobody vouches for the callers'
     *     names (a service), or if a condition has the operator and key of one of the trust's
     */
    public Builder assumedBy(IPrincipal assumedBy) {
      // Several with conditions of their own cannot be asked for all of them at once.
      if (!(requireNonNull(assumedBy, "assumedBy") instanceof CompositePrincipal)
          || owner.isRequired()) {
        People.requirePossible(assumedBy, scope.getNode().getPath() + "/" + id);
      }
      return assumedBy(People.of(assumedBy));
    }

    /**
     * Sets which roles may assume the role, also by names that are alike. Default: every principal
     * of the account whose own policies allow it.
     *
     * @param assumedBy for example the roles of a permission set of IAM Identity Center
     * @return this builder
     */
    public Builder assumedBy(People assumedBy) {
      this.assumedBy = requireNonNull(assumedBy, "assumedBy");
      return this;
    }

    /**
     * Sets who else may assume the role, such as a CI, under the name that it already has. Default:
     * nobody. Those of {@link #assumedBy(People)}, or every principal of the account, remain.
     *
     * @param others roles, of other accounts too
     * @return this builder
     */
    public Builder alsoAssumedBy(People others) {
      this.alsoAssumedBy = requireNonNull(others, "others");
      return this;
    }

    /**
     * Sets how the owner of a session is recognised; the trust policy binds that identity to the
     * caller's. Default: {@link SessionOwner#userId()}.
     *
     * @param sessionOwner the same as in the grant
     * @return this builder
     */
    public Builder sessionOwner(SessionOwner sessionOwner) {
      this.owner = requireNonNull(sessionOwner, "sessionOwner");
      return this;
    }

    /**
     * Sets how long one sign-in lasts, 1 to 12 hours. Default: 12 hours. Callers that chain roles
     * get 1 hour from AWS whatever is set here.
     *
     * @param maxSessionDuration whole seconds; no token, which the CDK does not take either
     * @return this builder
     */
    public Builder maxSessionDuration(Duration maxSessionDuration) {
      this.maxSessionDuration = requireNonNull(maxSessionDuration, "maxSessionDuration");
      return this;
    }

    /**
     * Sets the description of the role, for people who do something else than sessions under their
     * own name. Default: {@code Starts Spark Connect sessions and reaches its own}.
     *
     * @param description at most 1,000 characters
     * @return this builder
     */
    public Builder description(String description) {
      this.description = requireNonNull(description, "description");
      return this;
    }

    @Override
    public DeveloperRole build() {
      return new DeveloperRole(this);
    }
  }
}
