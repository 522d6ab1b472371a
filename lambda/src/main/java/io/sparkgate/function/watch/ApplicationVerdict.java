package io.sparkgate.function.watch;

import io.sparkgate.function.aws.ServiceCallException;
import software.amazon.awssdk.services.emrserverless.model.Application;
import software.amazon.awssdk.services.emrserverless.model.ApplicationState;

/** What is to be said of an application. */
final class ApplicationVerdict {

  private ApplicationVerdict() {}

  static Verdict of(String id, Application application) {
    if (application.state() == ApplicationState.TERMINATED) {
      return gone(id, "is TERMINATED");
    }
    if (application.interactiveConfiguration() == null
        || !Boolean.TRUE.equals(application.interactiveConfiguration().sessionEnabled())) {
      return new Verdict(
          "disabled",
          ("application %s takes no sessions; stop it (aws emr-serverless stop-application"
                  + " --application-id %s) and run: aws emr-serverless update-application"
                  + " --application-id %s --interactive-configuration sessionEnabled=true"
                  + " (CloudFormation will not repair it, as its template has not changed)")
              .formatted(id, id, id));
    }
    return new Verdict("enabled", null);
  }

  static Verdict of(String id, ServiceCallException e) {
    return switch (e.kind()) {
      case NOT_FOUND -> gone(id, "is not there");
      case DENIED ->
          unread(id, e, "see that the application is there and that the function's role may do so");
      case THROTTLED, OUT_OF_TIME, OTHER -> unread(id, e, "nothing, unless it happens again");
    };
  }

  private static Verdict gone(String id, String what) {
    return new Verdict(
        "gone",
        "application %s %s; deploy it anew, or take it out of what this function watches"
            .formatted(id, what));
  }

  private static Verdict unread(String id, ServiceCallException e, String remedy) {
    String what = "application %s could not be read, so whether it takes sessions".formatted(id);
    return Verdict.unknown("unread", what, e.getMessage(), remedy);
  }
}
