package io.sparkgate.internal;

import io.sparkgate.border.TagKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Stack;

/**
 * All that this library allows and denies on applications and their sessions: three kinds of
 * people, then five functions, which may write their logs besides; last, what a user of the library
 * names. Beside it what people read to connect.
 *
 * <p>Actions are those of the Service Authorization Reference for EMR Serverless. Statements carry
 * no Sid, so that one principal can hold those of several applications.
 */
public final class Permissions {

  private static final OwnedWork SESSIONS =
      new OwnedWork(
          "StartSession",
          "ListSessions",
          List.of(
              "GetResourceDashboard",
              "GetSession",
              "GetSessionEndpoint",
              "ListTagsForResource",
              "TerminateSession"),
          List.of(TagKeys.OWNER, TagKeys.IDLE_MINUTES),
          ApplicationArn::sessions);

  private static final List<String> REACHING_SESSIONS =
      ApplicationArn.named("GetResourceDashboard", "GetSessionEndpoint");

  private Permissions() {}

  /**
   * A developer starts sessions and uses those that carry its owner tag.
   *
   * @param executionRole the ARN of the role that sessions run as, the only one that may be passed
   * @param owner the policy variable that the tag must equal; empty if sessions are shared
   * @param startsByItself whether a session starts the application, so that whoever may start one
   *     may start the other
   */
  public static List<Statement> developer(
      ApplicationArn application, String executionRole, String owner, boolean startsByItself) {
    return SESSIONS.permissions(application, executionRole, owner, startsByItself);
  }

  /**
   * An operator lists and ends everybody's sessions and job runs and protects them from the reaper,
   * and connects to none.
   */
  public static List<Statement> operator(ApplicationArn application) {
    return List.of(
        allow("GetApplication", "ListJobRuns", "ListSessions").on(application.itself()),
        allow("GetSession", "ListTagsForResource", "TerminateSession").on(application.sessions()),
        JobPermissions.operating(application),
        allow("TagResource", "UntagResource")
            .when("ForAllValues:StringEquals", "aws:TagKeys", List.of(TagKeys.KEEP_UNTIL))
            .when("Null", "aws:TagKeys", "false")
            .on(List.of(application.sessions(), application.jobRuns())));
  }

  /**
   * A viewer sees the application, its sessions and its job runs, and can never connect, even where
   * another policy would let it, because GetSessionEndpoint counts as a read action in IAM.
   */
  public static List<Statement> viewer(ApplicationArn application) {
    return List.of(
        allow("GetApplication", "ListJobRuns", "ListSessions", "ListTagsForResource")
            .on(application.itself()),
        allow("GetSession", "ListTagsForResource").on(application.sessions()),
        JobPermissions.viewing(application),
        deny("GetResourceDashboard", "GetSessionEndpoint").on(application.sessions()),
        JobPermissions.notReadingWhatRunsDo(application));
  }

  /** Whoever connects reads what clients must know. */
  public static Statement connection(List<String> parameters) {
    return Statement.allow(List.of("ssm:GetParameters")).on(parameters);
  }

  /** A CI becomes others' roles, each by its ARN. */
  public static Statement becoming(List<String> roles) {
    return Statement.allow(List.of("sts:AssumeRole")).on(roles);
  }

  /** The reaper finds and terminates sessions; it connects to none and starts none. */
  public static List<Statement> reaper(List<ApplicationArn> applications) {
    List<Statement> statements = new ArrayList<>();
    for (ApplicationArn application : applications) {
      statements.add(allow("ListSessions").on(application.itself()));
      statements.add(allow("GetSession", "TerminateSession").on(application.sessions()));
    }
    return statements;
  }

  /** The guard looks whether applications take sessions. */
  public static List<Statement> guard(List<ApplicationArn> applications) {
    return Statement.onEach(
        applications.stream().map(ApplicationArn::itself).toList(), () -> allow("GetApplication"));
  }

  /** The takeover alarm reads who started a session. */
  public static List<Statement> takeoverAlarm(List<ApplicationArn> applications) {
    return Statement.onEach(
        applications.stream().map(ApplicationArn::sessions).toList(), () -> allow("GetSession"));
  }

  /**
   * The lifecycle's function finds its application and stops it. By a tag, because the policy must
   * be there before the application is, and must still hold for one that was replaced.
   *
   * @param address the value of the tag
   */
  public static List<Statement> lifecycle(Stack stack, String address) {
    return List.of(
        Statement.allow(
                List.of("cloudformation:DescribeStackResource", "cloudformation:DescribeStacks"))
            .on(Aws.STACK_ID),
        allow("GetApplication", "ListJobRuns", "ListSessions", "StopApplication")
            .when("StringEquals", "aws:ResourceTag/" + TagKeys.LIFECYCLE, address)
            .on(ApplicationArn.ofAll(stack)));
  }

  /**
   * Warm hours start and stop their application, and see whether anybody uses it and whether
   * CloudFormation deploys it.
   *
   * @param stackId of the stack that has the application
   */
  public static List<Statement> warmHours(ApplicationArn application, String stackId) {
    return List.of(
        Statement.allow(List.of("cloudformation:DescribeStacks")).on(stackId),
        allow(
                "GetApplication",
                "ListJobRuns",
                "ListSessions",
                "StartApplication",
                "StopApplication")
            .on(application.itself()));
  }

  /** The lifecycle's function ends what runs, only where a policy says so. */
  public static List<Statement> lifecycleThatTerminates(ApplicationArn application) {
    return List.of(
        allow("TerminateSession").on(application.sessions()),
        allow("CancelJobRun").on(application.jobRuns()));
  }

  /**
   * Anybody does what is named, each action on what it acts on.
   *
   * @param findings of the application, to speak about actions
   * @param actions whole names
   * @throws IllegalArgumentException if there is no action, or one that acts on nothing here
   */
  public static List<Statement> actions(
      ApplicationArn application, Findings findings, String... actions) {
    findings.errorIf(actions.length == 0, "grant received no action, but " + taken());
    Map<List<String>, List<String>> byResources = new LinkedHashMap<>();
    for (String action : actions) {
      List<String> resources = application.resourcesOf(action);
      findings.errorIf(
          resources.isEmpty(), "grant received the action '%s', but %s".formatted(action, taken()));
      findings.warnIf(
          REACHING_SESSIONS.contains(action),
          "sessionsOfOthers",
          """
          grant of %s reaches sessions whoever owns them and, through them, whatever their \
          execution roles may touch; use grantDevelop, which asks for the owner"""
              .formatted(action));
      byResources.computeIfAbsent(resources, r -> new ArrayList<>()).add(action);
    }
    return byResources.entrySet().stream()
        .map(entry -> Statement.allow(entry.getValue()).on(entry.getKey()))
        .toList();
  }

  private static String taken() {
    return """
    takes actions on an application or on what is under it, by their whole names, which are %s; \
    grant another where its resource is made"""
        .formatted(String.join(", ", ApplicationArn.actions()));
  }

  private static Statement allow(String... actions) {
    return Statement.allow(ApplicationArn.named(actions));
  }

  private static Statement deny(String... actions) {
    return Statement.deny(ApplicationArn.named(actions));
  }
}
