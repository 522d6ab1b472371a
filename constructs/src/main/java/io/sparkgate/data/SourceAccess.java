package io.sparkgate.data;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Grantee;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Statement;
import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.spark.Classification;
import io.sparkgate.spark.Feature;
import io.sparkgate.spark.FeatureTarget;
import io.sparkgate.spark.ReleaseLabel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awscdk.IResource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * What sessions and job runs may do with a source of data, as {@link DataSource} makes it: the
 * permissions of the execution role, the settings of Spark and the ways in the network that it
 * needs. Immutable; one value may be given to many applications.
 */
public abstract class SourceAccess implements Feature {

  private final String name;

  SourceAccess(String name) {
    this.name = name;
  }

  /** What the role may do; empty if the service needs no word of the role's. */
  abstract List<Statement> statements();

  /** The same in the words of a stack, which may know the data by another name than its own. */
  List<Statement> statementsFrom(Stack user) {
    return statements();
  }

  /** The keys that the data is encrypted with. */
  List<KeyUse> keys() {
    return List.of();
  }

  /** The resource, if it has a policy of its own or is of some account that is known. */
  Optional<Owned> owned() {
    return Optional.empty();
  }

  /** Where the data is; empty if that is wherever the application is. */
  Optional<Place> place() {
    return owned().map(Owned::place);
  }

  /** The first release that has it; empty for all. */
  String since() {
    return "";
  }

  /** What else is wrong with this application. */
  List<String> moreProblems(FeatureTarget target) {
    return List.of();
  }

  /** What is done besides for a role that may be changed. */
  void admit(IResource role, Findings findings) {}

  /**
   * Lets a role use the data. An application does this for the execution role of its platform; call
   * it for a role that is made elsewhere: {@code DataSource.secret(secret).grantTo(role)}.
   *
   * @param role a role, user or group; of another account than the data, its policy there lets the
   *     role in: added where the data is made in this app, else a warning asks for it
   * @return the grant
   * @throws IllegalArgumentException if no policy could be attached to it, or the data cannot be
   *     used from its account
   */
  @Override
  public final Grant grantTo(IGrantable role) {
    List<Statement> statements = statements();
    List<KeyUse> keys = keys();
    if (statements.isEmpty() && keys.isEmpty()) {
      return Grant.drop(role, this + " needs no permission");
    }
    Grantee grantee = Grantee.ofData(role, toString());
    IResource identity = (IResource) role.getGrantPrincipal();
    Findings findings = new Findings(identity);
    owned().ifPresent(owned -> owned.open(name, statements, identity, findings));
    List<Statement> ofRole = statementsFrom(identity.getStack());
    Optional<Grant> ofKeys =
        keys.stream().map(key -> key.grantTo(name, role, findings)).reduce(Grant::combine);
    Grant grant =
        Stream.concat(
                ofKeys.map(grantee::require).stream(),
                ofRole.isEmpty() ? Stream.empty() : Stream.of(grantee.grant(ofRole)))
            .reduce(Grant::combine)
            .orElseThrow();
    admit(identity, findings);
    return grant;
  }

  /**
   * Returns what another account must put into the policy of its bucket or secret, to let a role of
   * this one in. Where that resource is made in this app, a grant adds it.
   *
   * @param role the role
   * @return the statements, for example for a {@code CfnOutput} of {@code stack.toJsonString}
   * @throws IllegalArgumentException if the source has no such policy
   */
  public final PolicyDocument policyOfOtherAccount(IGrantable role) {
    List<PolicyStatement> statements =
        owned().map(owned -> owned.said(statements(), role)).orElse(List.of());
    if (statements.isEmpty()) {
      throw new IllegalArgumentException(
          """
          %s has no policy of its own that could let another account in; let the role assume one \
          of that account (DataSource.assumedRole and its like)"""
              .formatted(this));
    }
    return PolicyDocument.Builder.create().statements(statements).build();
  }

  /**
   * Says that the data may be in another Region than the application. Workers then need a VPC with
   * a NAT gateway, and the traffic is billed. Without this, another Region is an error.
   *
   * @return the same access, across Regions
   */
  public final SourceAccess acrossRegions() {
    return new AcrossRegions(this);
  }

  @Override
  public final List<String> problems(FeatureTarget target) {
    return Stream.concat(regionProblem(target), problemsAnywhere(target)).toList();
  }

  private Stream<String> regionProblem(FeatureTarget target) {
    Place here = Place.of(Stack.of(target.application()));
    return place()
        .filter(there -> there.isOfAnotherRegionThan(here))
        .map(
            there ->
                """
                %s is in %s, but the application is in %s, and without a way out workers reach \
                their own Region only; use data of that Region, or acrossRegions() in a network \
                with a NAT gateway"""
                    .formatted(this, there.region(), here.region()))
        .stream();
  }

  private Stream<String> problemsAnywhere(FeatureTarget target) {
    ReleaseLabel release = target.releaseLabel();
    Stream<String> tooOld =
        !since().isEmpty() && release.isBefore(ReleaseLabel.of(since()))
            ? Stream.of(
                "%s needs release %s or newer, but the application has %s"
                    .formatted(this, since(), release))
            : Stream.empty();
    return Stream.concat(tooOld, moreProblems(target).stream());
  }

  /** {@return its name in errors} */
  @Override
  public final String toString() {
    return name;
  }

  /** The same, but that its Region does not matter and no endpoint leads there. */
  private static final class AcrossRegions extends SourceAccess {

    private final SourceAccess access;

    AcrossRegions(SourceAccess access) {
      super(requireNonNull(access, "access").name);
      this.access = access;
    }

    @Override
    List<Statement> statements() {
      return access.statements();
    }

    @Override
    List<Statement> statementsFrom(Stack user) {
      return access.statementsFrom(user);
    }

    @Override
    List<KeyUse> keys() {
      return access.keys();
    }

    @Override
    Optional<Owned> owned() {
      return access.owned();
    }

    @Override
    Optional<Place> place() {
      return Optional.empty();
    }

    @Override
    List<String> moreProblems(FeatureTarget target) {
      return access.problemsAnywhere(target).toList();
    }

    @Override
    void admit(IResource role, Findings findings) {
      access.admit(role, findings);
    }

    @Override
    public List<Classification> settings(FeatureTarget target) {
      return access.settings(target);
    }

    @Override
    public List<PrivateEndpoint> endpoints() {
      return List.of();
    }

    @Override
    public boolean needsVpc() {
      return true;
    }

    @Override
    public boolean needsWayOut() {
      return true;
    }
  }
}
