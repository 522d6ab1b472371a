package io.sparkgate.internal;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awscdk.IResource;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.Group;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IGroup;
import software.amazon.awscdk.services.iam.IIdentity;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.IUser;
import software.amazon.awscdk.services.iam.LazyRole;
import software.amazon.awscdk.services.iam.Policy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.SessionTagsPrincipal;
import software.amazon.awscdk.services.iam.UnknownPrincipal;
import software.amazon.awscdk.services.iam.User;

/**
 * Who is granted something on an application, a cluster, its connection parameters, files of jobs
 * or data, and whether it reaches them. A grant is a policy of a role, user or group, or nothing:
 * but for data and files, none has resource policies.
 */
public final class Grantee {

  /** Made by AWS's own services; IAM refuses to change them. */
  private static final Pattern RESERVED =
      Pattern.compile(
          ".*:role/(aws-reserved|aws-service-role)/.*"
              + "|.*:role/(.*/)?(AWSReservedSSO_|AWSServiceRoleFor).*");

  private final IGrantable grantee;
  private final IPrincipal principal;
  private final What what;
  private final Supplier<Place> place;
  private final Findings findings;

  /** What is granted, in words. */
  private enum What {
    APPLICATION("the application", "EMR Serverless has"),
    CLUSTER("the cluster", "EMR has"),
    PARAMETERS("the parameters", "standard parameters have"),
    FILES("the files", "their bucket gets"),
    DATA("the data", "they have");

    final String noun;
    final String nobodyHas;

    What(String noun, String nobodyHas) {
      this.noun = noun;
      this.nobodyHas = nobodyHas;
    }
  }

  private Grantee(IGrantable grantee, What what, Supplier<Place> place, Findings findings) {
    // Names of parameters are texts, which make no circle.
    this.grantee = what == What.PARAMETERS ? grantee : Upstream.nearer(grantee, findings.stack());
    // Roles, users and groups are their own principals.
    this.principal =
        this.grantee instanceof IIdentity identity ? identity : this.grantee.getGrantPrincipal();
    this.what = what;
    this.place = place;
    this.findings = findings;
    requireNoConditions();
    requireSameAccount();
  }

  /**
   * Looks at a grantee before anything is granted.
   *
   * @param grantee who
   * @param application on what
   * @return the grantee
   * @throws IllegalArgumentException if no grant on this application can reach it
   */
  public static Grantee of(IGrantable grantee, IResource application) {
    return new Grantee(
        Upstream.reach(grantee, application),
        What.APPLICATION,
        () -> Place.of(application),
        new Findings(application));
  }

  /**
   * Looks at a grantee before anything on a cluster is granted.
   *
   * @param grantee who
   * @param cluster on what
   * @return the grantee
   * @throws IllegalArgumentException if no grant on this cluster can reach it
   */
  public static Grantee ofCluster(IGrantable grantee, IResource cluster) {
    return new Grantee(
        Upstream.reach(grantee, cluster),
        What.CLUSTER,
        () -> Place.of(cluster),
        new Findings(cluster));
  }

  /**
   * Looks at who is to read connection parameters.
   *
   * @param grantee who
   * @param place where the parameters are
   * @param findings of the parameters
   * @return the grantee
   * @throws IllegalArgumentException if no grant on these parameters can reach it
   */
  public static Grantee ofParameters(IGrantable grantee, Place place, Findings findings) {
    return new Grantee(grantee, What.PARAMETERS, () -> place, findings);
  }

  /**
   * Looks at who is to read or write files of job runs.
   *
   * @param grantee who
   * @param place where the files are
   * @param findings of what has the files
   * @return the grantee
   * @throws IllegalArgumentException if no grant on these files can reach it
   */
  public static Grantee ofFiles(IGrantable grantee, Place place, Findings findings) {
    return new Grantee(grantee, What.FILES, () -> place, findings);
  }

  /**
   * Looks at who is to have data. It may be another account's, so the grantee is at home wherever
   * it is.
   *
   * @param grantee who
   * @param data what, in the words of an error
   * @return the grantee
   * @throws IllegalArgumentException if it is nobody that a policy can be attached to
   */
  public static Grantee ofData(IGrantable grantee, String data) {
    if (grantee.getGrantPrincipal() instanceof IResource resource) {
      return new Grantee(grantee, What.DATA, () -> Place.of(resource), new Findings(resource));
    }
    throw new IllegalArgumentException(
        """
        %s: the grantee is a %s, which is no role, user or group that a policy can be attached to; \
        grant to the execution role, such as platform.getExecutionRole()"""
            .formatted(data, grantee.getGrantPrincipal().getClass().getSimpleName()));
  }

  /**
   * Adds statements: to a role as the CDK does, to a user or a group in managed policies, because
   * IAM has room for one application in the policies of a user, and for two in those of a group.
   *
   * @throws IllegalArgumentException if it can never hold
   */
  public Grant grant(List<Statement> statements) {
    return require(
        principal instanceof IUser || principal instanceof IGroup
            ? PersonaPolicies.of((IResource) principal).add(statements)
            : add(statements));
  }

