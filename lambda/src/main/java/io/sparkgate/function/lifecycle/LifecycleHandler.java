package io.sparkgate.function.lifecycle;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sparkgate.function.Invocation;
import io.sparkgate.function.aws.Calls;
import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.aws.ServiceClient;
import io.sparkgate.function.resource.Fields;
import io.sparkgate.function.resource.Stacks;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/**
 * The function that clears the way for CloudFormation: it stops an application before it is updated
 * or deleted, and deals with the work in it as the policy says.
 *
 * <p>It is both handlers of the CDK's custom resource framework. The first call for a request
 * answers the resource's physical id as it is and the time; the framework then calls again with
 * that answer in the event, until the answer is that the request is complete. An error fails the
 * request at once, so all that may pass is answered with "not yet".
 */
public final class LifecycleHandler implements RequestStreamHandler {

  private final EmrServerlessClient emr;
  private final CloudFormationClient cloudFormation;
  private final Duration callLimit;
  private final PrintStream log;
  private final Clock clock;

  /** The way in for Lambda. */
  public LifecycleHandler() {
    this(System.getenv(), System.out);
  }

  LifecycleHandler(Map<String, String> environment, PrintStream log) {
    this(
        ServiceClient.fromEnvironment(environment),
        ServiceClient.inEnvironment(
                ServiceClient.configured(CloudFormationClient.builder()), environment)
            .build(),
        Calls.LIMIT,
        log,
        Clock.systemUTC());
  }

  LifecycleHandler(
      EmrServerlessClient emr,
      CloudFormationClient cloudFormation,
      Duration callLimit,
      PrintStream log,
      Clock clock) {
    this.emr = emr;
    this.cloudFormation = cloudFormation;
    this.callLimit = callLimit;
    this.log = log;
    this.clock = clock;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    Invocation invocation = new Invocation(event, answer, context);
    Request request = Request.parse(invocation.event());
    StepRecord record = new StepRecord(request);
    Instant startedAt = request.startedAt();
    Calls calls = new Calls(invocation::remaining, () -> callLimit);
    try {
      invocation.answer(
          startedAt == null
              ? begin(request, record)
              : Map.of("IsComplete", isComplete(request, startedAt, record, calls)));
    } finally {
      record.print(log);
    }
  }

  private Map<String, Object> begin(Request request, StepRecord record) {
    record.decided("begin", "the framework asks next whether it is complete");
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("PhysicalResourceId", request.physicalId());
    answer.put(Fields.STARTED_AT, clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    return answer;
  }

  private boolean isComplete(Request request, Instant startedAt, StepRecord record, Calls calls) {
    Task task = request.task();
    if (task instanceof Task.BeforeUpdate update) {
      return beforeUpdate(update, startedAt, record, calls);
    }
    if (task instanceof Task.BeforeDelete delete) {
      return clearing(delete.policy(), startedAt, record, calls)
          .step(Target.ofDeletion(delete.applicationId()));
    }
    record.decided("done", "nothing is to be done for it");
    return true;
  }

  private boolean beforeUpdate(
      Task.BeforeUpdate update, Instant startedAt, StepRecord record, Calls calls) {
    if (update.change() == Task.Change.NONE) {
      record.decided("done", "the application's settings stay as they are");
      return true;
    }
    try {
      Stacks stacks = new Stacks(cloudFormation, calls);
      Optional<Stacks.Resource> found = stacks.find(update.stackId(), update.logicalId());
      if (found.isEmpty()) {
        record.decided("done", "the stack has no such application");
        return true;
      }
      Stacks.Update state = stacks.update(update.stackId());
      StopPolicy policy =
          state.hasNotReached(found.get())
              ? new StopPolicy.LeaveAlone(
                  "CloudFormation goes back before it touched the application")
              : update.policyOfChange();
      Target target = update.target(found.get().physicalId(), state.goesBack());
      return clearing(policy, startedAt, record, calls).step(target);
    } catch (ServiceCallException e) {
      clearing(update.policy(), startedAt, record, calls)
          .notSeen(update.target(update.logicalId(), false), e);
      return false;
    }
  }

  private Clearing clearing(StopPolicy policy, Instant startedAt, StepRecord record, Calls calls) {
    return new Clearing(new Applications(emr, calls), record, policy, startedAt, clock.instant());
  }
}
