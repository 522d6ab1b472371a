package io.sparkgate.internal;

/**
 * The ARN of an application, and of what is under it: the shapes of the Service Authorization
 * Reference for EMR Serverless.
 *
 * @param itself the ARN of the application
 */
public record ApplicationArn(String itself) {

  /**
   * Returns all sessions of the application.
   *
   * @return an ARN with a wildcard for the session's id
   */
  public String sessions() {
    return itself + "/sessions/*";
  }

  /**
   * Returns all job runs of the application.
   *
   * @return an ARN with a wildcard for the job run's id
   */
  public String jobRuns() {
    return itself + "/jobruns/*";
  }
}
