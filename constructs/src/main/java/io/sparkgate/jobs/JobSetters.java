package io.sparkgate.jobs;

import static java.util.Objects.requireNonNull;

import io.sparkgate.serverless.IEmrServerlessApplication;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.iam.IRole;
import software.constructs.Construct;

/**
 * The setters of what starts a job run by itself.
 *
 * @param <B> the builder
 */
abstract class JobSetters<B extends JobSetters<B>> {

  final Construct scope;
  final String id;
  private @Nullable IEmrServerlessApplication application;
  private @Nullable IRole executionRole;
  private @Nullable SparkJob job;

  JobSetters(Construct scope, String id) {
    this.scope = requireNonNull(scope, "scope");
    this.id = requireNonNull(id, "id");
  }

  abstract B self();

  /**
   * Sets where the job runs. Required.
   *
   * @param application of the account and Region of this stack
   * @return this builder
   */
  public B application(IEmrServerlessApplication application) {
    this.application = requireNonNull(application, "application");
    return self();
  }

  /**
   * Sets the role that the run has. Required.
   *
   * @param executionRole the only one that the state machine or the schedule may pass for it
   * @return this builder
   */
  public B executionRole(IRole executionRole) {
    this.executionRole = requireNonNull(executionRole, "executionRole");
    return self();
  }

  /**
   * Sets what runs. Required.
   *
   * @param job the job
   * @return this builder
   */
  public B job(SparkJob job) {
    this.job = requireNonNull(job, "job");
    return self();
  }

  /** What was set; fails if something is missing. */
  final JobStart start() {
    return JobStart.of(scope, id, application, executionRole, job);
  }
}
