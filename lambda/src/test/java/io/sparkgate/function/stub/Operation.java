package io.sparkgate.function.stub;

import java.util.function.Predicate;

/** The operations that the stubs know; each matches its own calls. */
public enum Operation implements Predicate<Call> {
  GET_APPLICATION,
  START_APPLICATION,
  STOP_APPLICATION,
  LIST_SESSIONS,
  GET_SESSION,
  TERMINATE_SESSION,
  LIST_JOB_RUNS,
  GET_JOB_RUN,
  CANCEL_JOB_RUN,
  /** Of CloudFormation. */
  DESCRIBE_STACK_RESOURCE,
  /** Of CloudFormation. */
  DESCRIBE_STACKS,
  /** Of EMR. */
  DESCRIBE_CLUSTER,
  /** Of EMR. */
  DESCRIBE_STEP,
  /** Of EMR. */
  LIST_INSTANCES,
  /** Of EMR. */
  TERMINATE_JOB_FLOWS,
  /** Of Elastic Load Balancing. */
  DESCRIBE_TARGET_HEALTH,
  /** Of CloudWatch. */
  GET_METRIC_DATA,
  /** Of S3. */
  PUT_OBJECT,
  /** Of S3. */
  GET_OBJECT,
  /** Of EventBridge. */
  PUT_EVENTS,
  /** Of EC2. */
  DESCRIBE_SUBNETS;

  @Override
  public boolean test(Call call) {
    return call.operation() == this;
  }

  /** Matches those calls of it that are about the session, or the application for a list. */
  public Predicate<Call> of(String id) {
    return and(call -> call.subject().equals(id));
  }
}
