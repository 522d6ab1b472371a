package io.sparkgate.sandbox.emrserverless;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of resources in one account and Region. */
record Arns(String account, String region) {

  // The model's pattern has no sessions in it, but the service's authorization reference has.
  private static final Pattern TAGGABLE =
      Pattern.compile("(.+:/applications/([0-9a-z]+))(?:/(?:sessions|jobruns)/([0-9a-z]+))?");

  String application(String id) {
    return "arn:aws:emr-serverless:%s:%s:/applications/%s".formatted(region, account, id);
  }

  String session(String applicationId, String sessionId) {
    return application(applicationId) + "/sessions/" + sessionId;
  }

  String jobRun(String applicationId, String jobRunId) {
    return application(applicationId) + "/jobruns/" + jobRunId;
  }

  /** The URL of a session, in the form that the service was seen to give. */
  String endpoint(String sessionId) {
    return "https://%s.s.emr-serverless-services.%s.amazonaws.com".formatted(sessionId, region);
  }

  /** What an ARN names: an application, or a session or job run of one. */
  Named parse(String arn) {
    Matcher parts = TAGGABLE.matcher(arn);
    if (!parts.matches() || !parts.group(1).equals(application(parts.group(2)))) {
      throw Fault.notFound("Resource", arn);
    }
    String work = parts.group(3);
    return new Named(parts.group(2), work == null ? "" : work);
  }

  /**
   * The ids in an ARN.
   *
   * @param workId of a session or a job run; empty when it names the application itself
   */
  record Named(String applicationId, String workId) {}
}
