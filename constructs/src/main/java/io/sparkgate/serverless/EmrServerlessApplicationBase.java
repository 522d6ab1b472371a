package io.sparkgate.serverless;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;

import io.sparkgate.access.DeveloperRole;
import io.sparkgate.access.SessionOwner;
import io.sparkgate.internal.ApplicationArn;
import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Grantee;
import io.sparkgate.internal.InteractivePermissions;
import io.sparkgate.internal.JobPermissions;
import io.sparkgate.internal.Ordered;
import io.sparkgate.internal.Permissions;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awscdk.Resource;
import software.amazon.awscdk.ResourceProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IRole;
import software.constructs.Construct;

/** Everything that needs no more than the ARN. */
abstract class EmrServerlessApplicationBase extends Resource implements IEmrServerlessApplication {

  private boolean startsJobRuns;

  EmrServerlessApplicationBase(Construct scope, String id) {
    super(scope, id);
  }

  /** Of what was made elsewhere, which is where it is and not where this stack is. */
  EmrServerlessApplicationBase(Construct scope, String id, ResourceProps place) {
    super(scope, id, place);
  }

  @Override
  public Grant grant(IGrantable grantee, String... actions) {
    return grant(grantee, Permissions.actions(arn(), new Findings(this), actions));
  }

  @Override
  public Grant grantDevelop(IGrantable developers, IRole executionRole) {
    return grantDevelop(developers, executionRole, SessionOwner.userId());
  }

  @Override
  public Grant grantDevelop(IGrantable developers, IRole executionRole, SessionOwner owner) {
    requireSessions("grantDevelop");
    new Findings(this)
        .warnIf(
            !requireNonNull(owner, "owner").isRequired(),
            "sharedSessions",
            """
            every developer reaches every session and, through it, whatever its execution role may \
            touch; use SessionOwner.userId() or another owner""");
    return grantRunning(
        developers,
        executionRole,
        owner,
        Permissions.developer(
            arn(), roleArn(executionRole), owner.getVariable(), traits().startsByItself()));
  }

  @Override
  public Grant grantSubmit(IGrantable submitters, IRole executionRole) {
    return grantSubmit(submitters, executionRole, SessionOwner.userId());
  }

  @Override
  public Grant grantSubmit(IGrantable submitters, IRole executionRole, SessionOwner owner) {
    new Findings(this)
        .warnIf(
            !requireNonNull(owner, "owner").isRequired(),
            "sharedJobRuns",
            """
            every submitter cancels every job run and reads its Spark UI and logs; use \
            SessionOwner.userId() or another owner""");
    warnOfRunsWithoutOwner(owner);
    return grantRunning(
        submitters,
        executionRole,
        owner,
        JobPermissions.submitter(
            arn(), roleArn(executionRole), owner.getVariable(), traits().startsByItself()));
  }

  /** IAM lets a run be tagged that has no owner yet, since StartJobRun asks for just that. */
  private void warnOfRunsWithoutOwner(SessionOwner owner) {
    new Findings(this)
        .warnIf(
            owner.isRequired()
                && traits()
                    .type()
                    .filter(type -> type.takesLivy() || type.takesStudio())
                    .isPresent(),
            "runsWithoutOwner",
            """
            sessions of Livy and kernels of EMR Studio are job runs without an owner's tag, so a \
            submitter can make them its own, open their Spark UI and cancel them; use an \
            application for job runs and another for Livy and EMR Studio, or acknowledge this if \
            these people trust each other""");
  }

  private static String roleArn(IRole executionRole) {
    return requireNonNull(executionRole, "executionRole").getRoleArn();
  }

  /** A caller who may not use the key of the logs cannot start anything that logs. */
  private Grant grantRunning(
      IGrantable people, IRole executionRole, SessionOwner owner, List<Statement> statements) {
    ExecutionRoleChecks.check(new Findings(this), this, executionRole);
    requireSameOwner(people, owner);
    return andLogging(andLogKey(people, grant(people, statements)), executionRole);
  }

  private Grant andLogKey(IGrantable people, Grant granted) {
    Grantee grantee = Grantee.of(people, this);
    return traits()
        .logKey()
        .map(key -> granted.combine(grantee.require(key.grantUse(grantee.reached()))))
        .orElse(granted);
  }

  /** What runs and may not write its logs leaves none; of an imported application none is known. */
  Grant andLogging(Grant granted, IRole executionRole) {
    return granted;
  }

