package io.sparkgate.access;

import static io.sparkgate.access.Statement.allow;
import static io.sparkgate.access.Statement.deny;
import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Grantee;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awscdk.IResource;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IGroup;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.IUser;

/**
 * What a kind of person, or the reaper, may do with one application and its sessions.
 *
 * <p>Actions and ARN shapes are those of the Service Authorization Reference for EMR Serverless: a
 * session's ARN is the application's with {@code /sessions/<id>} behind it. Statements carry no
 * Sid, so that one principal can hold a persona on several applications.
 */
public final class Persona {

  private static final String OWNER_OF_SESSION = "aws:ResourceTag/" + SessionTags.OWNER;
  private static final String OWNER_IN_REQUEST = "aws:RequestTag/" + SessionTags.OWNER;

  private final Optional<SessionOwner> owner;
  private final Optional<IRole> executionRole;
  private final Function<Arns, List<Statement>> statements;

  private Persona(Function<Arns, List<Statement>> statements) {
    this(Optional.empty(), Optional.empty(), statements);
  }

  private Persona(
      Optional<SessionOwner> owner,
      Optional<IRole> executionRole,
      Function<Arns, List<Statement>> statements) {
    this.owner = owner;
    this.executionRole = executionRole;
    this.statements = statements;
  }

  /**
   * Starts sessions and uses those that carry its owner tag.
   *
   * @param executionRole the role that the sessions run as, and the only one that may be passed
   * @param owner how the owner of a session is recognised
   * @return the developer
   */
  public static Persona developer(IRole executionRole, SessionOwner owner) {
    requireNonNull(executionRole, "executionRole");
    requireNonNull(owner, "owner");
    return new Persona(
        Optional.of(owner),
        Optional.of(executionRole),
        arns ->
            owner.isRequired() ? owning(arns, executionRole, owner) : sharing(arns, executionRole));
  }

  /**
   * Lists and terminates everybody's sessions and protects them from the reaper; connects to none.
   *
   * @return the operator
   */
  public static Persona operator() {
    return new Persona(
        arns ->
            List.of(
                allow("GetApplication", "ListSessions").on(arns.application),
                allow("GetSession", "ListTagsForResource", "TerminateSession").on(arns.sessions),
                allow("TagResource", "UntagResource")
                    .when(
                        "ForAllValues:StringEquals", "aws:TagKeys", List.of(SessionTags.KEEP_UNTIL))
                    .when("Null", "aws:TagKeys", "false")
                    .on(arns.sessions)));
  }

  /**
   * Sees the application and its sessions; can never connect, even where another policy would let
   * it, because GetSessionEndpoint counts as a read action in IAM.
   *
   * @return the viewer
   */
  public static Persona viewer() {
    return new Persona(
        arns ->
            List.of(
                allow("GetApplication", "ListSessions", "ListTagsForResource").on(arns.application),
                allow("GetSession", "ListTagsForResource").on(arns.sessions),
                deny("GetResourceDashboard", "GetSessionEndpoint").on(arns.sessions)));
  }

  /**
   * Finds and terminates sessions; connects to none and starts none.
   *
   * @return the reaper
   */
  public static Persona reaper() {
    return new Persona(
        arns ->
            List.of(
                allow("ListSessions").on(arns.application),
                allow("GetSession", "TerminateSession").on(arns.sessions)));
  }

  /**
   * Returns the role that a developer's sessions run as.
   *
   * @return the execution role; empty for who starts no session
   */
  public Optional<IRole> getExecutionRole() {
    return executionRole;
  }

  /**
   * Returns how the owner of a session is recognised.
   *
   * @return the owner; empty for who starts no session
   */
  public Optional<SessionOwner> getOwner() {
    return owner;
  }

