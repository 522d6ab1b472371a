package io.sparkgate.jobs;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Findings;
import io.sparkgate.serverless.IEmrServerlessApplication;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.stepfunctions.CustomState;
import software.amazon.awscdk.services.stepfunctions.CustomStateProps;
import software.amazon.awscdk.services.stepfunctions.IntegrationPattern;
import software.amazon.awscdk.services.stepfunctions.StateGraph;
import software.constructs.Construct;

/**
 * A task of Step Functions that starts a job run and waits for its end; a run that fails is an
 * error of the task. Whatever state machine it becomes a part of gets the permissions, no wider
 * than this one job.
 *
 * <p>The run is owned by the state machine: its tag {@code sparkgate:owner} is the ARN of the state
 * machine's role, which is the identity of no person. The task speaks JSONata: an argument or the
 * name of the job that is an expression as a whole, such as <code>{% $states.input.day %}</code>,
 * is filled in when it runs. aws-cdk-lib 2.263.0 has no task for EMR Serverless.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr-serverless.html">EMR
 *     Serverless in Step Functions</a>
 */
public final class EmrServerlessStartJobRun extends CustomState {

  private static final String OWNER = "{% $states.context.Execution.RoleArn %}";

  private final JobStart start;
  private final boolean waits;

  private EmrServerlessStartJobRun(Builder props, JobStart start) {
    super(props.scope, props.id, CustomStateProps.builder().stateJson(state(props, start)).build());
    this.start = start;
    waits = props.waits;
    Findings findings = new Findings(this);
    findings.errorIf(
        waits && start.job().isStreaming(),
        """
        job is a streaming job, which never ends, so the task would wait for ever; use \
        integrationPattern(IntegrationPattern.REQUEST_RESPONSE)""");
    start.prepare(this);
  }

  private static Map<String, Object> state(Builder props, JobStart start) {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("Type", "Task");
    state.put("QueryLanguage", "JSONata");
    state.put(
        "Resource",
        "arn:%s:states:::emr-serverless:startJobRun%s"
            .formatted(Aws.PARTITION, props.waits ? ".sync" : ""));
    state.put("Arguments", start.request(OWNER));
    return state;
  }

  @Override
  protected void whenBoundToGraph(StateGraph graph) {
    super.whenBoundToGraph(graph);
    start.needed(this, waits).forEach(graph::registerPolicyStatement);
  }

  /** A fluent builder for {@link EmrServerlessStartJobRun}. */
  public static final class Builder
      implements software.amazon.jsii.Builder<EmrServerlessStartJobRun> {

    private final Construct scope;
    private final String id;
    private @Nullable IEmrServerlessApplication application;
    private @Nullable IRole executionRole;
    private @Nullable SparkJob job;
    private boolean waits = true;

    private Builder(Construct scope, String id) {
      this.scope = requireNonNull(scope, "scope");
      this.id = requireNonNull(id, "id");
    }

    /**
     * {@return a new builder}
     *
     * @param scope the parent construct
     * @param id the construct id, which is the name of the state
     */
    public static Builder create(Construct scope, String id) {
      return new Builder(scope, id);
    }

    /**
     * Sets where the job runs. Required.
     *
     * @param application of the account and Region of this stack
     * @return this builder
     */
    public Builder application(IEmrServerlessApplication application) {
      this.application = requireNonNull(application, "application");
      return this;
    }

    /**
     * Sets the role that the run has. Required.
     *
     * @param executionRole the only one that the state machine may pass for it
     * @return this builder
     */
    public Builder executionRole(IRole executionRole) {
      this.executionRole = requireNonNull(executionRole, "executionRole");
      return this;
    }

    /**
     * Sets what runs. Required.
     *
     * @param job the job
     * @return this builder
     */
    public Builder job(SparkJob job) {
      this.job = requireNonNull(job, "job");
      return this;
    }

    /**
     * Sets whether the task waits for the run to end. Default: {@link IntegrationPattern#RUN_JOB}.
     *
     * @param pattern {@code RUN_JOB} or {@code REQUEST_RESPONSE}
     * @return this builder
     * @throws IllegalArgumentException for a task token, which EMR Serverless does not take
     */
    public Builder integrationPattern(IntegrationPattern pattern) {
      if (pattern == IntegrationPattern.WAIT_FOR_TASK_TOKEN) {
        throw new IllegalArgumentException(
            scope.getNode().getPath()
                + "/"
                + id
                + ": integrationPattern received WAIT_FOR_TASK_TOKEN, but EMR Serverless hands no"
                + " token back; use RUN_JOB to wait for the end, or REQUEST_RESPONSE");
      }
      waits = pattern == IntegrationPattern.RUN_JOB;
      return this;
    }

    @Override
    public EmrServerlessStartJobRun build() {
      return new EmrServerlessStartJobRun(
          this, JobStart.of(scope, id, application, executionRole, job));
    }
  }
}