  private Grant add(List<Statement> statements) {
    statements.stream()
        .filter(statement -> !statement.allows())
        .map(Statement::toPolicyStatement)
        .forEach(this::deny);
    return statements.stream()
        .filter(Statement::allows)
        .map(statement -> statement.grantTo(grantee))
        .reduce(Grant::combine)
        .orElseThrow();
  }

  /** The second answers with an object, whose parts are fetched one by one. */
  private void deny(PolicyStatement statement) {
    if (principal instanceof Role role) {
      role.addToPolicy(statement);
    } else {
      principal.addToPrincipalPolicy(statement);
    }
  }

  /** {@return the grantee, or its name in the stack of what is granted} */
  public IGrantable reached() {
    return grantee;
  }

  /**
   * Looks at what became of a grant. The result of the CDK's own is not enough: for a role that it
   * must not change it says that the grant succeeded.
   *
   * @param grant the grant
   * @return the same
   * @throws IllegalArgumentException if it can never hold
   */
  public Grant require(Grant grant) {
    if (!isIdentity() && !grant.getSuccess()) {
      throw findings.error(
          """
          grantee %s is no role, user or group that a policy can be attached to, and %s no resource \
          policies that could name it; grant to a Role, User or Group of this account, or to \
          Role.fromRoleArn, User.fromUserName or Group.fromGroupName, each in a grant of its own"""
              .formatted(this, what.nobodyHas));
    }
    boolean changed = isIdentity() && isChangedHere((IResource) principal);
    // The ARN of a role that is made here names nothing yet.
    if (changed
        && !(principal instanceof Role)
        && principal instanceof IRole role
        && RESERVED.matcher(role.getRoleArn()).matches()) {
      throw findings.error(
          """
          grantee %s is reserved for a service of AWS, and IAM lets nobody change it; for IAM \
          Identity Center attach the statements to the permission set (docs/security.md has them), \
          or grant to a DeveloperRole that its people may assume"""
              .formatted(this));
    }
    if (isIdentity() && !changed || principal instanceof UnknownPrincipal) {
      findings.warn(
          "grantNotAttached",
          """
          grantee %s is not changed from here (it is imported as immutable, made beforehand, or \
          has no role that is known), so it gets no permission from this grant; attach the \
          statements where it is made, or grant to a role that may be changed"""
              .formatted(this));
    }
    if (isIdentity() && !isMadeHere()) {
      PolicyNames.tellApart((IResource) principal);
    }
    return grant;
  }

  private boolean isMadeHere() {
    return principal instanceof Role
        || principal instanceof LazyRole
        || principal instanceof User
        || principal instanceof Group;
  }

  private void requireNoConditions() {
    findings.errorIf(
        principal instanceof PrincipalWithConditions || principal instanceof SessionTagsPrincipal,
        """
        grantee is a %s, whose conditions and tags belong into a trust policy and would be lost \
        here; grant to the role itself"""
            .formatted(principal.getClass().getSimpleName()));
  }

  /** By the principal: the account of the construct is, for an imported user, the stack's. */
  private void requireSameAccount() {
    String home = isIdentity() ? principal.getPrincipalAccount() : null;
    if (home != null && !Tokens.isUnresolved(home)) {
      Place here = place.get();
      findings.errorIf(
          new Place(home, here.region()).isOfAnotherAccountThan(here),
          () ->
              """
          grantee %s is of account %s, but %s of %s; %s no resource policies, so nobody acts in \
          another account; grant to a role of account %4$s that they may assume, such as a \
          DeveloperRole"""
                  .formatted(this, home, what.noun, here.account(), what.nobodyHas));
    }
  }

  private boolean isIdentity() {
    return principal instanceof IRole || principal instanceof IUser || principal instanceof IGroup;
  }

  /** Users and groups always are. A role that may be changed has a policy below it by now. */
  private static boolean isChangedHere(IResource identity) {
    return !(identity instanceof IRole)
        || identity instanceof LazyRole
        || identity.getNode().getChildren().stream().anyMatch(Policy.class::isInstance);
  }

  @Override
  public String toString() {
    if (principal instanceof IResource resource) {
      return resource.getNode().getPath();
    }
    if (grantee instanceof IResource resource) {
      return resource.getNode().getPath();
    }
    return principal.getClass().getSimpleName() + names();
  }

  /** What was written for it, unless that is known at deployment only. */
  private String names() {
    Map<String, List<String>> json = principal.getPolicyFragment().getPrincipalJson();
    List<String> names =
        json.values().stream()
            .flatMap(List::stream)
            .filter(name -> !Tokens.isUnresolved(name))
            .toList();
    return names.isEmpty() ? "" : " " + String.join(", ", names);
  }
}