  @Override
  public void checkJob(Construct starter, IRole executionRole, JobTraits job) {
    Findings findings = new Findings(starter);
    JobChecks.checkPlace(findings, this, Place.of(Stack.of(starter)));
    ExecutionRoleChecks.check(findings, this, requireNonNull(executionRole, "executionRole"));
    TypeChecks.checkJob(findings, traits().type(), getNode().getPath());
    new JobChecks(findings, job).checkSettings();
    job.logs()
        .ifPresent(
            own -> {
              LogChecks.checkPlaces(findings, own, Stack.of(starter));
              own.admitServices(starter);
            });
    startsJobRuns = true;
  }

  @Override
  public Optional<String> getLogKeyArn() {
    return traits().logKey().map(LogKey::arn);
  }

  @Override
  public Grant grantLivy(IGrantable people, IRole executionRole) {
    return grantInteractive(
        "grantLivy",
        "Livy endpoint; use ApplicationType.spark().withLivy()",
        ApplicationType::takesLivy,
        people,
        executionRole,
        InteractivePermissions.livy(arn(), roleArn(executionRole)));
  }

  @Override
  public Grant grantStudio(IGrantable people, IRole executionRole) {
    return grantInteractive(
        "grantStudio",
        "kernels for EMR Studio; use ApplicationType.spark().withStudio()",
        ApplicationType::takesStudio,
        people,
        executionRole,
        InteractivePermissions.studio(arn(), roleArn(executionRole), traits().startsByItself()));
  }

  private Grant grantInteractive(
      String verb,
      String what,
      Predicate<ApplicationType> takes,
      IGrantable people,
      IRole executionRole,
      List<Statement> statements) {
    Findings findings = new Findings(this);
    findings.errorIf(
        traits().type().filter(takes.negate()).isPresent(),
        "%s received people for an application that has no %s".formatted(verb, what));
    ExecutionRoleChecks.check(findings, this, executionRole);
    return andLogging(andLogKey(people, grant(people, statements)), executionRole);
  }

  @Override
  public boolean takesSessions() {
    return traits().type().map(ApplicationType::takesSessions).orElse(true);
  }

  private void requireSessions(String verb) {
    new Findings(this)
        .errorIf(
            !takesSessions(),
            """
            %s received people for an application that takes no Spark Connect sessions, because its \
            type is %s; use ApplicationType.spark()"""
                .formatted(verb, traits().type().map(ApplicationType::toString).orElse("another")));
  }

  /** Whether a grant of this app lets anybody start a job run. */
  boolean startsJobRuns() {
    return startsJobRuns;
  }

  @Override
  public Grant grantOperate(IGrantable operators) {
    return grant(operators, Permissions.operator(arn()));
  }

  @Override
  public Grant grantView(IGrantable viewers) {
    return grant(viewers, Permissions.viewer(arn()));
  }

  private Grant grant(IGrantable grantee, List<Statement> statements) {
    startsJobRuns |= statements.stream().anyMatch(Statement::startsJobRuns);
    return Grantee.of(grantee, this).grant(statements);
  }

  private ApplicationArn arn() {
    return new ApplicationArn(getApplicationArn());
  }

  /** A role's trust vouches for one kind of identity; sessions tagged by another are anybody's. */
  private static void requireSameOwner(IGrantable developers, SessionOwner wanted) {
    DeveloperRole role =
        developers instanceof DeveloperRole itself
            ? itself
            : developers instanceof IRole inner
                    && inner.getNode().getScope() instanceof DeveloperRole outer
                ? outer
                : null;
    if (role != null
        && wanted.isRequired()
        && !role.getSessionOwner().getVariable().equals(wanted.getVariable())) {
      throw new Findings(role)
          .error(
              "sessionOwner received %s, but the grant recognises owners by %s, for which the role's trust does not vouch; give both the same SessionOwner"
                  .formatted(role.getSessionOwner(), wanted));
    }
  }

  @Override
  public Metric metric(String name) {
    return metric(name, MetricOptions.builder().build());
  }

  @Override
  public Metric metric(String name, MetricOptions options) {
    String applicationName =
        name()
            .orElseThrow(
                () ->
                    new Findings(this)
                        .error(
                            "metric needs the name of the application, by which CloudWatch finds"
                                + " it; import it with"
                                + " EmrServerlessApplicationAttributes.applicationName"));
    Metric.Builder metric =
        Metric.Builder.create()
            .namespace("AWS/EMRServerless")
            .metricName(name)
            .dimensionsMap(
                Ordered.map(
                    entry("ApplicationId", getApplicationId()),
                    entry("ApplicationName", applicationName)));
    Place.of(this).ifKnown(metric::account, metric::region);
    return metric.build().with(options);
  }

  /** By which CloudWatch finds it; empty if it is not known. */
  abstract Optional<String> name();

  abstract Traits traits();
}