  /**
   * Adds the persona's statements to a principal: to a role as the CDK does, to a user or a group
   * in managed policies, because IAM has room for one application in the policies of a user, and
   * for two in those of a group.
   *
   * @param grantee who becomes this persona
   * @param application the application, in whose name the grant is refused
   * @param applicationArn its ARN
   * @return what was allowed, for ordering and assertions
   * @throws IllegalArgumentException if a {@link DeveloperRole} recognises owners otherwise, or if
   *     no policy of this account reaches the grantee
   */
  public Grant grant(IGrantable grantee, IResource application, String applicationArn) {
    owner.ifPresent(wanted -> DeveloperRole.requireSameOwner(grantee, wanted));
    Grantee looked = Grantee.of(grantee, application);
    List<Statement> all =
        statements.apply(new Arns(applicationArn, applicationArn + "/sessions/*"));
    return looked.require(add(all, grantee));
  }

  private static Grant add(List<Statement> all, IGrantable grantee) {
    IPrincipal principal = grantee.getGrantPrincipal();
    if (principal instanceof IUser || principal instanceof IGroup) {
      return PersonaPolicies.of((IResource) principal).add(all);
    }
    all.stream()
        .filter(statement -> !statement.allows())
        .map(Statement::toPolicyStatement)
        .forEach(principal::addToPrincipalPolicy);
    return all.stream()
        .filter(Statement::allows)
        .map(statement -> statement.grantTo(grantee))
        .reduce(Grant::combine)
        .orElseThrow();
  }

  private static List<Statement> owning(Arns arns, IRole executionRole, SessionOwner owner) {
    String me = owner.getVariable();
    List<String> ownKeys = List.of(SessionTags.OWNER, SessionTags.IDLE_MINUTES);
    return List.of(
        allow("GetApplication", "ListSessions").on(arns.application),
        allow("StartSession")
            .when("StringEquals", OWNER_IN_REQUEST, me)
            .when("ForAllValues:StringEquals", "aws:TagKeys", ownKeys)
            .on(arns.application),
        // StartSession with tags is also authorised as TagResource.
        allow("TagResource")
            .when("StringEquals", OWNER_IN_REQUEST, me)
            .when("ForAllValues:StringEquals", "aws:TagKeys", ownKeys)
            .on(arns.sessions),
        allow(
                "GetResourceDashboard",
                "GetSession",
                "GetSessionEndpoint",
                "ListTagsForResource",
                "TerminateSession")
            .when("StringEquals", OWNER_OF_SESSION, me)
            .on(arns.sessions),
        // The Null guard lets a session be tagged while it starts and has no owner yet.
        deny("TagResource", "UntagResource")
            .when("StringNotEquals", OWNER_OF_SESSION, me)
            .when("Null", OWNER_OF_SESSION, "false")
            .on(arns.sessions),
        keepingIsForOperators(arns),
        deny("UntagResource")
            .when("ForAnyValue:StringEquals", "aws:TagKeys", List.of(SessionTags.OWNER))
            .on(arns.sessions),
        passRole(executionRole));
  }

  private static List<Statement> sharing(Arns arns, IRole executionRole) {
    return List.of(
        allow("GetApplication", "ListSessions", "StartSession").on(arns.application),
        allow(
                "GetResourceDashboard",
                "GetSession",
                "GetSessionEndpoint",
                "ListTagsForResource",
                "TagResource",
                "TerminateSession")
            .on(arns.sessions),
        keepingIsForOperators(arns),
        passRole(executionRole));
  }

  private static Statement keepingIsForOperators(Arns arns) {
    return deny("TagResource", "UntagResource")
        .when("ForAnyValue:StringEquals", "aws:TagKeys", List.of(SessionTags.KEEP_UNTIL))
        .on(arns.sessions);
  }

  private static Statement passRole(IRole executionRole) {
    return Statement.allowPassRole()
        .when("StringEquals", "iam:PassedToService", "emr-serverless.amazonaws.com")
        .on(executionRole.getRoleArn());
  }

  private record Arns(String application, String sessions) {}
}
