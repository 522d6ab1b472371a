package io.sparkgate.internal;

import io.sparkgate.border.TagKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Stack;

/**
 * What this library allows and denies on the job runs of an application. Actions and condition keys
 * are those of the Service Authorization Reference for EMR Serverless, read in November 2026: it
 * has no key of the service's own, so the one role that a run may have is bound by PassRole.
 */
public final class JobPermissions {

  private static final OwnedWork RUNS =
      new OwnedWork(
          "StartJobRun",
          "ListJobRuns",
          List.of(
              "CancelJobRun",
              "GetDashboardForJobRun",
              "GetJobRun",
              "ListJobRunAttempts",
              "ListTagsForResource"),
          List.of(TagKeys.OWNER),
          ApplicationArn::jobRuns);

  /** Of a machine no name is chosen by anybody, so its role tells whose a run is. */
  private static final String MACHINE = "${aws:PrincipalArn}";

  private JobPermissions() {}

  /**
   * A submitter starts job runs, and sees and cancels those that carry its owner tag.
   *
   * @param executionRole the ARN of the role that runs have, the only one that may be passed
   * @param owner the policy variable that the tag must equal; empty if runs are shared
   * @param startsByItself whether a run starts the application, so that whoever may start one may
   *     start the other
   */
  public static List<Statement> submitter(
      ApplicationArn application, String executionRole, String owner, boolean startsByItself) {
    return RUNS.permissions(application, executionRole, owner, startsByItself);
  }

  /** An operator sees and cancels everybody's runs. */
  static Statement operating(ApplicationArn application) {
    return allow("CancelJobRun", "GetJobRun", "ListJobRunAttempts", "ListTagsForResource")
        .on(application.jobRuns());
  }

  /** A viewer sees what was asked of a run and how it ended. */
  static Statement viewing(ApplicationArn application) {
    return allow("GetJobRun", "ListJobRunAttempts", "ListTagsForResource")
        .on(application.jobRuns());
  }

  /** Spark's UI and logs show data, and what opens them counts as a read action in IAM. */
  static Statement notReadingWhatRunsDo(ApplicationArn application) {
    return deny("AccessSystemProfileLogs", "GetDashboardForJobRun").on(application.jobRuns());
  }

  /**
   * A machine starts runs of one job, which it owns: their tag is the ARN of the role that it has.
   *
   * @param tagKeys the job's own tags, beside the owner's
   */
  public static List<Statement> starting(
      ApplicationArn application, String executionRole, List<String> tagKeys) {
    List<String> keys = Stream.concat(Stream.of(TagKeys.OWNER), tagKeys.stream()).toList();
    return List.of(
        allow("StartJobRun")
            .when("StringEquals", OwnedWork.OWNER_IN_REQUEST, MACHINE)
            .when("ForAllValues:StringEquals", "aws:TagKeys", keys)
            .on(application.itself()),
        allow("TagResource")
            .when("StringEquals", OwnedWork.OWNER_IN_REQUEST, MACHINE)
            .when("ForAllValues:StringEquals", "aws:TagKeys", keys)
            .on(application.jobRuns()),
        Statement.passRole(executionRole));
  }

  /**
   * A state machine waits for its runs by a rule that Step Functions keeps in the account, and
   * cancels them when it is stopped: its guide, "IAM policies for Amazon EMR Serverless", read in
   * November 2026.
   */
  public static List<Statement> waiting(ApplicationArn application, Stack stack) {
    return List.of(
        allow("CancelJobRun", "GetJobRun")
            .when("StringEquals", OwnedWork.OWNER, MACHINE)
            .on(application.jobRuns()),
        Statement.allow(List.of("events:DescribeRule", "events:PutRule", "events:PutTargets"))
            .on(
                stack.formatArn(
                    ArnComponents.builder()
                        .service("events")
                        .resource("rule")
                        .resourceName("StepFunctionsGetEventsForEMRServerlessJobRule")
                        .build())));
  }

  /** The service refuses a run of a caller who may not use the key of the logs. */
  public static Statement usingKey(String key) {
    return Statement.allow(List.of("kms:Decrypt", "kms:GenerateDataKey")).on(key);
  }

  /**
   * A reaper that looks after runs too finds and cancels them, as it terminates sessions; it starts
   * none and opens none of their UIs. In few statements, so that a hundred applications fit into a
   * role.
   */
  public static List<Statement> reaper(List<ApplicationArn> applications) {
    List<Statement> statements = new ArrayList<>();
    statements.addAll(onEach(applications, ApplicationArn::itself, "ListJobRuns", "ListSessions"));
    statements.addAll(
        onEach(applications, ApplicationArn::sessions, "GetSession", "TerminateSession"));
    statements.addAll(onEach(applications, ApplicationArn::jobRuns, "CancelJobRun", "GetJobRun"));
    return statements;
  }

  private static List<Statement> onEach(
      List<ApplicationArn> applications, Function<ApplicationArn, String> part, String... actions) {
    return Statement.onEach(applications.stream().map(part).toList(), () -> allow(actions));
  }

  /**
   * A run reads some objects of a bucket that holds others too. Spark lists the name of a file
   * before it reads it.
   */
  public static List<Statement> reading(String bucketArn, List<String> keys) {
    return List.of(
        Statement.allow(List.of("s3:GetObject"))
            .on(keys.stream().map(key -> bucketArn + "/" + key).toList()),
        Statement.allow(List.of("s3:ListBucket"))
            .when(
                "StringEquals",
                "s3:prefix",
                keys.stream().flatMap(key -> Stream.of(key, key + "/")).toList())
            .on(bucketArn));
  }

  /** A run replaces what is in a bucket of its own. */
  public static List<Statement> writing(String bucketArn, String objects) {
    return List.of(
        Statement.allow(
                List.of(
                    "s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"))
            .on(objects),
        Statement.allow(List.of("s3:ListBucket")).on(bucketArn));
  }

  private static Statement allow(String... actions) {
    return Statement.allow(ApplicationArn.named(actions));
  }

  private static Statement deny(String... actions) {
    return Statement.deny(ApplicationArn.named(actions));
  }
}
