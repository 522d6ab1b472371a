package io.sparkgate.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;

/**
 * The ARN of an application, and of what is under it: the shapes of the Service Authorization
 * Reference for EMR Serverless.
 *
 * @param itself the ARN of the application
 */
public record ApplicationArn(String itself) {

  private static final List<String> ON_APPLICATION =
      named(
          "AccessInteractiveEndpoints",
          "AccessLivyEndpoints",
          "DeleteApplication",
          "GetApplication",
          "ListJobRuns",
          "ListSessions",
          "StartApplication",
          "StartJobRun",
          "StartSession",
          "StopApplication",
          "UpdateApplication");

  private static final List<String> ON_SESSION =
      named("GetResourceDashboard", "GetSession", "GetSessionEndpoint", "TerminateSession");

  private static final List<String> ON_JOB_RUN =
      named(
          "AccessSystemProfileLogs",
          "CancelJobRun",
          "GetDashboardForJobRun",
          "GetJobRun",
          "ListJobRunAttempts");

  private static final List<String> ON_EACH =
      named("ListTagsForResource", "TagResource", "UntagResource");

  /** All applications of a stack's account and Region, in one ARN. */
  public static String ofAll(Stack stack) {
    return stack.formatArn(
        ArnComponents.builder()
            .service("emr-serverless")
            .resource("/applications")
            .resourceName("*")
            .arnFormat(ArnFormat.SLASH_RESOURCE_NAME)
            .build());
  }

  /** All sessions of the application, in one ARN. */
  public String sessions() {
    return itself + "/sessions/*";
  }

  /** All job runs of the application, in one ARN. */
  public String jobRuns() {
    return itself + "/jobruns/*";
  }

  /** What an action acts on; empty for one that acts on none of these. */
  List<String> resourcesOf(String action) {
    List<String> resources = new ArrayList<>();
    if (ON_APPLICATION.contains(action) || ON_EACH.contains(action)) {
      resources.add(itself);
    }
    if (ON_SESSION.contains(action) || ON_EACH.contains(action)) {
      resources.add(sessions());
    }
    if (ON_JOB_RUN.contains(action) || ON_EACH.contains(action)) {
      resources.add(jobRuns());
    }
    return resources;
  }

  /** All actions that act on something. */
  static List<String> actions() {
    return Stream.of(ON_APPLICATION, ON_SESSION, ON_JOB_RUN, ON_EACH)
        .flatMap(List::stream)
        .sorted()
        .toList();
  }

  /** The whole names of actions. */
  static List<String> named(String... actions) {
    return Stream.of(actions).map(action -> "emr-serverless:" + action).toList();
  }
}
