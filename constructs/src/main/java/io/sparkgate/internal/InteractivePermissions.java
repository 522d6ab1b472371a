package io.sparkgate.internal;

import java.util.List;

/**
 * What people need who work through Livy or EMR Studio. Neither knows owner tags: the service keeps
 * a Livy session for the caller who made it, told apart by principal and source identity.
 *
 * <p>Actions are those of the Service Authorization Reference for EMR Serverless.
 */
public final class InteractivePermissions {

  private InteractivePermissions() {}

  /**
   * Somebody starts the application, works with Livy and sees the Spark UI of job runs, by which
   * the service names Livy's sessions.
   *
   * @param executionRole the ARN of the role that sessions run as, the only one that may be passed
   */
  public static List<Statement> livy(ApplicationArn application, String executionRole) {
    return List.of(
        Statement.allow(
                ApplicationArn.named("AccessLivyEndpoints", "GetApplication", "StartApplication"))
            .on(application.itself()),
        Statement.allow(ApplicationArn.named("GetDashboardForJobRun")).on(application.jobRuns()),
        passRole(executionRole));
  }

  /**
   * Somebody attaches a workspace of EMR Studio.
   *
   * @param executionRole the ARN of the role that kernels run as, the only one that may be passed
   * @param startsByItself whether attaching starts the application, so that whoever may do one may
   *     do the other
   */
  public static List<Statement> studio(
      ApplicationArn application, String executionRole, boolean startsByItself) {
    return List.of(
        Statement.allow(
                startsByItself
                    ? ApplicationArn.named(
                        "AccessInteractiveEndpoints", "GetApplication", "StartApplication")
                    : ApplicationArn.named("AccessInteractiveEndpoints", "GetApplication"))
            .on(application.itself()),
        passRole(executionRole));
  }

  private static Statement passRole(String executionRole) {
    return Statement.allow(List.of("iam:PassRole"))
        .when("StringEquals", "iam:PassedToService", "emr-serverless.amazonaws.com")
        .on(executionRole);
  }
}
